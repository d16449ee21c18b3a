--- What a run survives: `make faults` (COUNT and SEED may be given).
---
---   build/pumice scripts/faults.lua COUNT SEED
---
--- 1. `kill -9` of the parent or of a worker at COUNT random moments, jobs 1, 2
---    and 5, also while a killed run is resumed: the output is the same bytes as
---    that of a run nobody touched.
--- 2. A full disk at COUNT sizes of a small tmpfs (as root): a status that is
---    not 0, the path in the message, the old output as it was, and --resume on
---    an enlarged disk ends with the same bytes.
---
--- Prints a line for each kind and exits 1 when anything was lost.
local COUNT, SEED = tonumber(arg[1] or 200), tonumber(arg[2] or 1)
local DOCUMENTS = 4000

math.randomseed(SEED)

local function sh(command)
  local pipe = assert(io.popen(command .. " 2>&1"))
  local said = pipe:read("a")
  local _, how, status = pipe:close()
  return said, how == "signal" and 128 + status or status
end

local function read(path)
  local file <close> = io.open(path, "rb")
  return file and file:read("a")
end

local function write(path, bytes)
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write(bytes))
  return path
end

local folder = sh("mktemp -d"):gsub("\n", "")

--- A recipe with both kinds of barriers, that keeps, drops and rejects.
local RECIPE = write(folder .. "/recipe.lua", [[
return pumice.recipe {
  summary = "everything",
  stages = function()
    return {
      function(doc)
        local n = 0
        for i = 1, 2000 do n = n + i % 7 end
        if doc.id % 5 == 0 then return nil, "fifth" end
        if doc.id % 333 == 0 then error("no") end
        return doc
      end,
      pumice.fold {
        start = function() return { n = 0 } end,
        add = function(state) state.n = state.n + 1 end,
        merge = function(a, b) return { n = a.n + b.n } end,
        each = function(doc, state) doc.of = state.n return doc end,
      },
      pumice.group {
        key = function(doc) return doc.id % 700 end,
        each = function(docs) return { docs[1], docs[#docs] }, "between" end,
      },
    }
  end,
}]])

local lines = {}
for i = 1, DOCUMENTS do
  lines[i] = ('{"id":%d,"text":"%s"}\n'):format(i, ("word%d "):format(i):rep(60))
end
local INPUT = write(folder .. "/in.jsonl", table.concat(lines))

local OUTPUTS = { "kept.jsonl.zst", "dropped.jsonl.gz", "rejects.jsonl" }

local function command(out, jobs)
  return ("build/pumice run %s %s -q -j %d --commit-every 0.05 -o %s/kept.jsonl.zst "
    .. "--dropped %s/dropped.jsonl.gz --rejects %s/rejects.jsonl --progress none"):format(
    RECIPE, INPUT, jobs, out, out, out)
end

local function outputs(out)
  local bytes = {}
  for i, name in ipairs(OUTPUTS) do bytes[i] = read(out .. "/" .. name) or "missing" end
  return table.concat(bytes, "\0")
end

local function resumable(out)
  return read(out .. "/.kept.jsonl.zst.run/.journal.part") and "--resume" or ""
end

local whole_folder = folder .. "/whole"
sh("mkdir " .. whole_folder)
sh(command(whole_folder, 2))
local WHOLE = outputs(whole_folder)
assert(not WHOLE:find("missing"), "the run that nobody touches fails")

--- Starts a run and kills the parent or one of its workers after `seconds`.
local function run_and_kill(out, jobs, seconds, whom)
  local victim = whom == "parent" and "kill -9 $run"
    or "worker=$(pgrep -P $run | shuf -n 1); [ -n \"$worker\" ] && kill -9 $worker"
  return sh(("bash -c '%s %s & run=$!; sleep %.3f; %s; wait $run'"):format(
    command(out, jobs), resumable(out), seconds, victim))
end

local function kill_trials()
  local kills, wrong = 0, 0
  while kills < COUNT do
    local out = folder .. "/killed"
    sh("rm -rf " .. out .. "; mkdir " .. out)
    local jobs = ({ 1, 2, 5 })[math.random(3)]
    local status
    for _ = 1, math.random(4) do
      local whom = math.random(2) == 1 and "parent" or "worker"
      local _, ended = run_and_kill(out, jobs, math.random() * 0.6, whom)
      kills, status = kills + 1, ended
      if status == 0 or status == 1 then break end
    end
    if status ~= 0 and status ~= 1 then sh(command(out, jobs) .. " " .. resumable(out)) end
    if outputs(out) ~= WHOLE then wrong = wrong + 1 end
  end
  print(("kill -9: %d kills, %d outputs wrong"):format(kills, wrong))
  return wrong
end

local function full_disk_trials()
  local disk = folder .. "/disk"
  sh("mkdir " .. disk)
  if select(2, sh(("mount -t tmpfs -o size=64k tmpfs %s"):format(disk))) ~= 0 then
    print("full disk: skipped, only root can mount a small disk")
    return 0
  end
  local wrong, count = 0, COUNT
  for i = 1, count do
    sh(("rm -rf %s/* %s/.[!.]*"):format(disk, disk))
    sh(("mount -o remount,size=%dk %s"):format(8 + i * 1200 // count, disk))
    write(disk .. "/rejects.jsonl", "old\n")
    local said, status = sh(command(disk, 2))
    if status == 0 or status == 1 then
      if outputs(disk) ~= WHOLE then wrong = wrong + 1 end
    else
      local fine = said:find(disk, 1, true) and read(disk .. "/rejects.jsonl") == "old\n"
      sh(("mount -o remount,size=64m %s"):format(disk))
      sh(command(disk, 2) .. " " .. resumable(disk))
      if not fine or outputs(disk) ~= WHOLE then
        wrong = wrong + 1
        io.stderr:write(said)
      end
    end
  end
  sh("umount " .. disk)
  print(("full disk: %d sizes, %d wrong"):format(count, wrong))
  return wrong
end

local wrong = kill_trials() + full_disk_trials()
sh("rm -rf " .. folder)
os.exit(wrong == 0 and 0 or 1)
