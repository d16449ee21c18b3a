--- Keep rules: which of several copies stays.
local options = require "pumice.options"

local M = {}

---@class pumice.dedup.Member
---@field id string|number  the document's id, else where it came from, else its
---  number in the input
---@field outlet string
---@field date? string
---@field words integer
---@field index integer  its number in the input, from 1

---@alias pumice.dedup.Rule
---| "longest"  # most words
---| "first"  # first in the input
---| "newest"  # latest date; one without a date is older than all
---| "all"  # all stay; copies of the longest say so
---| fun(members: pumice.dedup.Member[]): integer  # the place of the one to keep

--- What decides, one after the other; the last resort is the input's order.
local function longer(x, y)
  if x.words ~= y.words then return x.words > y.words end
  return x.index < y.index
end

local function newer(x, y)
  local dx, dy = x.date or "", y.date or ""
  if dx ~= dy then return dx > dy end
  return longer(x, y)
end

local function earlier(x, y) return x.index < y.index end

local rules = { longest = longer, newest = newer, first = earlier, all = longer }

--- Raises when `rule` is neither a function nor the name of a rule.
---@param rule any
function M.check(rule)
  if type(rule) == "function" or rules[rule] then return end
  local names = {}
  for name in pairs(rules) do names[#names + 1] = name end
  error(options.unknown("keep rule", tostring(rule), names), 3)
end

--- Returns the members that sketches describe.
---@param sketches pumice.dedup.Sketch[]
---@return pumice.dedup.Member[]
function M.members(sketches)
  local members = {}
  for i, sketch in ipairs(sketches) do
    members[i] = { id = sketch.id ~= "" and sketch.id or i, outlet = sketch.outlet,
      date = sketch.date, words = sketch.words, index = i }
  end
  return members
end

--- Returns the rank of each member, 1 for the one to keep before all others. A
--- function ranks nothing by itself; then it is the longest.
---@param members pumice.dedup.Member[]
---@param rule pumice.dedup.Rule
---@return integer[]
function M.ranks(members, rule)
  local sorted, ranks = table.move(members, 1, #members, 1, {}), {}
  table.sort(sorted, rules[rule] or longer)
  for rank, member in ipairs(sorted) do ranks[member.index] = rank end
  return ranks
end

--- Returns what `clusters.groups` asks to find the one that stays.
---@param members pumice.dedup.Member[]
---@param rule function
---@return fun(numbers: integer[]): integer
function M.chooser(members, rule)
  return function(numbers)
    local list = {}
    for i, number in ipairs(numbers) do list[i] = members[number] end
    local place = rule(list)
    if math.type(place) ~= "integer" or not list[place] then
      error(("keep returns the place of one of %d members, not %s"):format(
        #list, tostring(place)), 0)
    end
    return place
  end
end

return M
