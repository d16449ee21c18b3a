--- Shows the line of a source that an error is about, with a mark below the
--- thing it names.
local M = {}

--- Where in `line` the thing is that `message` names, if that is certain.
local function place(line, message)
  local name = message:match("near '(.-)'$") or message:match("%(%a+ '(.-)'%)")
  local first, last = line:find(name or "", 1, true)
  if not name or name == "" or line:find(name, last and last + 1 or 1, true) then return nil end
  return first, last
end

--- Returns line `number` of `source`, or "".
---@param source string
---@param number integer
---@return string
function M.line(source, number)
  local current = 0
  for each in (source .. "\n"):gmatch("(.-)\r?\n") do
    current = current + 1
    if current == number then return (each:gsub("\t", " ")) end
  end
  return ""
end

--- Returns `line`, and below it carets under the thing that `message`, an error
--- of Lua, names; nil when that is not certain.
---
--- ```lua
--- local caret = require "pumice.caret"
--- caret.mark("return doc.txt.x", "1: attempt to index a nil value (field 'txt')")
--- --> "return doc.txt.x\n           ^^^"
--- ```
---@param line string
---@param message string  one line
---@return string?
function M.mark(line, message)
  local first, last = place(line, message)
  if not first then return nil end
  local before = utf8.len(line, 1, first - 1) or first - 1
  return ("%s\n%s%s"):format(line, (" "):rep(before), ("^"):rep(last - first + 1))
end

return M
