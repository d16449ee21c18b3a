--- Keeps the REPL alive when somebody changes what it stands on, such as
--- `string.find = nil`: what Lua gave at the start is put back.
local M = {}

local libraries = { "coroutine", "debug", "io", "math", "os", "string", "table", "utf8" }

-- What works even when the libraries do not.
local next, pcall, rawset, stderr = next, pcall, rawset, io.stderr
local getmetatable, setmetatable = debug.getmetatable, debug.setmetatable
local write = stderr.write

local function copy(t)
  local result = {}
  for key, value in next, t do result[key] = value end
  return result
end

--- Returns an object whose `restore(message)` puts everything back.
function M.snapshot()
  local kept = { [_G] = copy(_G) }
  for _, name in ipairs(libraries) do kept[_G[name]] = copy(_G[name]) end
  local kept_metatables = {}
  for _, value in next, { "", 0, true, print } do
    kept_metatables[value] = { getmetatable(value) }
  end
  local string_index = getmetatable("").__index
  local globals_metatable = getmetatable(_G)
  return {
    restore = function(message)
      for library, functions in next, kept do
        for key, value in next, functions do rawset(library, key, value) end
      end
      for value, metatable in next, kept_metatables do setmetatable(value, metatable[1]) end
      setmetatable(nil, nil)
      setmetatable(_G, globals_metatable)
      getmetatable("").__index = string_index
      pcall(write, stderr, "pumice could not go on, and put Lua's own functions back: ",
        message, "\n")
    end,
  }
end

return M
