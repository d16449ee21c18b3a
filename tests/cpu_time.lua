--- Bounds on the CPU time of a call, for specs. A busy machine slows any one call
--- down, so what is too slow is tried again: what is slow by itself stays so.
local M = {}

local TRIES = 6

local function seconds(f, ...)
  collectgarbage()
  local start = os.clock()
  f(...)
  return os.clock() - start
end

--- Whether a call of `f` takes less than `limit` seconds, and the least it took.
function M.within(limit, f)
  local least = math.huge
  for _ = 1, TRIES do
    least = math.min(least, seconds(f))
    if least < limit then return true, least end
  end
  return false, least
end

--- Whether the time of `f(n)` grows in step with n, from `short` to `long`: at most 2.5
--- times as much. A quadratic way takes long / short times as much. Says what it took.
function M.linear(f, short, long)
  local a, b
  f(short)
  for _ = 1, TRIES do
    a, b = seconds(f, short), seconds(f, long)
    if b < 0.1 or b < 2.5 * long / short * a then return true end
  end
  return false, ("%.3f s for %d, %.3f s for %d"):format(a, short, b, long)
end

return M
