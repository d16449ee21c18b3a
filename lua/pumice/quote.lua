--- Strings as people read them, with their quotes and without surprises.
local M = {}

local named = { ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t", ["\\"] = "\\\\" }

local function escape_byte(byte)
  return named[byte] or ("\\x%02X"):format(byte:byte())
end

local function escape_character(character)
  return ("\\u{%X}"):format(utf8.codepoint(character))
end

--- Characters that look like a blank, leave no mark, or turn the direction of
--- the text: C1 controls, no-break space, soft hyphen; U+2000 to 200B, marks of
--- direction, separators; U+205F to 206F; BOM. (The joiners U+200C and U+200D
--- belong to words and to emoji.)
local invisible = {
  "\xC2[\x80-\xA0\xAD]", "\xE2\x80[\x80-\x8B\x8E\x8F\xA8-\xAF]", "\xE2\x81[\x9F-\xAF]",
  "\xEF\xBB\xBF",
}

local function escape_valid(text)
  text = text:gsub("[%c\\]", escape_byte)
  if text:find("[\x80-\xFF]") then
    for _, pattern in ipairs(invisible) do text = text:gsub(pattern, escape_character) end
  end
  return text
end

--- Escapes what is no character byte by byte.
local function escape(text)
  local pieces, from = {}, 1
  while from <= #text do
    local ok, bad = utf8.len(text, from)
    local last = ok and #text or bad - 1
    pieces[#pieces + 1] = escape_valid(text:sub(from, last))
    if not ok then pieces[#pieces + 1] = escape_byte(text:sub(bad, bad)) end
    from = last + 2
  end
  return table.concat(pieces)
end

--- Returns `text` with an escape for all that cannot be seen or that a terminal
--- would take for an order, line ends too.
---
--- ```lua
--- local quote = require "pumice.quote"
--- quote.escape("a\nb\27[31m")  --> "a\\nb\\x1B[31m"
--- ```
---@param text string  any bytes
---@return string
function M.escape(text)
  return escape(text)
end

--- Returns `text` as JSON can hold it: bytes that are no character are written
--- as %XX, and text that is UTF-8 stays as it is.
---
--- ```lua
--- local quote = require "pumice.quote"
--- quote.valid("pages/50%.txt")      --> "pages/50%.txt"
--- quote.valid("pages/caf\xE9.txt")  --> "pages/caf%E9.txt"
--- ```
---@param text string
---@return string
function M.valid(text)
  local _, bad = utf8.len(text)
  if not bad then return text end
  local pieces, from = {}, 1
  repeat
    pieces[#pieces + 1] = text:sub(from, bad - 1)
    pieces[#pieces + 1] = ("%%%02X"):format(text:byte(bad))
    from = bad + 1
    _, bad = utf8.len(text, from)
  until not bad
  pieces[#pieces + 1] = text:sub(from)
  return table.concat(pieces)
end

--- Returns the first `limit` characters (grapheme clusters) of `text`, and how
--- many bytes it has if that is not all of it.
local function head(text, limit)
  if #text <= limit then return text end
  local graphemes = require("pumice.token").graphemes
  local characters = graphemes(text:sub(1, limit * 4)) -- most often enough
  if #characters <= limit then characters = graphemes(text:sub(1, limit * 32)) end
  local _, last = characters:range(math.min(limit, #characters))
  if last >= #text then return text end
  return text:sub(1, last), #text
end

--- Returns `text` cut to `limit` characters, with its true length in bytes.
---@param text string
---@param limit integer  grapheme clusters
---@return string
function M.cut(text, limit)
  local shown, length = head(text, limit)
  return length and ("%s... (%d bytes)"):format(shown, length) or shown
end

--- Returns `text` in quotes and escaped, cut to `limit` characters.
---
--- ```lua
--- local quote = require "pumice.quote"
--- quote.quote("Dvořák\n\xFF", 20)     --> '"Dvořák\\n\\xFF"'
--- quote.quote('He said "no".', 20)    --> "'He said \"no\".'"
--- quote.quote(("x"):rep(2000), 3)     --> '"xxx"... (2000 bytes)'
--- ```
---@param text string  any bytes
---@param limit integer  grapheme clusters
---@return string
function M.quote(text, limit)
  local shown, length = head(text, limit)
  local mark = shown:find('"', 1, true) and not shown:find("'", 1, true) and "'" or '"'
  local quoted = mark .. escape(shown):gsub(mark, "\\" .. mark) .. mark
  return length and ("%s... (%d bytes)"):format(quoted, length) or quoted
end

return M
