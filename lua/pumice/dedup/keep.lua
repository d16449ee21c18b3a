--- Keep rules: which of several copies stays.
---
--- | `keep`     | what stays                                                           |
--- |------------|----------------------------------------------------------------------|
--- | "longest"  | the one with most words                                              |
--- | "first"    | the first in the input                                               |
--- | "newest"   | the one with the latest `date`; one without is older than all        |
--- | "cleanest" | the one with the least share of what `text.repair` would mend and    |
--- |            | `clean.boilerplate { per = false }` cut, and of U+FFFD               |
--- | "all"      | all; copies of the longest get `copy_of`                             |
--- | "none"     | none; the longest names the first of its copies                      |
--- | a function | gets a list of {id, outlet, date, words, index, priority} in the     |
--- |            | order of the input, and returns the place of the one to keep         |
---
--- Of equals the longest stays, then the first. With `priority = "field"` the copy with
--- the highest number in that field stays, and the rule decides among equals; documents
--- without a number there come last. A function sees it and decides alone.
local core = require "pumice.core"
local options = require "pumice.options"
local text_library = require "pumice.text"

local M = {}

---@class pumice.dedup.Member
---@field id string|number  the document's id, else where it came from, else its
---  number in the input
---@field outlet string
---@field date? string
---@field words integer
---@field index integer  its number in the input, from 1
---@field priority? number  the value of the field that the option `priority` names

---@alias pumice.dedup.Rule
---| "longest"
---| "first"
---| "newest"
---| "cleanest"
---| "all"
---| "none"
---| fun(members: pumice.dedup.Member[]): integer

--- What decides, and is noted in a sketch for it.
---@class pumice.dedup.Keeping
---@field rule pumice.dedup.Rule
---@field priority? string  a field

local rules = { longest = true, newest = true, first = true, cleanest = true, all = true,
  none = true }

--- Reads the options `keep` and `priority`; raises when they are none.
---@param o { keep?: any, priority: string }
---@return pumice.dedup.Keeping
function M.read(o)
  local rule = o.keep == nil and "longest" or o.keep
  if type(rule) ~= "function" and not rules[rule] then
    local names = {}
    for name in pairs(rules) do names[#names + 1] = name end
    error(options.unknown("keep rule", tostring(rule), names), 3)
  end
  return { rule = rule, priority = o.priority ~= "" and o.priority or nil }
end

--- The share of a text that is damaged or is not the story, 0 to 1.
local function junk_of(text)
  if type(text) ~= "string" then return 0.0 end
  local repaired, steps = text_library.repair(text, { entities = "every", line_ends = false })
  local junk = text_library.profile(repaired).replacement
  for _, step in ipairs(steps) do junk = junk + step.count end
  local _, cuts = require("pumice.clean").boilerplate(repaired) -- much to load for most
  for _, cut in ipairs(cuts) do junk = junk + cut.last - cut.first + 1 end
  return junk / math.max(#text, 1)
end

--- Returns the names of the fields that `note` asks for.
---@param keeping pumice.dedup.Keeping
---@return string[]
function M.fields(keeping)
  local names = { keeping.priority }
  if keeping.rule == "cleanest" then names[#names + 1] = "text" end
  return names
end

--- Notes in the sketch of a document what will decide.
---@param sketch pumice.dedup.Sketch
---@param doc table  or one that has those fields
---@param keeping pumice.dedup.Keeping
---@return pumice.dedup.Sketch
function M.note(sketch, doc, keeping)
  local priority = keeping.priority and tonumber(doc[keeping.priority])
  if priority == priority then sketch.priority = priority or nil end -- not NaN
  if keeping.rule == "cleanest" then sketch.junk = junk_of(doc.text) end
  return sketch
end

--- Returns how the document of a sketch is called: by its number when it has no id.
---@param sketch pumice.dedup.Sketch
---@param i integer
---@return string|number
function M.id(sketch, i) return sketch.id ~= "" and sketch.id or i end

--- Returns the member that a sketch describes.
---@param sketches pumice.dedup.Sketch[]
---@param i integer
---@return pumice.dedup.Member
function M.member(sketches, i)
  local sketch = sketches[i]
  return { id = M.id(sketch, i), outlet = sketch.outlet,
    date = sketch.date, words = sketch.words, index = i, priority = sketch.priority }
end

--- What is sorted are integers: 32 bits that decide, then 32 that decide among
--- equals, of which the lower come first. A comparison in Lua would take ten
--- times as long.
local LOW = 0xFFFFFFFF

--- Sorts and leaves the numbers of what is in the low bits.
local function sorted(keys)
  core.sorter.sort(keys)
  for place, key in ipairs(keys) do keys[place] = key & LOW end
  return keys
end

--- Returns the numbers of the documents, those with most words first.
local function longest_first(sketches)
  local keys = {}
  for i, sketch in ipairs(sketches) do keys[i] = (LOW >> 1) - sketch.words << 32 | i end
  return sorted(keys)
end

--- Returns an order of documents by a value of each, the best first; among those
--- with the same one it is as before.
local function ordered(order, sketches, value_of, is_better)
  local of, values, place_of = {}, {}, {}
  for i, sketch in ipairs(sketches) do
    local value = value_of(sketch)
    of[i] = value
    if not place_of[value] then
      place_of[value] = 0
      values[#values + 1] = value
    end
  end
  table.sort(values, is_better)
  for place, value in ipairs(values) do place_of[value] = place end
  local keys = {}
  for place, i in ipairs(order) do keys[place] = place_of[of[i]] << 32 | place end
  for place, before in ipairs(sorted(keys)) do keys[place] = order[before] end
  return keys
end

local function greater(x, y) return x > y end
local function less(x, y) return x < y end
local function date_of(sketch) return sketch.date or "" end
local function priority_of(sketch) return sketch.priority or -math.huge end

--- Returns the rank of each document, 1 for the one to keep before all others; a
--- tie is for the earlier in the input. A function ranks nothing by itself; then
--- it is the longest.
---@param sketches pumice.dedup.Sketch[]
---@param keeping pumice.dedup.Keeping
---@return integer[]
function M.ranks(sketches, keeping)
  local rule, order, ranks = keeping.rule, {}, {}
  for i = 1, #sketches do ranks[i] = i end
  if rule == "first" then
    if not keeping.priority then return ranks end
    table.move(ranks, 1, #ranks, 1, order)
  else
    order = longest_first(sketches)
  end
  if rule == "newest" then order = ordered(order, sketches, date_of, greater) end
  if rule == "cleanest" then
    order = ordered(order, sketches, function(sketch) return sketch.junk end, less)
  end
  if keeping.priority then order = ordered(order, sketches, priority_of, greater) end
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
