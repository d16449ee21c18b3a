--- The patterns that cut a text for byte-pair encoding: which of them are
--- written out in C, and how the others are put to PCRE2.
local regex = require "pumice.regex"

local M = {}

M.names = { "r50k", "cl100k", "qwen2", "o200k" }

local CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
local BLANKS = [[\s*[\r\n]+|\s+(?!\S)|\s+]]
local HIGH, LOW = [[[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]], [[[\p{Ll}\p{Lm}\p{Lo}\p{M}]]

local function cl100k(digits)
  return CONTRACTION .. [[|[^\r\n\p{L}\p{N}]?\p{L}+|]] .. digits
    .. [[| ?[^\s\p{L}\p{N}]+[\r\n]*|]] .. BLANKS
end

--- The names of the patterns known, by how they are spelt in files.
local known = {
  [ [['s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+]] ] = "r50k",
  [ [['(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+]] ] = "r50k",
  [ [['(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s]] ] = "r50k",
  [cl100k [[\p{N}{1,3}]]] = "cl100k",
  [cl100k [[\p{N}]]] = "qwen2",
  [ [[[^\r\n\p{L}\p{N}]?]] .. HIGH .. "]*" .. LOW .. "]+" .. CONTRACTION
    .. [[?|[^\r\n\p{L}\p{N}]?]] .. HIGH .. "]+" .. LOW .. "]*" .. CONTRACTION
    .. [[?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|]] .. BLANKS ] = "o200k",
}
for _, name in ipairs(M.names) do known[name] = name end

--- Patterns come from engines where \s is White_Space and $ the end of the text.
local function to_pcre2(pattern)
  local in_class = false
  return (pattern:gsub("\\?.", function(sign)
    if sign == "[" then
      in_class = true
    elseif sign == "]" then
      in_class = false
    end
    if sign == "\\s" then return "\\p{White_Space}" end
    if sign == "\\S" then return "\\P{White_Space}" end
    if sign == "$" and not in_class then return "\\z" end
  end))
end

--- Returns what cuts by the pattern: the name of one of ours, or a regex; nil and
--- a message when it does not compile.
---@param pattern string
---@return string|pumice.Regex|nil stage
---@return string? message
function M.stage(pattern)
  if known[pattern] then return known[pattern] end
  return regex.new(to_pcre2(pattern), { flags = "u", match_limit = 10000000 })
end

return M
