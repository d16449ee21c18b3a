--- `pumice run ... --try N` and `--explain`: what a recipe does to a few
--- documents, and nothing is written.
local calls = require "pumice.cli.call"
local color = require "pumice.color"
local explain = require "pumice.explain"
local parsers = require "pumice.cli.parser"
local report = require "pumice.report"
local sample = require "pumice.engine.sample"
local session = require "pumice.engine.session"
local source = require "pumice.engine.source"

local M = {}

--- Documents when nobody says how many.
local FEW = 10

---@param parser table
function M.add_options(parser)
  parsers.number(parser, "--try", "write nothing; show what becomes of the first N documents",
    "count")
  parser:flag("--explain", ("the same, step by step (of %d documents unless --try says more)")
    :format(FEW))
  parser:flag("--sample", "with these: N documents from anywhere in the input")
  parsers.number(parser, "--seed", "which sample", "count"):default "1"
end

--- Shows what a run traced, and says what it did on the whole.
---@param call pumice.cli.Call
---@param summary pumice.Summary
---@param steps boolean  step by step
---@return integer status
function M.show(call, summary, steps)
  local paint = color.painter(color.wanted(1))
  io.write(explain.text(summary.trace or {}, { file = call.file, paint = paint, steps = steps }))
  io.stdout:flush()
  if not call.args.quiet then io.stderr:write(report.stages(summary)) end
  return summary.rejected + summary.uncompared > 0 and calls.REJECTS or 0
end

---@param call pumice.cli.Call
---@return integer status
function M.run(call)
  local args = call.args
  local count, blocks = args.try or FEW, nil
  if args.sample then
    blocks = sample.blocks(source.blocks(call.inputs, calls.reading(args)), count, args.seed)
  end
  local done, summary = pcall(session.run, calls.session(call,
    { jobs = 1, limit = count, blocks = blocks, trace = {} }))
  if not done then return calls.explain(call, summary) end
  return M.show(call, summary, args.explain or false)
end

return M
