--- Memory is refused: once, a few times in a row, or from then on: no crash,
--- nothing lost, and another run ends with the same bytes.
local injected = require "injected"
local world = require "world"

local ENOMEM = 12

--- Lua collects garbage and asks again, so that one refusal is seldom felt.
local TIMES = { 1, 2, 3, 5, 0, 0, 0 }

return function(count)
  local corpus = world.corpus(100)
  local _, _, calls = injected.run(corpus.command(world.fresh("counted"), 1))
  local trials, wrong = 0, 0
  for i = 1, 4 * count do
    local who = i % 2 == 0 and "worker" or "parent"
    local fault = { call = "memory", who = who, errno = ENOMEM,
      at = math.random(calls[who].memory), times = TIMES[math.random(#TIMES)] }
    local problem, came = injected.trial(corpus, 1, fault, false)
    trials = trials + (came and 1 or 0)
    wrong = wrong + (problem and 1 or 0)
  end
  print(("memory refused: %d trials of %d calls, %d wrong"):format(trials,
    calls.parent.memory + calls.worker.memory, wrong))
  return wrong
end
