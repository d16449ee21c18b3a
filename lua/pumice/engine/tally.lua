--- Tallies: what a step did, counted.
local M = {}

--- Reasons of a step that are counted each, and what stands for the others.
local MOST_REASONS, OTHER_REASONS = 200, "other reasons"

---@class pumice.Tally  what a step did
---@field entered integer
---@field left integer
---@field dropped integer
---@field rejected integer
---@field effects integer  0: every document came out as it went in
---@field seconds number
---@field reasons table<string, integer>

--- Returns an empty tally.
---@return pumice.Tally
function M.new()
  return { entered = 0, left = 0, dropped = 0, rejected = 0, effects = 0, seconds = 0,
    reasons = {} }
end

--- Counts reasons. Where there are too many, those that come first in order stay:
--- they are the same ones in whatever portions the counts arrive.
local function add_reasons(into, counts)
  local number = 0
  for _ in pairs(into) do number = number + 1 end
  local function add(reason, count)
    if not into[reason] then number = number + 1 end
    into[reason] = (into[reason] or 0) + count
  end
  for reason, count in pairs(counts) do add(reason, count) end
  while number > MOST_REASONS + (into[OTHER_REASONS] and 1 or 0) do
    local last
    for reason in pairs(into) do
      if reason ~= OTHER_REASONS and (not last or reason > last) then last = reason end
    end
    local count = into[last]
    into[last], number = nil, number - 1
    add(OTHER_REASONS, count)
  end
end

--- Adds a tally to another.
---@param into pumice.Tally
---@param tally pumice.Tally
function M.add(into, tally)
  for name, value in pairs(tally) do
    if name == "reasons" then
      add_reasons(into.reasons, value)
    else
      into[name] = into[name] + value
    end
  end
end

return M
