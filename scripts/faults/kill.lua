--- `kill -9` of the parent or of a worker at random moments, jobs 1, 2 and 5,
--- also while a killed run is resumed: the output is the same bytes as that of
--- a run nobody touched.
local world = require "world"
local sh = world.sh

return function(count)
  local corpus = world.corpus(4000)
  local kills, wrong = 0, 0
  while kills < count do
    local out = world.fresh("killed")
    local jobs = ({ 1, 2, 5 })[math.random(3)]
    local function command() return corpus.command(out, jobs) .. " " .. world.resume(out) end
    local status
    for _ = 1, math.random(4) do
      local ended = world.run_and_kill(command())
      kills, status = kills + 1, ended
      if status == 0 or status == 1 then break end
    end
    if status ~= 0 and status ~= 1 then sh(command()) end
    if world.bytes(out) ~= corpus.whole then wrong = wrong + 1 end
  end
  print(("kill -9: %d kills, %d outputs wrong"):format(kills, wrong))
  return wrong
end
