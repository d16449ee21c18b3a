--- The columns of an output of rows when nobody has named them: all fields that
--- any of the documents has, in the order in which they first come.
---
--- They are known when the last document is, so a fold at the end of the recipe
--- finds them, and the documents wait for it as they do at any other barrier.
local barrier = require "pumice.barrier"
local form = require "pumice.engine.form"

local M = {}

--- More columns than this are no table that anybody reads.
local MOST = 1000

local function start()
  return { names = {}, known = {} }
end

local function take(state, names)
  for _, name in ipairs(names) do
    if not state.known[name] then
      state.known[name] = true
      state.names[#state.names + 1] = name
    end
  end
  return state
end

local function merge(a, b)
  take(a, b.names)
  if #a.names > MOST then
    error({ code = "caller", reason = ("the documents have more than %d fields; "
      .. "--fields names those to write"):format(MOST) }, 0)
  end
  return a
end

--- Returns the stages with the fold behind them, and the fold, if `layout` needs
--- one; else the stages as they are.
---@param stages table[]
---@param layout? pumice.Layout  of what is kept
---@return table[]
---@return pumice.Fold?
function M.found_by(stages, layout)
  if not layout or not layout.delimiter or layout.fields then return stages end
  local fold = barrier.fold {
    name = "columns",
    start = start,
    add = function(state, doc) take(state, form.fields(doc)) end,
    merge = merge,
    finish = function(state) return state.names end,
    each = function(doc) return doc end,
  }
  fold.is_ours = true
  local longer = table.move(stages, 1, #stages, 1, {})
  longer[#longer + 1] = fold
  return longer, fold
end

return M
