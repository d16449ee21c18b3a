--- What a run survives: `make faults` (COUNT, SEED and ONLY may be given).
---
---   build/pumice scripts/faults/main.lua COUNT SEED [TRIAL]
---
--- Each trial is a file beside this one that returns a function of COUNT, which
--- prints a line and gives how often something was lost, crashed or went
--- unsaid. Exits 1 when anything did.
package.path = "scripts/?.lua;scripts/faults/?.lua;" .. package.path

local TRIALS = { "device", "calls", "memory", "kill", "disk", "outputs" }

local count, seed, only = tonumber(arg[1] or 200), tonumber(arg[2] or 1), arg[3]

local wrong = 0
for _, trial in ipairs(TRIALS) do
  if not only or only == "" or only == trial then
    math.randomseed(seed)
    wrong = wrong + require(trial)(count)
  end
end
local world = require "world"
world.sh("rm -rf " .. world.folder)
os.exit(wrong == 0 and 0 or 1)
