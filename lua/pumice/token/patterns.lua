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

--- Says whether the pattern is one of ours. Each character is part of a match of it.
---@param pattern string
---@return boolean
function M.is_known(pattern)
  return known[pattern] ~= nil
end

-- What signs mean elsewhere, for PCRE2 with Unicode classes: \s is White_Space and
-- $ the end of the text; to Oniguruma, which Hugging Face has, ^ and $ are those of
-- lines, \h is a hexadecimal digit, and \w takes marks but of other numbers than
-- digits only the superscripts and fractions of Latin-1.
local BLANK <const>, NO_BLANK <const> = [[\p{White_Space}]], [[\P{White_Space}]]
local WORD <const> = [[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\xB2\xB3\xB9\xBC-\xBE]]
local plain = {
  signs = { ["\\s"] = BLANK, ["\\S"] = NO_BLANK, ["$"] = "\\z" },
  in_class = { ["\\s"] = BLANK, ["\\S"] = NO_BLANK },
}
local oniguruma = {
  signs = {
    ["\\s"] = BLANK, ["\\S"] = NO_BLANK, ["\\w"] = "[W]", ["\\W"] = "[^W]",
    ["\\b"] = "(?:(?<=[W])(?![W])|(?<![W])(?=[W]))",
    ["\\B"] = "(?:(?<=[W])(?=[W])|(?<![W])(?![W]))",
    ["\\h"] = "[0-9A-Fa-f]", ["\\H"] = "[^0-9A-Fa-f]", ["^"] = "(?m:^)", ["$"] = "(?m:$)",
  },
  in_class = { ["\\s"] = BLANK, ["\\S"] = NO_BLANK, ["\\w"] = WORD, ["\\h"] = "0-9A-Fa-f" },
}
for _, sign in ipairs { "\\w", "\\W", "\\b", "\\B" } do
  oniguruma.signs[sign] = oniguruma.signs[sign]:gsub("W", WORD)
end

--- To PCRE2 `\p{Han}` has what is used with Han, too: elsewhere it is the script.
local function with_scripts(pattern)
  return (pattern:gsub("(\\+)([pP]{%^?)([%a_]+)}", function(slashes, open, name)
    if #slashes % 2 == 1 and regex.new("\\p{sc:" .. name .. "}") then
      return slashes .. open .. "sc:" .. name .. "}"
    end
  end))
end

--- What of Oniguruma has no like in PCRE2: classes in classes, a repeat that is
--- repeated, a dot that takes line ends.
local function foreign(sign, rest, in_class)
  if in_class then
    local found = sign == "[" and sign or rest:match "^&&" or sign:match "\\[WH]"
    return found and ("'%s' in a class"):format(found)
  end
  local found = rest:match "^{[%d,]+}%+" or rest:match "^%(%?%a*m"
  return found and ("'%s'"):format(found)
end

--- The pattern for PCRE2; nil and what it has not.
local function to_pcre2(pattern, dialect)
  local in_class, alien = false, nil
  local made = pattern:gsub("()(\\?.)", function(at, sign)
    if dialect == oniguruma then
      alien = alien or foreign(sign, pattern:sub(at, at + 20), in_class)
    end
    local meant = dialect[in_class and "in_class" or "signs"][sign]
    in_class = sign == "[" or in_class and sign ~= "]"
    return meant or sign
  end)
  if alien then return nil, alien .. " is not supported" end
  return made
end

--- Returns what cuts by the pattern: the name of one of ours, or a regex; nil and
--- a message when it does not compile, or has what PCRE2 lacks.
---@param pattern string
---@param of_oniguruma? boolean  it is written for Oniguruma
---@return string|pumice.Regex|nil stage
---@return string? message
function M.stage(pattern, of_oniguruma)
  if known[pattern] then return known[pattern] end
  local made, message = to_pcre2(pattern, of_oniguruma and oniguruma or plain)
  if not made then return nil, message end
  return regex.new(with_scripts(made), { flags = "u", match_limit = 10000000 })
end

return M
