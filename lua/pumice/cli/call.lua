--- A call of a command that runs a recipe: the recipe, its options, the inputs,
--- and what workers may take.
local blame = require "pumice.blame"
local core = require "pumice.core"
local encoding = require "pumice.engine.encoding"
local errors = require "pumice.errors"
local parsers = require "pumice.cli.parser"
local recipe = require "pumice.recipe"
local source = require "pumice.engine.source"

local M = {}

--- Exit statuses, as the README lists them.
M.REJECTS, M.CALLER, M.WORLD, M.INTERRUPTED = 1, 2, 3, 130

local MAX_RECORD = "64MiB"
local TIMEOUT = "30"
local MEMORY = "1GiB"

---@class pumice.cli.Call
---@field command string
---@field args table  what the parser gives
---@field name string  of the recipe, as it was typed
---@field file { source: string, name: string }
---@field recipe pumice.Recipe
---@field options table<string, any>  of the recipe
---@field words string[]  the same as words of the command line
---@field inputs table[]  see pumice.engine.source
---@field skipped integer  files in folders that were passed over

--- What the commands that run a recipe call their own options.
local OURS = {}
for name in ([[help jobs from max-record max-window invalid strict timeout memory trust output to
  fields shard-size shard-docs max-files dropped rejects manifest limit resume commit-every
  progress progress-every quiet try explain sample seed]]):gmatch "%S+" do
  OURS[name] = true
end

--- Returns what an option of a recipe is called on the command line: `--min-words`;
--- where a command has that name itself, `--recipe-limit`.
---@param name string
---@return string
function M.flag_of(name)
  local word = name:gsub("_", "-")
  return (OURS[word] and "--recipe-" or "--") .. word
end

--- Returns a parser for `command` with the recipe and the inputs after the
--- arguments that `add_first` adds.
---@param command string
---@param summary string
---@param loaded? pumice.Recipe
---@param add_first? fun(parser: table)
function M.parser(command, summary, loaded, add_first)
  local parser = parsers.new(command, loaded and loaded.summary or summary)
  if add_first then add_first(parser) end
  parser:argument("recipe", "a bundled recipe (see pumice recipes) or a file")
  parser:argument("inputs", "files, folders, or - for standard input"):args "*"
  parsers.number(parser, "-j --jobs", "worker processes (default: one for each processor)",
    "count")
  parser:option("--from", "what the inputs hold; by default told by name and content")
    :choices(source.kinds)
  parsers.number(parser, "--max-record", "longest record, its line end included", "size")
    :default(MAX_RECORD)
  parsers.number(parser, "--max-window", "longest window of zstd, as 2GiB: for files packed with "
    .. "--long (default: 128MiB)", "size")
  parser:option("--invalid", "bytes that are not UTF-8: reject the document, unless a stage "
    .. "repairs it; replace them by U+FFFD; or decode them as the charset they make sense in")
    :choices(encoding.policies):default "reject"
  parser:flag("--strict", "reject JSON in which a key comes twice; else its last value counts, "
    .. "and how many documents have one is told")
  parsers.number(parser, "--timeout", "seconds a document may take", "seconds"):default(TIMEOUT)
  parsers.number(parser, "--memory", "memory of Lua a worker may have", "size"):default(MEMORY)
  parser:flag("--trust", "run the recipe outside the sandbox: with io, os, require")
  local names = {}
  for name in pairs(loaded and loaded.options or {}) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    local option = loaded.options[name]
    parser:option(M.flag_of(name), ("%s (default: %s)"):format(option[2], tostring(option[1])))
      :target("recipe_" .. name):argname "VALUE"
  end
  return parser
end

--- Returns the recipe that `name` names, nil when there is none that loads.
---@param name? string
---@return pumice.Recipe?
function M.recipe_of(name)
  local file = name and recipe.find(name)
  local ok, loaded = pcall(recipe.load, file)
  return ok and loaded or nil
end

--- Leaves a command because of a mistake in the call.
---@param command string
---@param message string
function M.fail(command, message)
  error({ status = M.CALLER, text = ("pumice %s: %s\n"):format(command, message) }, 0)
end

--- The least and the largest values of options. Of workers, each has two of the
--- arena's slots.
local RANGES = {
  { "jobs", 1, 512 }, { "limit", 0 }, { "max_record", 1 }, { "max_window", 1 },
  { "timeout", 0.001, 1000000000 }, { "memory", 1 << 20 }, { "try", 1 }, { "shard_size", 1 },
  { "shard_docs", 1 }, { "max_files", 1 }, { "commit_every", 0 }, { "progress_every", 0.01 },
}

