--- Recipes that change nothing, and that write one field anew, JSON lines in and
--- out, against jq and Miller. CPU seconds of all processes, one worker.
local corpus = require "corpus"
local figures = require "figures"
local timing = require "timing"

--- Each with its stage, and what the peers do instead.
local TASKS = {
  { "pass-through", "function(doc) return doc end", ".", "cat" },
  { "one field written anew", "function(doc) doc.text = doc.text .. '.' return doc end",
    [[.text += \".\"]], [[put "\$text .= \".\""]] },
}

--- Writes a recipe of one stage; returns its path.
local function recipe(name, stage)
  local path = ("build/bench/%s.lua"):format(name:gsub("%W", "_"))
  local file <close> = assert(io.open(path, "w"))
  assert(file:write('return require("pumice").recipe { summary = "bench", stages = function() ',
    "return { ", stage, " } end }\n"))
  return path
end

return function()
  local path, bytes = corpus.jsonl()
  local rows = {}
  for _, task in ipairs(TASKS) do
    local name, stage, filter, verb = table.unpack(task)
    local best = timing.commands {
      ours = ("build/pumice run %s %s --jobs 1 -q"):format(recipe(name, stage), path),
      jq = ([[jq -c "%s" %s]]):format(filter, path),
      miller = ("mlr --ijsonl --ojsonl %s %s"):format(verb, path),
    }
    for _, peer in ipairs { { "jq", 10 }, { "miller", 5 } } do
      rows[#rows + 1] = figures.figure { name = name .. ", JSON lines of 3.7 kB",
        value = bytes / 1e6 / best.ours, unit = "MB/s", peer = peer[1],
        peer_value = bytes / 1e6 / best[peer[1]], at_least = peer[2] }
    end
  end
  return rows
end
