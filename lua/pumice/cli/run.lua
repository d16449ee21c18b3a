--- `pumice run RECIPE inputs...`
local blame = require "pumice.blame"
local calls = require "pumice.cli.call"
local outputs = require "pumice.cli.outputs"
local journal = require "pumice.engine.journal"
local parsers = require "pumice.cli.parser"
local progress = require "pumice.progress"
local report = require "pumice.report"
local session = require "pumice.engine.session"
local try = require "pumice.cli.try"

local M = { summary = "run a recipe over documents" }

local function new_parser(loaded)
  local parser = calls.parser("run", M.summary, loaded)
    :epilog(outputs.HELP .. "Exit status: 0 all well, 1 finished with rejects, 2 wrong call, "
      .. "3 disk or memory failed, 130 interrupted.")
  outputs.add_options(parser)
  parsers.number(parser, "--limit", "read only so many documents", "count")
  parser:flag("--resume", "go on with a run that was cut off")
  parsers.number(parser, "--commit-every", "seconds after which what is done is safe", "seconds")
    :default "10"
  parser:option("--progress", "how far it is: a bar on a terminal, plain lines elsewhere, "
    .. "JSON lines; SIGUSR1 asks for one line"):choices(progress.modes):default "auto"
  parsers.number(parser, "--progress-every", "seconds between such lines", "seconds")
    :default(tostring(progress.seconds))
  parser:flag("-q --quiet", "no progress and no stage table")
  try.add_options(parser)
  return parser
end

--- The parser for what was typed so far: with the recipe's options, if it names one.
---@param words string[]
function M.parser(words)
  return new_parser(calls.recipe_of(words[1]))
end

--- Runs the command; returns the exit status.
---@param words string[]
---@return integer
function M.run(words)
  local call = calls.read("run", words, 1, new_parser)
  local args = call.args
  if args.try or args.explain then return try.run(call) end
  if args.sample then calls.fail("run", "--sample goes with --try or --explain, which show a few "
    .. "documents and write nothing") end
  local layouts, message = outputs.layouts(args)
  message = message or outputs.clash(args, layouts, call.inputs)
  if message then calls.fail("run", message) end
  journal.seconds, progress.seconds = args.commit_every, args.progress_every
  local done, summary = pcall(session.run, calls.session(call, {
    layouts = layouts, max_files = args.max_files, manifest = args.manifest,
    limit = args.limit, resume = args.resume or false,
    progress = progress.new(args.progress, args.quiet),
  }))
  if not done then return calls.explain(call, summary) end
  if not args.quiet then
    if call.skipped > 0 then
      io.stderr:write(("passed over %d files in folders: of no kind we read\n")
        :format(call.skipped))
    end
    io.stderr:write(report.stages(summary))
  end
  io.stderr:write(blame.all(summary.problems, { file = call.file, recipe = call.name,
    words = call.words, rejects = args.rejects }))
  return summary.rejected + summary.uncompared > 0 and calls.REJECTS or 0
end

return M
