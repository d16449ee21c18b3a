--- Each call that touches a file or a pipe fails, once, or from then on, or
--- does only half of what it is asked for: no crash, a status that is not 0 and
--- a message with the path, the old output or the new one but nothing between,
--- and another run ends with the same bytes.
local injected = require "injected"
local world = require "world"

local EINTR, EIO, EACCES, EMFILE, ENOSPC, EROFS, EDQUOT = 4, 5, 13, 24, 28, 30, 122
local SHORT = 0

local KINDS = {
  { "open", EMFILE, EACCES, EIO },
  { "read", EIO, EINTR, SHORT },
  { "write", ENOSPC, EIO, EDQUOT, EINTR, SHORT },
  { "fsync", EIO, ENOSPC },
  { "rename", EIO, EROFS },
  { "close", EIO, EDQUOT },
  { "ftruncate", EIO },
  { "mkdir", EACCES, EROFS },
}

return function(count)
  local corpus = world.corpus(400)
  local _, _, calls = injected.run(corpus.command(world.fresh("counted"), 1))
  local trials, wrong = 0, 0
  for _, kind in ipairs(KINDS) do
    local name = kind[1]
    for i = 1, count do
      local who = i % 3 == 0 and calls.worker[name] > 0 and "worker" or "parent"
      local errno = kind[math.random(2, #kind)]
      local fault = { call = name, who = who, errno = errno,
        at = math.random(math.max(calls[who][name], 1)),
        -- What is interrupted for ever never ends, nor should it.
        times = (errno == EINTR or math.random(2) == 1) and 1 or 0 }
      local problem, came = injected.trial(corpus, math.random(2), fault,
        who == "parent")
      trials = trials + (came and 1 or 0)
      wrong = wrong + (problem and 1 or 0)
    end
  end
  print(("calls that fail: %d trials, %d wrong"):format(trials, wrong))
  return wrong
end
