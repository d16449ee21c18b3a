--- What is compared of a text where case, accents, quotes, dashes and white space make
--- no difference: as text.matchable has it, without blanks around it.
local text = require "pumice.text"

local BLANK = (" "):byte()

---@param s string
---@return string
return function(s)
  local made = text.matchable(s)
  if not made then return s end
  local form = made.text
  local first = form:byte(1) == BLANK and 2 or 1
  local last = form:byte(-1) == BLANK and #form - 1 or #form
  return form:sub(first, last)
end
