--- `pumice run RECIPE inputs...`
local blame = require "pumice.blame"
local core = require "pumice.core"
local errors = require "pumice.errors"
local journal = require "pumice.engine.journal"
local parsers = require "pumice.cli.parser"
local progress = require "pumice.progress"
local recipe = require "pumice.recipe"
local report = require "pumice.report"
local session = require "pumice.engine.session"
local source = require "pumice.engine.source"

local M = { summary = "run a recipe over documents" }

--- Exit statuses, as the README lists them.
local REJECTS, CALLER, WORLD, INTERRUPTED = 1, 2, 3, 130

local MAX_RECORD = 64 * 1024 * 1024
local TIMEOUT = 30
local MEMORY = 1024 * 1024 * 1024

--- The name of a recipe's option on the command line.
local function flag_of(name)
  return "--" .. name:gsub("_", "-")
end

local function new_parser(loaded)
  local parser = parsers.new("run", loaded and loaded.summary or M.summary)
    :epilog("Exit status: 0 all well, 1 finished with rejects, 2 wrong call, "
      .. "3 disk or memory failed.")
  parser:argument("recipe", "a bundled recipe (see pumice recipes) or a file")
  parser:argument("inputs", "files, folders, or - for standard input"):args "*"
  parser:option("-o --output", "where the kept documents go, as JSON lines; "
    .. "compressed when it ends in .gz or .zst"):default "-":argname "FILE"
  parser:option("--dropped", "where the dropped documents go, with the reasons"):argname "FILE"
  parser:option("--rejects", "where what could not be processed goes"):argname "FILE"
  parser:option("-j --jobs", "worker processes (default: one for each processor)")
    :convert(math.tointeger):argname "N"
  parser:option("--limit", "read only so many documents"):convert(math.tointeger):argname "N"
  parser:option("--from", "what the inputs hold; by default told by name and content")
    :choices(source.kinds)
  parser:option("--max-record", "longest record, in bytes"):default(tostring(MAX_RECORD))
    :convert(math.tointeger):argname "BYTES"
  parser:option("--timeout", "seconds a document may take"):default(tostring(TIMEOUT))
    :convert(tonumber):argname "SECONDS"
  parser:option("--memory", "bytes of Lua a worker may have"):default(tostring(MEMORY))
    :convert(math.tointeger):argname "BYTES"
  parser:flag("--trust", "run the recipe outside the sandbox: with io, os, require")
  parser:flag("--resume", "go on with a run that was cut off")
  parser:option("--commit-every", "seconds after which what is done is safe"):default "10"
    :convert(tonumber):argname "SECONDS"
  parser:option("--progress", "how far it is: a bar on a terminal, plain lines elsewhere, "
    .. "JSON lines; SIGUSR1 asks for one line"):choices(progress.modes):default "auto"
  parser:option("--progress-every", "seconds between such lines")
    :default(tostring(progress.seconds)):convert(tonumber):argname "SECONDS"
  parser:flag("-q --quiet", "no progress and no stage table")
  local names = {}
  for name in pairs(loaded and loaded.options or {}) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    local option = loaded.options[name]
    parser:option(flag_of(name), ("%s (default: %s)"):format(option[2], tostring(option[1])))
      :target("recipe_" .. name):argname "VALUE"
  end
  return parser
end

--- The parser for what was typed so far: with the recipe's options, if it names one.
---@param words string[]
function M.parser(words)
  local file = words[1] and recipe.find(words[1])
  local ok, loaded = pcall(recipe.load, file)
  return new_parser(ok and loaded or nil)
end

local function usage(message)
  io.stderr:write("pumice run: ", message, "\n")
  return CALLER
end

--- What a run raises, in words; and the exit status that goes with it.
local function explain(raised)
  if type(raised) ~= "table" then return tostring(raised), CALLER end
  local status = ({ interrupted = INTERRUPTED, caller = CALLER })[raised.code] or WORLD
  return raised.reason or raised.code, status
end

local function recipe_options(args)
  local given = {}
  for name, value in pairs(args) do
    local option = name:match("^recipe_(.+)$")
    if option then given[option] = value end
  end
  return given
end

--- The words that gave the recipe its options, for a command that does the same.
local function option_words(args)
  local words = {}
  for name, value in pairs(recipe_options(args)) do
    words[#words + 1] = ("%s=%s"):format(flag_of(name), tostring(value))
  end
  table.sort(words)
  return words
end

--- Runs the command; returns the exit status.
---@param arg string[]
---@return integer
function M.run(arg)
  local name = arg[1]
  if not name or name:find("^%-") then
    new_parser():parse(arg) -- --help, or the usage
    return CALLER
  end
  local file, message = recipe.find(name)
  if not file then return usage(message) end
  -- The recipe says which options there are, so it is loaded before they are.
  local trust = false
  for _, word in ipairs(arg) do trust = trust or word == "--trust" end
  local ok, loaded = pcall(recipe.load, file, trust)
  if not ok then return usage(loaded) end
  local args = new_parser(loaded):parse(arg)
  if #args.inputs == 0 then
    return usage("no input: name files or folders, or - for standard input")
  end
  for _, option in ipairs { "jobs", "limit", "max_record" } do
    if args[option] and args[option] < (option == "limit" and 0 or 1) then
      return usage(("--%s is at least 1, not %d"):format(option:gsub("_", "-"), args[option]))
    end
  end
  journal.seconds, progress.seconds = args.commit_every, args.progress_every
  local list, skipped = source.list(args.inputs, args.from)
  if not list then return usage(skipped) end
  local done, summary = pcall(session.run, {
    file = file, recipe = loaded, options = recipe_options(args), inputs = list,
    paths = { kept = args.output, dropped = args.dropped, rejected = args.rejects },
    jobs = args.jobs or core.process.processors(), limit = args.limit,
    max_record = args.max_record, timeout = args.timeout, resume = args.resume or false,
    progress = progress.new(args.progress, args.quiet),
    trust = args.trust or false, memory = args.memory,
  })
  if not done then
    local reason, status = explain(summary)
    io.stderr:write("pumice run: ", reason, "\n")
    if errors.codes[summary.code] and status == WORLD then
      io.stderr:write("more: pumice help errors ", summary.code, "\n")
    end
    if summary.resumable then
      io.stderr:write("what is done is kept: the same command with --resume goes on\n")
    end
    return status
  end
  if not args.quiet then
    if skipped > 0 then
      io.stderr:write(("passed over %d files in folders: of no kind we read\n")
        :format(skipped))
    end
    io.stderr:write(report.stages(summary))
  end
  io.stderr:write(blame.all(summary.problems, { file = file, recipe = name,
    words = option_words(args), rejects = args.rejects }))
  return summary.rejected > 0 and REJECTS or 0
end

return M