--- Raises unless numbers are in their range.
local function check_numbers(command, args)
  for _, row in ipairs(RANGES) do
    local option, least, most = table.unpack(row)
    local value = args[option]
    local bound = value and (value < least and ("at least %s"):format(least)
      or most and value > most and ("at most %s"):format(most))
    if bound then
      M.fail(command, ("--%s is %s, not %s"):format(option:gsub("_", "-"), bound, value))
    end
  end
end

--- Leaves a command whose recipe, which is word `at`, comes after the option at `i`:
--- because that is no option, because help was asked for, or because of the order.
local function misplaced(command, words, i, at, parser)
  local there = { words[i], words[i + 1] }
  for _ = 1, at do table.insert(there, 1, "word") end
  for _, word in ipairs(words) do
    if word == "-h" or word == "--help" then there = { word } end
  end
  parser:parse(there)
  M.fail(command, ("the recipe comes before %s and other options"):format(words[i]))
end

--- Reads the words of a call. Raises a pumice.cli.Leave at a mistake.
---@param command string
---@param words string[]
---@param at integer  which of them is the recipe
---@param new_parser fun(loaded?: pumice.Recipe): table
---@return pumice.cli.Call
function M.read(command, words, at, new_parser)
  local name = words[at]
  for i = 1, at do
    if not words[i] then new_parser():parse(words) end -- says what is missing
    if words[i]:find "^%-." then misplaced(command, words, i, at, new_parser()) end
  end
  local file, message = recipe.find(name)
  if not file then M.fail(command, message) end
  -- The recipe says which options there are, so it is loaded before they are.
  local trust = false
  for _, word in ipairs(words) do trust = trust or word == "--trust" end
  local ok, loaded = pcall(recipe.load, file, trust)
  if not ok then M.fail(command, blame.unloaded(file, tostring(loaded))) end
  local args = new_parser(loaded):parse(words)
  if #args.inputs == 0 then
    M.fail(command, "no input: name files or folders, or - for standard input")
  end
  check_numbers(command, args)
  local inputs, skipped = source.list(args.inputs, args.from)
  if not inputs then M.fail(command, skipped) end
  local call = { command = command, args = args, name = name, file = file, recipe = loaded,
    options = {}, words = {}, inputs = inputs, skipped = skipped }
  for target, value in pairs(args) do
    local option = target:match("^recipe_(.+)$")
    if option then
      call.options[option] = value
      table.insert(call.words, ("%s=%s"):format(M.flag_of(option), value))
    end
  end
  table.sort(call.words)
  return call
end

--- Returns how the arguments say that documents are to be read.
---@param args table
---@return pumice.source.Reading
function M.reading(args)
  return { max_record = args.max_record, max_window = args.max_window, invalid = args.invalid,
    strict = args.strict or false }
end

--- Returns what session.run needs to know of a call, with what `more` says.
---@param call pumice.cli.Call
---@param more table
---@return pumice.Session
function M.session(call, more)
  local args = call.args
  local session = { file = call.file, recipe = call.recipe, options = call.options,
    inputs = call.inputs, layouts = {}, jobs = args.jobs or core.process.processors(),
    reading = M.reading(args), timeout = args.timeout, trust = args.trust or false,
    memory = args.memory, resume = false }
  for name, value in pairs(more) do session[name] = value end
  return session
end

--- Says what session.run raised; returns the exit status that goes with it. Who
--- reads our output no more (`| head`) wants no more of it, and that is no news.
---@param call pumice.cli.Call
---@param raised any
---@return integer
function M.explain(call, raised)
  if type(raised) ~= "table" then
    raised = { code = raised == errors.NO_MEMORY and "no-memory" or "caller",
      reason = tostring(raised) }
  end
  if raised.unread then core.process.die_unread() end
  local status = ({ interrupted = M.INTERRUPTED, caller = M.CALLER })[raised.code] or M.WORLD
  io.stderr:write(("pumice %s: %s\n"):format(call.command, raised.reason or raised.code))
  if errors.codes[raised.code] and status == M.WORLD then
    io.stderr:write("more: pumice help errors ", raised.code, "\n")
  end
  if raised.resumable then
    io.stderr:write("what is done is kept: the same command with --resume goes on\n")
  elseif raised.code == "interrupted" and call.args.output ~= "-" then
    io.stderr:write("nothing was noted yet, and nothing is left: run it again without --resume\n")
  end
  return status
end

return M
