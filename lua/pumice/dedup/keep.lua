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

local rules = { longest = true, newest = true, first = true, all = true }

--- Raises when `rule` is neither a function nor the name of a rule.
---@param rule any
function M.check(rule)
  if type(rule) == "function" or rules[rule] then return end
  local names = {}
  for name in pairs(rules) do names[#names + 1] = name end
  error(options.unknown("keep rule", tostring(rule), names), 3)
end

--- Returns the member that a sketch describes.
---@param sketches pumice.dedup.Sketch[]
---@param i integer
---@return pumice.dedup.Member
function M.member(sketches, i)
  local sketch = sketches[i]
  return { id = sketch.id ~= "" and sketch.id or i, outlet = sketch.outlet,
    date = sketch.date, words = sketch.words, index = i }
end

--- What is sorted are integers: 32 bits that decide, then 32 that decide among
--- equals, of which the lower come first. A comparison in Lua would take ten
--- times as long.
local LOW = 0xFFFFFFFF

--- Returns the numbers of the documents, those with most words first.
local function longest_first(sketches)
  local keys = {}
  for i, sketch in ipairs(sketches) do keys[i] = (LOW >> 1) - sketch.words << 32 | i end
  table.sort(keys)
  for place, key in ipairs(keys) do keys[place] = key & LOW end
  return keys
end

--- Returns the numbers of the documents, the latest dates first.
local function newest_first(sketches)
  local dates, age, order = {}, {}, longest_first(sketches)
  for _, sketch in ipairs(sketches) do
    local date = sketch.date or ""
    if not age[date] then
      age[date] = 0
      dates[#dates + 1] = date
    end
  end
  table.sort(dates, function(x, y) return x > y end)
  for place, date in ipairs(dates) do age[date] = place end
  local keys = {}
  for place, i in ipairs(order) do keys[place] = age[sketches[i].date or ""] << 32 | place end
  table.sort(keys)
  for place, key in ipairs(keys) do keys[place] = order[key & LOW] end
  return keys
end

--- Returns the rank of each document, 1 for the one to keep before all others; a
--- tie is for the earlier in the input. A function ranks nothing by itself; then
--- it is the longest.
---@param sketches pumice.dedup.Sketch[]
---@param rule pumice.dedup.Rule
---@return integer[]
function M.ranks(sketches, rule)
  local ranks = {}
  if rule == "first" then
    for i in ipairs(sketches) do ranks[i] = i end
    return ranks
  end
  local order = rule == "newest" and newest_first(sketches) or longest_first(sketches)
  for i in ipairs(sketches) do ranks[i] = i end -- an array from the start
  for rank, i in ipairs(order) do ranks[i] = rank end
  return ranks
end

--- Returns what `clusters.groups` asks to find the one that stays.
---@param sketches pumice.dedup.Sketch[]
---@param rule function
---@return fun(numbers: integer[]): integer
function M.chooser(sketches, rule)
  return function(numbers)
    local list = {}
    for i, number in ipairs(numbers) do list[i] = M.member(sketches, number) end
    local place = rule(list)
    if math.type(place) ~= "integer" or not list[place] then
      error(("keep returns the place of one of %d members, not %s"):format(
        #list, tostring(place)), 0)
    end
    return place
  end
end

return M
