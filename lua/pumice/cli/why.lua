--- `pumice why ID RECIPE inputs...`: what a recipe does to one document.
local block = require "pumice.engine.block"
local calls = require "pumice.cli.call"
local plan = require "pumice.engine.plan"
local recipe = require "pumice.recipe"
local session = require "pumice.engine.session"
local source = require "pumice.engine.source"
local try = require "pumice.cli.try"
local stage = require "pumice.stage"

local M = { summary = "show what a recipe does to one document, step by step" }

local function new_parser(loaded)
  local parser = calls.parser("why", M.summary, loaded, function(parser)
    parser:argument("id", "the document: its id, or FILE:LINE")
  end)
  parser:flag("-q --quiet", "no stage table")
  return parser
end

--- The parser for what was typed so far: with the recipe's options, if it names one.
---@param words string[]
function M.parser(words)
  return new_parser(calls.recipe_of(words[2]))
end

--- Finds the first document that is called `id`. Returns it, and a block of it.
---@return pumice.Item?
---@return table?
local function find(call, id)
  for this in source.blocks(call.inputs, calls.reading(call.args)) do
    for item in block.items(this, {}) do
      local its_id = item.doc and item.doc.id
      local is_meant = not item.passed
        and (its_id ~= nil and tostring(its_id) == id or stage.place(item) == id)
      if is_meant then return item, block.alone(this, item) end
    end
  end
end

local function once(this)
  return function()
    local it = this
    this = nil
    return it
  end
end

--- Runs the command; returns the exit status.
---@param words string[]
---@return integer
function M.run(words)
  local call = calls.read("why", words, 2, new_parser)
  local id = call.args.id
  local ok, segments = pcall(function()
    recipe.grant(call.recipe, call.options)
    return plan.segments(call.recipe.stages(recipe.settings(call.recipe, call.options)))
  end)
  if not ok then return calls.explain(call, segments) end
  for _, entry in ipairs(call.inputs) do
    if entry.ours and not entry.size then
      return calls.explain(call, { code = "caller",
        reason = "standard input cannot be read twice; name a file" })
    end
  end
  local item, alone = find(call, id)
  if not item then
    return calls.explain(call, { code = "caller",
      reason = ("no document has the id '%s', nor stands there"):format(id) })
  end
  -- At a barrier documents meet: what becomes of one depends on all of them.
  local is_alone = #segments == 1
  local done, summary = pcall(session.run, calls.session(call,
    { blocks = is_alone and once(alone) or nil, jobs = is_alone and 1 or nil,
      trace = { file = item.file, offset = item.offset } }))
  if not done then return calls.explain(call, summary) end
  return try.show(call, summary, true)
end

return M
