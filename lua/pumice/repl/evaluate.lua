--- Compiles, runs and shows what was typed.
local caret = require "pumice.caret"
local inspect = require "pumice.inspect"
local interrupt = require "pumice.interrupt"
local traceback = require "pumice.traceback"

local M = {}

local RESULTS = 9

--- Compiles `text` as an expression, else as statements.
local function compile(text, name)
  local expression = text:gsub("^%s*=", ""):gsub(";%s*$", "")
  local chunk, problem = load("return " .. expression, name, "t")
  if chunk then return chunk end
  local statements, message = load(text, name, "t")
  if statements then return statements end
  return nil, message, problem
end

local function ends_early(message)
  return message and message:find("<eof>$") ~= nil
end

--- Is `text` the beginning of a chunk that goes on?
---@param text string
---@return boolean
function M.is_unfinished(text)
  local chunk, message, as_expression = compile(text, "=input")
  return not chunk and (ends_early(message) or ends_early(as_expression)) or false
end

--- The line of an error with a mark below the thing it names.
local function show_place(message, sources)
  local number, line_number = message:match("^%[(%d+)%]:(%d+):")
  local source = sources[tonumber(number)]
  if not source then return "" end
  local line = caret.line(source, tonumber(line_number))
  local marked = caret.mark(line, message:match("^[^\n]*"))
  if not marked then return source:find("\n") and ("\n    %s"):format(line) or "" end
  return "\n    " .. marked:gsub("\n", "\n    ")
end

local function show_error(message, session)
  io.stdout:flush()
  local first, rest = message:match("^([^\n]*)(.*)$")
  io.stderr:write(first, show_place(message, session.sources), rest, "\n")
end

--- Makes `_` and `_1` the newest result, `_2` the one before, and so on.
local function keep_result(env, value)
  for i = RESULTS, 2, -1 do env["_" .. i] = env["_" .. i - 1] end
  env._, env._1 = value, value
end

local function show(values)
  for i = 1, values.n do io.write(inspect.value(values[i]), "\n") end
end

--- Runs `text` and shows its values, or its error, unless it ends with `;`.
--- Returns whether it went well.
---@param text string
---@param session table
---@return boolean
function M.run(text, session)
  session.sources = session.sources or {}
  table.insert(session.sources, text)
  local chunk, message = compile(text, ("=[%d]"):format(#session.sources))
  if not chunk then
    show_error(message, session)
    return false
  end
  local values = table.pack(interrupt.call(chunk, traceback.handler))
  if not values[1] then
    show_error(values[2], session)
    return false
  end
  values = table.pack(table.unpack(values, 2, values.n))
  if values.n > 0 then keep_result(session.env, values[1]) end
  if values.n > 0 and not text:find(";%s*$") then
    local shown, problem = interrupt.call(show, traceback.handler, values)
    if not shown and (problem:find("^lua/pumice/") or problem == "error in error handling") then
      error(problem, 0) -- not the value is to blame: what we stand on is gone
    elseif not shown then
      show_error(problem, session)
    end
  end
  return true
end

--- Returns a function that says whether `text`, an expression, holds. Raises when
--- it is none.
---@param text string
---@return fun(): any
function M.condition(text)
  return assert(load("return " .. text, "=until", "t"))
end

--- Coroutines that Ctrl-C can stop.
local function watch_coroutines()
  local create, close = coroutine.create, coroutine.close
  local function pass(co, ok, ...)
    if ok then return ... end
    close(co)
    error((...), 0)
  end
  coroutine.resume = interrupt.resume -- luacheck: ignore 122
  coroutine.wrap = function(f) -- luacheck: ignore 122
    local co = create(f)
    return function(...) return pass(co, interrupt.resume(co, ...)) end
  end
end

--- Prepares the globals, and returns them: pumice, its modules by their own
--- names as the documentation writes them, no way to end the program.
---@return table
function M.environment()
  local pumice = require "pumice"
  _G.pumice = pumice
  watch_coroutines()
  os.exit = function() -- luacheck: ignore 122
    error("os.exit would end the session; :quit does", 2)
  end
  return setmetatable(_G, {
    __index = function(_, name) return pumice[name] end,
  })
end

return M
