--- Regular expressions in a recipe that do not compile, or that reach the limit
--- of steps on a short text: found by trying, so what is named is so.
local regex = require "pumice.regex"

local M = {}

--- Repetitions of a character, and steps they may take: a search in linear time
--- takes a few hundred, one in cubic time 30,000.
local LENGTH, STEPS = 32, 100000

--- What a text that nearly matches may consist of, besides what stands in the
--- pattern.
local TRIED = { "a", "1", " ", "-", ".", "A", "_", ",", '"', "\n", "é" }

--- The patterns in the source: strings that stand first in a call of a function
--- of `regex`, {line, pattern} each.
local function patterns_of(tokens)
  local found = {}
  for i, token in ipairs(tokens) do
    local first = tokens[i + 2] and tokens[i + 2].text
    if token.text == "regex" and first and first:find("^%a") then
      local at = i + 3
      if tokens[at] and tokens[at].text == "(" then at = at + 1 end
      -- Of new the pattern comes first, of most others the text; set and phrases
      -- take lists.
      if first ~= "new" then
        while tokens[at] and tokens[at].text ~= "," and tokens[at].text ~= ")" do at = at + 1 end
        at = at + 1
      end
      local literal = tokens[at] and tokens[at].literal
      local make = literal and first ~= "set" and first ~= "phrases"
        and load("return " .. literal, "=", "t", {})
      local pattern = make and make()
      if type(pattern) == "string" then
        found[#found + 1] = { line = tokens[at].line, pattern = pattern }
      end
    end
  end
  return found
end

--- A text on which a pattern takes more steps than it should; nil when none of
--- those tried is one.
local function slow_text(pattern)
  local re = regex.new(pattern, { match_limit = STEPS })
  local characters = table.move(TRIED, 1, #TRIED, 1, {})
  for character in pattern:gmatch("%w") do characters[#characters + 1] = character end
  -- A pattern is not tried where a character that it needs is missing.
  local needed = "!" .. pattern:gsub("%W", "")
  for _, character in ipairs(characters) do
    for _, ending in ipairs { "!", "\n!", "", needed } do
      local text = character:rep(LENGTH) .. ending
      local _, message = re:test(text)
      if message then return text end
    end
  end
end

---@param tokens pumice.steady.Token[]
---@return pumice.steady.Warning[]
function M.warnings(tokens)
  local warnings = {}
  for _, each in ipairs(patterns_of(tokens)) do
    local compiled, message = regex.new(each.pattern)
    local text = compiled and slow_text(each.pattern)
    if not compiled then
      message = ("does not compile: %s"):format(message)
    elseif text then
      message = ("takes more than %d steps on %q: a longer one is a reject"):format(
        STEPS, text):gsub("\\\n", "\\n")
    end
    if message then
      warnings[#warnings + 1] = { line = each.line, text = ("the pattern %s %s"):format(
        each.pattern, message) }
    end
  end
  return warnings
end

return M
