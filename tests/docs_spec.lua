--- The examples in the docstrings of lua/pumice run as they stand. A line
--- `expression  --> value` asserts; any other line is a statement.
local files = require "files"

local function lua_files()
  local listing <close> = assert(io.popen("find lua -name '*.lua' | sort"))
  local paths = {}
  for path in listing:lines() do paths[#paths + 1] = path end
  return paths
end

--- Yields (line number, code) of each ```lua block in `---` comments.
local function examples(source)
  return coroutine.wrap(function()
    local number, start, block = 0, nil, nil
    for line in (source .. "\n"):gmatch("(.-)\n") do
      number = number + 1
      local comment = line:match("^%s*%-%-%- ?(.*)$")
      if block and (not comment or comment:match("^```")) then
        coroutine.yield(start, table.concat(block, "\n"))
        block = nil
      elseif block then
        block[#block + 1] = comment
      elseif comment and comment:match("^```lua") then
        start, block = number, {}
      end
    end
  end)
end

local function to_chunk(code)
  return (code .. "\n"):gsub("([^\n]-)%s*%-%->%s*([^\n]*)\n", function(expression, value)
    return ("check({%s}, {%s})\n"):format(expression, value)
  end)
end

describe("docstring examples", function()
  local pumice = require "pumice"
  local environment = setmetatable({
    pumice = pumice,
    check = function(got, expected) assert.same(expected, got) end,
  }, {
    -- `token.words(...)` in an example means pumice.token.
    __index = function(_, name)
      if _G[name] ~= nil then return _G[name] end
      return pumice[name]
    end,
  })

  for _, path in ipairs(lua_files()) do
    for line, code in examples(files.read(path)) do
      it(("%s:%d"):format(path, line), function()
        local chunk = assert(load(to_chunk(code), "=" .. path .. ":" .. line, "t", environment))
        chunk()
      end)
    end
  end
end)
