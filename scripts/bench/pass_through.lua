--- A recipe that changes nothing, JSON lines in and out, against `jq -c .` and
--- Miller. CPU seconds of all processes, one worker.
local corpus = require "corpus"
local figures = require "figures"
local timing = require "timing"

local RECIPE = "build/bench/pass_through.lua"

return function()
  local path, bytes = corpus.jsonl()
  do
    local file <close> = assert(io.open(RECIPE, "w"))
    file:write('return require("pumice").recipe { summary = "pass", ',
      "stages = function() return { function(doc) return doc end } end }\n")
  end
  local best = timing.commands {
    ours = ("build/pumice run %s %s --jobs 1 -q"):format(RECIPE, path),
    jq = "jq -c . " .. path,
    miller = "mlr --ijsonl --ojsonl cat " .. path,
  }
  local rows = {}
  for _, peer in ipairs { { "jq", "jq -c ." }, { "miller", "mlr cat" } } do
    rows[#rows + 1] = figures.figure { name = "pass-through, JSON lines of 3.5 kB",
      value = bytes / 1e6 / best.ours, unit = "MB/s", peer = peer[2],
      peer_value = bytes / 1e6 / best[peer[1]] }
  end
  return rows
end
