--- A full disk at `count` sizes of a small tmpfs (as root): a status that is
--- not 0, the path in the message, the old output as it was, and --resume on an
--- enlarged disk ends with the same bytes.
local world = require "world"
local sh = world.sh

return function(count)
  local corpus = world.corpus(4000)
  local disk = world.fresh("disk")
  if select(2, sh(("mount -t tmpfs -o size=64k tmpfs %s"):format(disk))) ~= 0 then
    print("full disk: skipped, only root can mount a small disk")
    return 0
  end
  local wrong = 0
  for i = 1, count do
    sh(("rm -rf %s/* %s/.[!.]*"):format(disk, disk))
    sh(("mount -o remount,size=%dk %s"):format(8 + i * 1200 // count, disk))
    world.write(disk .. "/rejects.jsonl", "old\n")
    local said, status = sh(corpus.command(disk, 2))
    if status == 0 or status == 1 then
      if world.bytes(disk) ~= corpus.whole then wrong = wrong + 1 end
    else
      local fine = said:find(disk, 1, true) and world.read(disk .. "/rejects.jsonl") == "old\n"
      sh(("mount -o remount,size=64m %s"):format(disk))
      sh(corpus.command(disk, 2) .. " " .. world.resume(disk))
      if not fine or world.bytes(disk) ~= corpus.whole then
        wrong = wrong + 1
        io.stderr:write(said)
      end
    end
  end
  sh("umount " .. disk)
  print(("full disk: %d sizes, %d wrong"):format(count, wrong))
  return wrong
end
