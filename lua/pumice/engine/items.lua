--- All items of inputs, one after the other.
local block = require "pumice.engine.block"
local source = require "pumice.engine.source"

local M = {}

--- Returns an iterator over the documents of inputs, and what stands there that is
--- none: a function, since a loop may end and go on.
---@param list table[]  from `source.list`
---@param settings table  as `source.blocks` takes them
---@return fun(): pumice.Item?
function M.of(list, settings)
  local next_block, items = source.blocks(list, settings), nil
  return function()
    while true do
      local item = items and items()
      if item then return item end
      local this = next_block and next_block()
      if not this then
        next_block, items = nil, nil
        return nil
      end
      items = block.items(this, {})
    end
  end
end

return M
