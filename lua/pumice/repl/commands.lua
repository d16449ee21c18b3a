--- The commands of the REPL: `:name argument`, `?name`, `??word`, `name?`.
local docs = require "pumice.docs"
local evaluate = require "pumice.repl.evaluate"
local interrupt = require "pumice.interrupt"
local options = require "pumice.options"
local traceback = require "pumice.traceback"

local M = {}

--- name -> { usage, help, run(argument, session) }; `run` returns true to end it.
local commands = {}

--- The order in which :help shows them.
M.names = {}

local function define(name, usage, help, run)
  commands[name] = { usage = usage, help = help, run = run }
  table.insert(M.names, name)
end

local HELP = [[
EXPRESSION or STATEMENTS   evaluated; a value is shown unless the line ends with ;
_  _1 ... _9               the last values, newest first
?NAME  ??WORD              explains a function or module; searches
Tab  Ctrl-R  Ctrl-C        complete; search the history; throw away or stop
]]

define("help", ":help", "show this", function()
  io.write(HELP)
  for _, name in ipairs(M.names) do
    io.write(("%-26s %s\n"):format(commands[name].usage, commands[name].help))
  end
end)

define("time", ":time EXPRESSION", "run it and show how long it took", function(argument, session)
  local clock = require("pumice.core").process.clock
  local start = clock()
  local ok = evaluate.run(argument, session)
  if ok then io.write(("%.6f s\n"):format(clock() - start)) end
end)

define("open", ":open FILE...", "read documents from files and folders; `doc` is the first",
  function(argument, session)
    session.corpus = require("pumice.repl.corpus").open(argument) -- loads the engine
    session.corpus:next(session.env)
  end)

local function opened(session)
  return session.corpus or error("nothing is open: `:open FILE`", 0)
end

define("next", ":next", "`doc` is the document after it", function(_, session)
  opened(session):next(session.env)
end)

define("skip", ":skip N", "pass over N documents; `:skip until EXPRESSION` looks for one",
  function(argument, session)
    local condition = argument:match("^until%s+(.*)$")
    if condition then
      opened(session):look_for(evaluate.condition(condition), session.env)
    else
      opened(session):skip(math.tointeger(argument) or 1, session.env)
    end
  end)

define("run", ":run RECIPE [N]", "run a recipe on the next N documents (default 1) and show "
  .. "what changed", function(argument, session)
  local name, count = argument:match("^(%S+)%s*(%d*)$")
  if not name then error("a recipe by name or file: `:run clean_text 5`", 0) end
  opened(session):run(name, math.tointeger(count) or 1, session.env)
end)

define("quit", ":quit", "end the session, as Ctrl-D on an empty line does", function()
  return true
end)

local function explain(name)
  local text, message = docs.text(name)
  io.write(text or message, "\n")
end

local function search(word)
  local found = docs.search(word)
  io.write(found ~= "" and found or ("nothing about '%s'"):format(word), "\n")
end

--- The question in `?name`, `??word` and `name?`: two marks search.
local function question(text)
  local marks, name = text:match("^%s*(%?%??)%s*([%w_.:]*)%s*$")
  if not marks then name, marks = text:match("^%s*([%a_][%w_.:]*)(%?%??)%s*$") end
  return marks, name
end

--- Is `text` one of ours, and no Lua?
---@param text string
---@return boolean
function M.is_command(text)
  return text:find("^%s*:%s*%a") ~= nil and not text:find("^%s*::") or question(text) ~= nil
end

--- Runs a command; returns true when it ends the session.
---@param text string
---@param session table
---@return boolean?
function M.run(text, session)
  local marks, about = question(text)
  if marks == "??" then return search(about) end
  if marks and about == "" then return commands.help.run() end
  if marks then return explain(about) end
  local name, argument = text:match("^%s*:%s*(%a+)%s*(.-)%s*$")
  local command = commands[name]
  if not command then
    io.write(options.unknown("command", name, table.move(M.names, 1, #M.names, 1, {})), "\n")
    return false
  end
  local ok, over = interrupt.call(command.run, traceback.handler, argument, session)
  if not ok then io.write(over, "\n") end
  return ok and over
end

return M
