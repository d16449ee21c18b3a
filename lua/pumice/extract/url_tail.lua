--- What follows the host in a page's address: path, query and fragment, and which
--- punctuation at the end belongs to the sentence and not to the address.
local hosts = require "pumice.extract.hosts"

local M = {}

local MAX_BRACKETED = 256  -- bytes looked ahead for a bracket that closes

local CLOSER = { ["("] = "%)", ["["] = "%]", ["{"] = "}", ['"'] = '"', ["'"] = "'" }

-- t.co makes its own paths: letters and digits, at most forty.
local MAX_SHORT = 40

-- Returns the byte of the bracket or mark that closes the one at `at`, when the
-- words between stay inside one address.
local function closing(text, at)
  local open = text:sub(at, at)
  local inside = text:sub(at + 1, at + MAX_BRACKETED):match("^[^%s<>]+")
  if not inside then return nil end
  local close = inside:find(CLOSER[open])
  if open == "(" or open == "[" or open == "{" then
    -- One pair may stand inside another: (a(b)c).
    local nested = inside:find(open, 1, true)
    if close and nested and nested < close then
      close = inside:find(CLOSER[open], close + 1)
    end
  end
  return close and close > 1 and at + close or nil
end

-- Is the run of ideographs that starts at `at` a whole segment of the path? Kana
-- and Hangul after an address are the sentence that goes on.
local function ideographs_end(text, at)
  local last
  while true do
    local code, length = hosts.code(text, at)
    if not code or code < 128 or not hosts.is_unspaced(code) then break end
    if code < 0x3400 or code > 0x9FFF and code < 0xF900 then return nil end
    at = at + length
    last = at - 1
  end
  return (at > #text or text:find("^[%s/]", at)) and last or nil
end

--- Returns the last byte of the address whose host (and port) ends before `at`.
---@param text string
---@param at integer
---@param host string
---@return integer? last  nil when the host gives out no such address
function M.last(text, at, host)
  local good = at - 1
  if not text:find("^[/?#]", at) then return good end
  if host:lower() == "t.co" then
    local slug = text:match("^/%w+", at)
    if slug then at, good = at + #slug, good + #slug end
    if slug and #slug > MAX_SHORT + 1 then return nil end
    if not slug or not text:find("^[?#]", at) then return good end
  end
  while true do
    local code, length = hosts.code(text, at)
    if not code then return good end
    if code < 128 then
      local char = string.char(code)
      local run = text:match("^[%w/=&_%%~+#@$-]+()", at)
      if run then
        good, at = run - 1, run
      elseif CLOSER[char] then
        local close = closing(text, at)
        if close then
          good, at = close, close + 1
        elseif char == "'" and text:find("^'[%w-]", at) then
          at = at + 1
        else
          return good
        end
      elseif char:find("[.,;:!?*|\\^`]") then
        at = at + 1
      else
        return good
      end
    elseif hosts.is_unspaced(code) then
      local last = text:find("^/", at - 1) and ideographs_end(text, at)
      if not last then return good end
      good, at = last, last + 1
    elseif code == 0x200C or code == 0x200D then
      at = at + length
    elseif code < 0xC0 or code >= 0x2000 and code <= 0x206F
        or code >= 0xFF00 and code <= 0xFF20 then
      return good
    else
      good, at = at + length - 1, at + length
    end
  end
end

return M
