--- The REPL: what is typed is evaluated and its values are shown.
---
--- Only `:quit` and Ctrl-D on an empty line end it. Ctrl-C throws away what was
--- typed, or stops what runs.
local commands = require "pumice.repl.commands"
local complete = require "pumice.repl.complete"
local evaluate = require "pumice.repl.evaluate"
local history = require "pumice.repl.history"
local line = require "pumice.line"
local safety = require "pumice.repl.safety"

-- What must work whatever was typed.
local xpcall, flush, stdout = xpcall, io.stdout.flush, io.stdout
local traceback = debug.traceback

local M = {}

local PROMPT, MORE = "> ", "... "

--- Reads a whole chunk or command: on while Lua says that it is unfinished.
--- Returns nil and "end" or "interrupted" when there is none.
local function read(session)
  local function completer(typed)
    return complete.words(typed, session.env)
  end
  local text, how = line.read(PROMPT, completer)
  while text and not commands.is_command(text) and evaluate.is_unfinished(text) do
    local more
    more, how = line.read(MORE, completer)
    if not more then return nil, "interrupted" end
    text = text .. "\n" .. more
  end
  return text, how
end

--- One turn; returns true when the session is over.
local function turn(session)
  local text, how = read(session)
  if how == "end" then
    return true
  elseif not text then
    session.interrupts = session.interrupts + 1
    if session.interrupts == 2 then io.write("(:quit or Ctrl-D ends pumice)\n") end
    return false
  end
  session.interrupts = 0
  if not text:find("%S") then return false end
  session.history:add(text)
  if commands.is_command(text) then
    return commands.run(text, session)
  end
  evaluate.run(text, session)
  return false
end

--- Runs a session on the terminal; returns the exit status.
---@return integer
function M.run()
  local pumice = require "pumice"
  io.write(("pumice %s on %s. Tab completes, ?name explains, :help shows more.\n")
    :format(pumice.version, _VERSION))
  line.open()
  local session = {
    env = evaluate.environment(),
    history = history.open(line.remember),
    interrupts = 0,
  }
  local keep = safety.snapshot()
  while true do
    local ok, over = xpcall(turn, traceback, session)
    if ok and over then return 0 end
    if not ok then keep.restore(over) end
    flush(stdout)
  end
end

return M
