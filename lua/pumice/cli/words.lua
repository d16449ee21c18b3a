--- The words that can stand next on a command line, for completion in shells.
--- They come from the parsers of the commands; `:files` stands for file names.
local M = {}

---@class pumice.cli.Word
---@field word string
---@field text? string  a line about it

local FILES = { word = ":files" }

--- What may stand for an argument that has no choices of its own, by its name.
local sources = {}

function sources.recipe(add)
  for _, name in ipairs(require("pumice.recipes").names()) do add(name, "a bundled recipe") end
  add(FILES.word)
end

function sources.name(add)
  local cli = require "pumice.cli"
  for _, command in ipairs(cli.listed) do add(command[1], command[2]) end
  for _, name in ipairs(require("pumice.recipes").names()) do add(name, "a bundled recipe") end
  add("errors", "the codes of errors")
  for _, name in ipairs(require("pumice.docs").names()) do add(name) end
end

function sources.code(add)
  local errors = require "pumice.errors"
  for _, code in ipairs(errors.names()) do add(code, errors.codes[code].means) end
end

local function add_value(element, add)
  if element._choices then
    for _, choice in ipairs(element._choices) do add(choice) end
  else
    (sources[element._name] or function() add(FILES.word) end)(add)
  end
end

--- The options of a parser by each of their names.
local function options_of(parser)
  local options = {}
  for _, option in ipairs(parser._options) do
    for _, alias in ipairs(option._aliases) do options[alias] = option end
  end
  return options
end

--- The argument that the next word is: words that are options or their values
--- do not count. nil when there are enough.
local function next_argument(parser, options, words)
  local place, skip = 1, 0
  for i = 1, #words - 1 do
    local option = options[words[i]]
    if skip > 0 then
      skip = skip - 1
    elseif option then
      skip = option._maxargs
    else
      place = place + 1
    end
  end
  for _, argument in ipairs(parser._arguments) do
    place = place - argument._maxargs
    if place <= 0 then return argument end
  end
end

local function first_line(text)
  return text and text:match("^[^\n]*")
end

local function add_for_command(command, words, add)
  local parser = command.parser(words)
  local options = options_of(parser)
  local before = options[words[#words - 1]]
  if before and before._maxargs > 0 then
    add_value(before, add)
  elseif words[#words]:find("^%-") then
    for _, option in ipairs(parser._options) do
      for _, alias in ipairs(option._aliases) do add(alias, first_line(option._description)) end
    end
  else
    local argument = next_argument(parser, options, words)
    if argument then add_value(argument, add) end
  end
end

--- Returns what the last of `words` may become.
---@param words string[]  after `pumice`; the last one as far as it is typed
---@return pumice.cli.Word[]
function M.candidates(words)
  local cli = require "pumice.cli"
  local candidates, typed = {}, words[#words] or ""
  local function add(word, text)
    if word == FILES.word or word:sub(1, #typed) == typed then
      candidates[#candidates + 1] = { word = word, text = text }
    end
  end
  if #words <= 1 then
    for _, command in ipairs(cli.listed) do add(command[1], command[2]) end
    for _, option in ipairs { "-e", "--help", "--version" } do
      if typed ~= "" then add(option) end
    end
    add(FILES.word)
    return candidates
  end
  local command = cli.command(words[1])
  if command and command.parser then
    add_for_command(command, table.move(words, 2, #words, 1, {}), add)
  else
    add(FILES.word)
  end
  return candidates
end

return M
