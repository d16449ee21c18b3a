--- Host names in running text: where one ends, and whether it is one.
local top_domains = require "pumice.extract.top_domains"

local M = {}

-- RFC 1035, in bytes; up to four times as many for names that are not in ASCII.
local MAX_HOST = 253
local MAX_LABEL = 63

local LONGEST = 0
for name in pairs(top_domains) do LONGEST = math.max(LONGEST, #name) end

-- Punctuation, spaces and symbols outside ASCII: nothing that a label contains.
local function is_boundary(code)
  return code < 0xAA or code == 0xAB or code == 0xBB or code == 0xA0 or code == 0xBF
    or code >= 0x2000 and code <= 0x206F and code ~= 0x200C and code ~= 0x200D
    or code >= 0x3000 and code <= 0x3020 and code ~= 0x3005 and code ~= 0x3006
    or code >= 0xFF00 and code <= 0xFF0F or code >= 0xFF1A and code <= 0xFF20
end

-- Scripts that are written without spaces, so that words run up to a link.
local function is_unspaced(code)
  return code >= 0x2E80 and code <= 0xD7FF or code >= 0xF900 and code <= 0xFAFF
    or code >= 0xFF65 and code <= 0xFFDC or code >= 0x20000 and code <= 0x3FFFF
end
M.is_unspaced = is_unspaced

--- Returns the code point at byte `at` and its length, or nil.
---@param text string
---@param at integer
---@return integer? code
---@return integer? bytes
function M.code(text, at)
  local byte = text:byte(at)
  if not byte then return nil end
  if byte < 128 then return byte, 1 end
  local char = text:match("^[\xC2-\xF4][\x80-\xBF]+", at)
  local length = byte >= 0xF0 and 4 or byte >= 0xE0 and 3 or 2
  if not char or #char < length then return nil end
  char = char:sub(1, length)
  if utf8.len(char) ~= 1 then return nil end
  return utf8.codepoint(char), length
end

-- Returns where the label that starts at `at` ends (the byte after it), and where
-- its first part in ASCII ends when a script without spaces follows that part.
local function label_end(text, at)
  local first, cut = at, nil
  while true do
    local after = text:match("^[%w_-]+()", at)
    if after then at = after end
    local code, length = M.code(text, at)
    if not code or code < 128 or is_boundary(code) or at - first > 4 * MAX_LABEL then
      return at, cut
    end
    if not cut and is_unspaced(code) and at > first then cut = at end
    at = at + length
  end
end

local function is_label(label)
  return #label > 0 and #label <= 4 * MAX_LABEL and not label:find("^%-") and not label:find("%-$")
    and not label:find("^[Xx][Nn]%-%-.*[\x80-\xFF]")
end

local function is_top(label)
  return top_domains[label] or top_domains[label:lower()]
    or label:find("^[Xx][Nn]%-%-[%w-]+$") ~= nil
end

-- Returns the end of a top-level domain in another script at `at`, the longest.
local function foreign_top(text, at, after)
  if text:byte(at) < 128 then return nil end
  for last = math.min(after - 1, at + LONGEST - 1), at + 1, -1 do
    if top_domains[text:sub(at, last)] then return last + 1 end
  end
  return nil
end

---@class pumice.extract.Host
---@field after integer  the byte after the host
---@field labels integer
---@field known boolean  whether it ends in a top-level domain
---@field valid boolean  whether it could be a host on some network
---@field reached integer  the byte after all that was read

--- Reads the host name that starts at byte `at`. It is one when its last label is
--- a top-level domain; where a script without spaces follows directly, the text
--- after that domain is not part of it.
---
---@param text string
---@param at integer
---@return pumice.extract.Host
function M.read(text, at)
  local first, labels, valid, previous = at, 0, true, nil
  while true do
    local after, cut = label_end(text, at)
    local label = text:sub(at, after - 1)
    labels = labels + 1
    if labels > 1 then
      local top_after = cut and top_domains[text:sub(at, cut - 1):lower()] and cut
        or not is_top(label) and foreign_top(text, at, after)
      if top_after and valid then
        return { after = top_after, labels = labels, known = true, reached = top_after }
      end
    end
    local more = text:byte(after) == 0x2E and M.code(text, after + 1)
    more = more and (more >= 128 and not is_boundary(more)
      or more < 128 and text:find("^[%w_-]", after + 1) ~= nil)
    if not is_label(label) then valid = false end
    if not more then
      -- A registered name may not hold an underscore; names of machines before it may.
      valid = valid and not label:find("_", 1, true) and after - first <= 4 * MAX_HOST
        and not (previous and previous:find("_", 1, true))
      return { after = after, labels = labels, reached = after,
        known = labels > 1 and valid and is_top(label) or false,
        valid = valid and (labels == 1 or label:find("^%a+$") ~= nil or label:byte() >= 128) }
    end
    previous = label
    at = after + 1
  end
end

return M
