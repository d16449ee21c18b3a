--- The command line: commands, scripts, and the REPL when there is neither.
---
--- A command is a file lua/pumice/cli/NAME.lua that returns a pumice.Command.
--- It is loaded when it is used, so that the others start no later for it.
local NO_MEMORY = require("pumice.errors").NO_MEMORY
local options = require "pumice.options"

local M = {}

---@class pumice.Command
---@field summary string  one line
---@field parser? fun(words: string[]): table  from pumice.cli.parser; for completion
---@field run fun(words: string[]): integer  returns the exit status

--- The commands and what they are for, in the order in which help lists them.
M.listed = {
  { "run", "run a recipe over documents" },
  { "why", "show what a recipe does to one document, step by step" },
  { "tune", "show what each threshold of a dedup recipe does to documents" },
  { "check", "run the examples of a recipe" },
  { "recipes", "list the bundled recipes" },
  { "show", "show what a recipe does and its options" },
  { "copy", "copy a bundled recipe to a file of your own" },
  { "help", "explain a command, a recipe, a module or a function" },
  { "completion", "write a completion script for a shell" },
  { "doctor", "show versions and features of this machine" },
}

local USAGE = [[
Usage: pumice COMMAND ...
       pumice SCRIPT.lua [ARGUMENT...]
       pumice -e CODE [ARGUMENT...]
       pumice

Cleaning, dedup and extraction over text corpora, in Lua. Without a word it
reads a script from standard input, or answers line by line on a terminal.

Commands:
%s
Options:
  -e CODE        run CODE
  -h, --help     show this; `pumice COMMAND --help` shows more
  -v, --version  show the version

Examples:
  pumice recipes
  pumice show news
  pumice help shingle.jaccard
  pumice -e 'print(#pumice.token.words(arg[1]))' "How many words?"
]]

--- Returns the command `name`, or nil.
---@param name string
---@return pumice.Command?
function M.command(name)
  -- A worker is started by `pumice run`; people have no use for it.
  if name == "worker" then return require "pumice.cli.worker" end
  for _, known in ipairs(M.listed) do
    if known[1] == name then return require("pumice.cli." .. name) end
  end
end

--- Returns what `pumice --help` says.
---@return string
function M.usage()
  local lines = {}
  for i, command in ipairs(M.listed) do
    lines[i] = ("  %-13s  %s\n"):format(command[1], command[2])
  end
  return USAGE:format(table.concat(lines))
end

local function complain(message)
  io.stderr:write("pumice: ", message, "\nTry `pumice --help`.\n")
  return 2
end

--- What to say of a word that is nothing we know.
local function unknown(word)
  local recipes = require("pumice.recipes").names()
  for _, name in ipairs(recipes) do
    if name == word then
      return ("'%s' is a recipe: `pumice show %s`, `pumice run %s INPUT...`")
        :format(word, word, word)
    end
  end
  if word:find("^%-") then
    return options.unknown("option", word, { "-e", "-h", "--help", "-v", "--version" })
  elseif word:find("/") or word:find("%.lua$") then
    return select(2, io.open(word))
  end
  for _, command in ipairs(M.listed) do recipes[#recipes + 1] = command[1] end
  return options.unknown("command", word, recipes)
end

local function is_file(path)
  local file = io.open(path)
  return file ~= nil and file:close()
end

--- Runs a command. A parser leaves it by raising a pumice.cli.Leave; any other
--- error is a bug of ours.
local function run_command(command, words)
  local ok, result = xpcall(command.run, function(raised)
    if type(raised) == "table" and raised.status or raised == NO_MEMORY then return raised end
    return debug.traceback(tostring(raised), 2)
  end, words)
  if ok then return result end
  if result == NO_MEMORY then error(result, 0) end
  if type(result) ~= "table" then result = { status = 70, text = "pumice: " .. result .. "\n" } end
  local stream = result.status == 0 and io.stdout or io.stderr
  stream:write(result.text)
  return result.status
end

--- Runs the program; returns its exit status.
---@param arg string[]  the words of the command line, the program itself at 0
---@return integer
function M.main(arg)
  local word = arg[1]
  local command = word and M.command(word)
  if command then
    return run_command(command, table.move(arg, 2, #arg, 1, {}))
  elseif word == "-h" or word == "--help" then
    io.write(M.usage())
    return 0
  elseif word == "-v" or word == "--version" then
    io.write("pumice ", require("pumice").version, "\n")
    return 0
  elseif word == nil and require("pumice.core").process.terminal(0) then
    return require("pumice.repl").run()
  end
  local script = require "pumice.script"
  if word == nil or word == "-" then
    return script.run(nil, "stdin", arg, 1)
  elseif word == "-e" then
    if not arg[2] then return complain("-e needs code after it") end
    return script.run(arg[2], "-e", arg, 2)
  elseif word == "--" and arg[2] then
    return script.run(nil, arg[2], arg, 2)
  elseif is_file(word) then
    return script.run(nil, word, arg, 1)
  end
  return complain(unknown(word))
end

return M
