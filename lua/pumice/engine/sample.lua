--- A sample of the input: documents drawn at random, in their order.
local block = require "pumice.engine.block"

local M = {}

--- Calls `take` for each item of a block with a function that gives a block of
--- it alone. Of files only the names count.
local function each_item(this, take)
  if this.kind == "files" then
    for _, path in ipairs(this.files) do
      take(function() return block.alone(this, { file = path }) end)
    end
    return
  end
  for item in block.items(this, {}) do
    if not item.passed then
      take(function() return block.alone(this, item) end)
    end
  end
end

--- Returns an iterator over blocks of one item each: `count` items of
--- `next_block`, each set of them as likely as any other. Reads all of the input;
--- the same seed gives the same sample.
---
--- Source: Vitter 1985, "Random sampling with a reservoir", algorithm R.
---@param next_block fun(): table?
---@param count integer
---@param seed integer
---@return fun(): table?
function M.blocks(next_block, count, seed)
  math.randomseed(seed, 0)
  local chosen, seen = {}, 0
  for this in next_block do
    each_item(this, function(alone)
      seen = seen + 1
      local place = seen <= count and seen or math.random(seen)
      if place <= count then chosen[place] = { number = seen, block = alone() } end
    end)
  end
  table.sort(chosen, function(a, b) return a.number < b.number end)
  local i = 0
  return function()
    i = i + 1
    return chosen[i] and chosen[i].block
  end
end

return M
