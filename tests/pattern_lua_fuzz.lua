--- Any pattern on any text, with any replacement: find, match, gsub and gmatch give
--- what Lua's string library gives, mistakes too, or stop when their steps are used
--- up.
---
--- Input: a byte that chooses the function and where it begins, the pattern, a
--- newline, the text, which is the replacement as well.
local core = require "pumice.core"

local call, pattern = core.budget.call, core.pattern
local STEPS <const> = 5000

--- All matches, or as many as say enough.
local function all_matches(gmatch, ...)
  local list = {}
  for a, b in gmatch(...) do
    list[#list + 1] = a
    list[#list + 1] = b or false
    if #list > 40 then break end
  end
  return table.unpack(list)
end

--- Of an error the message without the place and the names of functions; nil when the
--- steps were used up, which is no string.
local function outcome(ok, first, ...)
  if ok then return true, first, ... end
  if type(first) ~= "string" then return nil end
  return false, (first:gsub("^[^:]*:%d+: ", ""):gsub("to '[^']*' ", "to '?' "))
end

local function same(expected, got)
  assert(expected.n == got.n)
  for i = 1, expected.n do assert(expected[i] == got[i] or expected[i] ~= expected[i], got[i]) end
end

local function check(ours, theirs, ...)
  local got = table.pack(outcome(call(STEPS, ours, ...)))
  if got[1] ~= nil then same(table.pack(outcome(pcall(theirs, ...))), got) end
end

return function(input)
  local byte, p, text = input:match("^(.)([^\n]*)\n(.*)$")
  if not byte then return end
  local choice = byte:byte()
  local kind, at = choice & 3, (choice >> 2) - 32
  if kind == 0 then
    check(pattern.find, string.find, text, p, at, choice > 250)
  elseif kind == 1 then
    check(pattern.match, string.match, text, p, at)
  elseif kind == 2 then
    check(pattern.gsub, string.gsub, text, p, text:sub(1, 8), at > 0 and at or nil)
  else
    check(function(...) return all_matches(pattern.gmatch, ...) end,
      function(...) return all_matches(string.gmatch, ...) end, text, p, at)
  end
end
