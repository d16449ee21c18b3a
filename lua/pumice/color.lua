--- Colour on a terminal, and none anywhere else.
---
--- The order of say: NO_COLOR turns it off; CLICOLOR_FORCE or FORCE_COLOR turn
--- it on; else it is on where the stream is a terminal and TERM is not "dumb".
--- Colour never carries a meaning alone: a sign stands beside it.
local core = require "pumice.core"

local M = {}

local CODES = { red = 31, green = 32, blue = 34, bold = 1, dim = 2 }

local function set(name)
  local value = os.getenv(name)
  return value ~= nil and value ~= "" and value ~= "0"
end

--- Whether what is written to `fd` (1: output, 2: errors) should have colour.
---@param fd integer
---@return boolean
function M.wanted(fd)
  if set("NO_COLOR") then return false end
  if set("CLICOLOR_FORCE") or set("FORCE_COLOR") then return true end
  return core.process.terminal(fd) and os.getenv("TERM") ~= "dumb"
end

--- Returns a function of (name, text) that colours text, or leaves it.
---
--- ```lua
--- local color = require "pumice.color"
--- color.painter(false)("red", "x")  --> "x"
--- color.painter(true)("red", "x")   --> "\27[31mx\27[0m"
--- ```
---@param on boolean
---@return fun(name: string, text: string): string
function M.painter(on)
  return function(name, text)
    if not on then return text end
    return ("\27[%dm%s\27[0m"):format(CODES[name], text)
  end
end

return M
