--- Plain Lua data as bytes, to cross from one process to another.
---
--- Equal values give equal bytes, whatever the order their tables were filled
--- in. What comes back is equal to what went in: integers and floats stay what
--- they are to the last bit, strings hold any bytes, `json.null` and the marks
--- of `json.array` and `json.object` are kept.
local core = require "pumice.core"

local M = {}

--- Returns `value` as a string of bytes.
---
--- Tables may have booleans, numbers and strings as keys and may be nested 200
--- deep. A table that occurs twice is written twice. Raises at anything that is
--- not plain data (a function, a table that holds itself or has a metatable of
--- its own), naming the place: "state.counts[3] is a function".
---
--- ```lua
--- local pack = require "pumice.pack"
--- pack.unpack(pack.pack { 1, 2.0, name = "x" }).name    --> "x"
--- pack.pack { a = 1, b = 2 } == pack.pack { b = 2, a = 1 }  --> true
--- ```
---
---@param value any
---@param name? string  what an error calls the value (default "value")
---@return string bytes
function M.pack(value, name)
  return core.pack.pack(value, name)
end

--- Returns the value that `bytes` hold. Raises when they are damaged.
---@param bytes string  from `pack.pack`
---@return any value
function M.unpack(bytes)
  return core.pack.unpack(bytes)
end

return M
