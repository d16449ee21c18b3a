--- Least CPU time of things that take turns.
local M = {}

M.repeats = 5

--- Calls `measure(what)` for each of `things`, `repeats` times in turn; returns
--- the least of what each gave.
local function least(things, repeats, measure)
  local names, best = {}, {}
  for name in pairs(things) do names[#names + 1] = name end
  table.sort(names)
  for _ = 1, repeats do
    for _, name in ipairs(names) do
      best[name] = math.min(best[name] or math.huge, measure(things[name]))
    end
  end
  return best
end

--- The least CPU seconds of functions of this process. One that returns a
--- number says so itself how many: it ran something else.
---@param functions table<string, fun(): number?>
---@param repeats? integer  more than M.repeats for what takes milliseconds
---@return table<string, number>
function M.functions(functions, repeats)
  return least(functions, repeats or M.repeats, function(run)
    collectgarbage()
    local start = os.clock()
    return run() or os.clock() - start
  end)
end

local function seconds(minutes, rest)
  return tonumber(minutes) * 60 + tonumber(rest)
end

--- The CPU seconds of a command and all its children.
function M.command(line)
  local pipe <close> = assert(io.popen(("sh -c '%s > /dev/null; times'"):format(line)))
  local times = pipe:read("a")
  local user_m, user_s, system_m, system_s = times:match("\n(%d+)m([%d.]+)s (%d+)m([%d.]+)s")
  assert(user_m, "cannot run " .. line)
  return seconds(user_m, user_s) + seconds(system_m, system_s)
end

--- The same for commands of the shell.
---@param commands table<string, string>
---@return table<string, number>
function M.commands(commands)
  return least(commands, M.repeats, M.command)
end

--- Returns what gives the megabytes a second of one call of a function of this
--- process, which goes over so many bytes.
---@param bytes integer
---@param run fun()
---@return fun(): number
function M.rate(bytes, run)
  return function()
    collectgarbage()
    local start = os.clock()
    run()
    return bytes / 1e6 / (os.clock() - start)
  end
end

--- Ours and a peer, each a function that gives a rate once, in turns, as machines
--- become faster and slower by the minute. Returns the best of each; nil for a peer
--- that gives none.
---@param ours fun(): number
---@param theirs fun(): number?
---@return number, number?
function M.in_turns(ours, theirs)
  local best, best_of_theirs
  for _ = 1, 3 do
    best = math.max(best or 0, ours())
    local rate = theirs()
    best_of_theirs = rate and math.max(best_of_theirs or 0, rate)
  end
  return best, best_of_theirs
end

return M
