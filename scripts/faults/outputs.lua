--- Outputs of rows and of many files: texts, files by a field, shards.
---
--- `kill -9` of the parent or a worker at `count` random moments, and full disks
--- of `count` sizes of a small tmpfs (as root): as long as the run is not whole,
--- there is no file and no folder of its name and old files are as they were;
--- and --resume ends with the same files, the same bytes, and nothing else.
local world = require "world"
local sh = world.sh

local RECIPE = world.write(world.folder .. "/many.lua", [[
return pumice.recipe {
  summary = "everything",
  stages = function()
    return {
      function(doc)
        local n = 0
        for i = 1, 2000 do n = n + i % 7 end
        if doc.n % 5 == 0 then return nil, "fifth", { value = doc.n } end
        if doc.n % 333 == 0 then error("no") end
        if doc.n % 100 == 1 then doc.rare = doc.n end
        return doc
      end,
      pumice.fold {
        start = function() return { n = 0 } end,
        add = function(state) state.n = state.n + 1 end,
        merge = function(a, b) return { n = a.n + b.n } end,
        each = function(doc, state) doc.of = state.n return doc end,
      },
    }
  end,
}]])

--- What is given with -o, and the name that appears.
local KINDS = {
  { "-o OUT/kept.csv.zst", "kept.csv.zst" },
  { "-o OUT/kept/", "kept" },
  { "-o 'OUT/kept/{language}.jsonl.zst'", "kept" },
  { "-o 'OUT/kept/{language}/{shard}.csv.gz' --shard-size 40KB", "kept" },
}

local OLD = "what was here before\n"

local Trial = {}
Trial.__index = Trial

local function new_trial(input, out, kind)
  return setmetatable({ input = input, out = out, kind = kind }, Trial)
end

function Trial:command(jobs)
  local resume = sh(("ls %s/.*.run/.journal.part"):format(self.out)):find("No such") and ""
    or "--resume"
  return (("%s run %s %s -q -j %d --commit-every 0.05 %s --dropped "
    .. "OUT/dropped.tsv.gz --rejects OUT/rejects.csv --manifest OUT/manifest.json %s")
    :format(world.program, RECIPE, self.input, jobs, self.kind[1], resume):gsub("OUT", self.out))
end

--- Files in the folder with their digests, by default hidden ones too.
function Trial:bytes(which)
  return (sh(("cd %s && find . -type f %s | sort | xargs -d '\\n' sha256sum"):format(self.out,
    which or "")))
end

--- What the run is for: not the manifest, and not the journal.
local OUTPUTS = "! -name manifest.json ! -path '*/.*'"

function Trial:begin()
  sh(("mkdir -p %s; cd %s && rm -rf * .[!.]*"):format(self.out, self.out))
  world.write(self.out .. "/rejects.csv", OLD)
end

--- Whether what a run that failed has left is fit to be seen: nothing of the run,
--- or all where only the manifest, which is written last, found no room.
function Trial:is_clean(said)
  if said:find("manifest.json", 1, true) then return self:bytes(OUTPUTS) == self.outputs end
  return sh(("ls %s/%s"):format(self.out, self.kind[2])):find("No such") ~= nil
    and world.read(self.out .. "/rejects.csv") == OLD
end

--- Runs until it is done, without a fault. Returns what is wrong, or nil.
function Trial:finish(jobs)
  local said, status = sh(self:command(jobs))
  if self:bytes() == self.whole then return nil end
  return ("another run ends with %d and other bytes: %s"):format(status, said)
end

local function kill(trial)
  local jobs = ({ 1, 2, 5 })[math.random(3)]
  trial:begin()
  for number = 1, math.random(4) do
    local status = world.run_and_kill(trial:command(jobs))
    if status == 0 or status == 1 then
      return number, trial:bytes() ~= trial.whole and "it is done, with other bytes" or nil
    end
  end
  return 4, trial:finish(jobs)
end

local function fill_disk(trial, size)
  local disk = trial.out
  trial:begin()
  sh(("mount -o remount,size=%dk %s"):format(size, disk))
  local said, status = sh(trial:command(2))
  local problem = nil
  if status == 0 or status == 1 then
    problem = trial:bytes() ~= trial.whole and "it is done, with other bytes" or nil
  elseif not said:find(disk, 1, true) then
    problem = "a message that names no path: " .. said
  elseif not trial:is_clean(said) then
    problem = "it shows what is not whole"
  end
  sh(("mount -o remount,size=64m %s"):format(disk))
  local is_full = status ~= 0 and status ~= 1
  return is_full, problem or is_full and trial:finish(2) or nil
end

--- Notes what a run that nobody touches gives.
local function prepare(trial)
  trial:begin()
  local said, status = sh(trial:command(2))
  assert(status == 1, said)
  trial.whole, trial.outputs = trial:bytes(), trial:bytes(OUTPUTS)
end

local function report(what, trial, problem)
  if not problem then return 0 end
  io.stderr:write(("%s, %s: %s\n"):format(what, trial.kind[1], problem))
  return 1
end

local function kills(input, count)
  local done, wrong = 0, 0
  for number, kind in ipairs(KINDS) do
    local trial = new_trial(input, world.folder .. "/many", kind)
    prepare(trial)
    while done < count * number // #KINDS do
      local more, problem = kill(trial)
      done, wrong = done + more, wrong + report("kill -9", trial, problem)
    end
  end
  print(("outputs of many files, kill -9: %d kills, %d wrong"):format(done, wrong))
  return wrong
end

local function full_disks(input, count)
  local disk = world.fresh("small")
  if select(2, sh("mount -t tmpfs -o size=64m tmpfs " .. disk)) ~= 0 then
    print("outputs of many files, full disk: skipped, only root can mount a small disk")
    return 0
  end
  local done, full, wrong = 0, 0, 0
  for number, kind in ipairs(KINDS) do
    local trial = new_trial(input, disk, kind)
    sh("mount -o remount,size=64m " .. disk)
    prepare(trial)
    local needed = tonumber(sh("du -sk " .. disk):match("%d+"))
    local upto = count * number // #KINDS
    local sizes = upto - done
    for i = 1, sizes do
      local is_full, problem = fill_disk(trial, 8 + i * (needed * 3 // 2) // sizes)
      full, wrong = full + (is_full and 1 or 0), wrong + report("full disk", trial, problem)
    end
    done = upto
  end
  sh("umount " .. disk)
  print(("outputs of many files, full disk: %d sizes, %d too small, %d wrong"):format(done, full,
    wrong))
  return wrong
end

return function(count)
  local lines = {}
  for i = 1, 2000 do
    lines[i] = ('{"id":"a/%d","n":%d,"language":"l%d","text":"%s"}\n'):format(i % 1500, i, i % 7,
      ("word%d "):format(i):rep(40))
  end
  local input = world.write(world.folder .. "/many.jsonl", table.concat(lines))
  return kills(input, count) + full_disks(input, count)
end
