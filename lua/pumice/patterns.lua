--- Sets of patterns: many regular expressions over one text, each with a name.
---
--- Of each pattern the longest literal that every match must have is known; one
--- pass over the text finds which of all these literals occur, and only the
--- patterns whose literal does (or that have none) are run. The answers are the
--- same as those of each pattern alone. `regex.set` makes them.
local core = require "pumice.core"
local regex = require "pumice.regex"

local clock = os.clock

local M = {}

-- A shorter literal occurs in most texts; so few patterns are as fast alone.
local LITERAL_LEAST <const> = 3
local PATTERNS_LEAST <const> = 4

---@class pumice.Patterns
---@field names string[]  sorted
local Patterns = {}
Patterns.__index = Patterns

local function compile(name, given)
  if type(given) == "table" then return regex.new(given[1], given[2]) end
  if type(given) == "string" then return regex.new(given) end
  if type(given) == "userdata" then return given end
  error(("pattern '%s' is a string, a regex or { pattern, flags }, not a %s")
    :format(name, type(given)), 4)
end

--- Returns the phrases to look for first, and which literal each name has.
local function literals_of(names, compiled)
  local list, number_of, wanted, count = {}, {}, {}, 0
  for _, name in ipairs(names) do
    local literal = core.regex.literal(compiled[name])
    if literal and #literal >= LITERAL_LEAST and not literal:find("[\128-\255]") then
      literal = literal:lower()
      if not number_of[literal] then
        list[#list + 1] = literal
        number_of[literal] = #list
      end
      wanted[name] = number_of[literal]
      count = count + 1
    end
  end
  if count < PATTERNS_LEAST then return nil, {} end
  return regex.phrases(list, { caseless = true, overlap = true }), wanted
end

--- See `regex.set`.
---@param patterns table<string, string|pumice.Regex|{[1]: string, [2]: string}>
---@return pumice.Patterns? set
---@return string? message
function M.new(patterns)
  if type(patterns) ~= "table" then
    error(("patterns are a table of them by name, not a %s"):format(type(patterns)), 3)
  end
  local names, compiled, seconds = {}, {}, {}
  for name in pairs(patterns) do
    if type(name) ~= type(next(patterns)) then
      error(("patterns have names or are a list, not both: '%s', '%s'")
        :format(name, next(patterns)), 3)
    end
    names[#names + 1] = name
  end
  table.sort(names)
  for _, name in ipairs(names) do
    local re, message = compile(name, patterns[name])
    if not re then return nil, ("pattern '%s': %s"):format(name, message) end
    compiled[name], seconds[name] = re, 0.0
  end
  local phrases, wanted = literals_of(names, compiled)
  return setmetatable({
    names = names, compiled = compiled, phrases = phrases, wanted = wanted, seconds = seconds,
  }, Patterns)
end

--- Runs method `what` of each pattern that may match; `otherwise` gives the
--- answer for those that cannot.
local function run(set, text, what, otherwise)
  local present = set.phrases and set.phrases:present(text)
  local answers, limits = {}, nil
  for _, name in ipairs(set.names) do
    local number = set.wanted[name]
    if number and not present[number] then
      answers[name] = otherwise(text)
    else
      local re, start = set.compiled[name], clock()
      local answer, reason = re[what](re, text)
      set.seconds[name] = set.seconds[name] + (clock() - start)
      if answer == nil then
        limits = limits or {}
        limits[name] = reason
      end
      answers[name] = answer
    end
  end
  return answers, limits
end

--- Counts the matches of each pattern. One that reached a limit has no count,
--- and its reason in the second table.
---@param text string
---@return table<string, integer> counts
---@return table<string, string>? limits  nil when no pattern reached one
function Patterns:count(text)
  return run(self, text, "count", function() return 0 end)
end

--- Returns the matches of each pattern as Spans; limits as in `count`.
---
--- ```lua
--- local set = regex.set { mail = "\\w+@\\w+", tag = "#\\w+" }
--- set:spans("a@b #x c@d").mail[2]  --> "c@d"
--- ```
---
---@param text string
---@return table<string, pumice.Spans> matches
---@return table<string, string>? limits
function Patterns:spans(text)
  local none = regex.new("(*FAIL)")
  return run(self, text, "spans", function(subject) return none:spans(subject) end)
end

--- Returns the names of the patterns that match, sorted; limits as in `count`.
---
--- ```lua
--- regex.set({ mail = "\\w+@\\w+", tag = "#\\w+" }):test("see #x")  --> { "tag" }
--- ```
---
---@param text string
---@return string[] names
---@return table<string, string>? limits
function Patterns:test(text)
  local answers, limits = run(self, text, "test", function() return false end)
  local names = {}
  for _, name in ipairs(self.names) do
    if answers[name] then names[#names + 1] = name end
  end
  return names, limits
end

--- Returns the seconds of CPU time that each pattern has taken so far.
---@return table<string, number>
function Patterns:times()
  local copy = {}
  for name, seconds in pairs(self.seconds) do copy[name] = seconds end
  return copy
end

return M
