--- What a pool of workers does, without processes: for a few documents in the
--- process at hand.
local core = require "pumice.core"
local keeper = require "pumice.engine.keeper"

local unpack_data = core.pack.unpack

local M = {}

---@class pumice.Inline
local Inline = {}
Inline.__index = Inline

---@param tasks table  pumice.engine.task
function M.new(tasks)
  return setmetatable({ tasks = tasks }, Inline)
end

function Inline:set_result(segment, result)
  self.tasks:set_result(segment, unpack_data(result))
end

function Inline:keeper()
  return keeper.new(self.tasks.segments, self.tasks.spills)
end

function Inline:each(segment, next_block, collect, done, tick)
  for block in next_block do
    self.tasks:run({ segment = segment, block = block, first = 1 }, collect)
    done(block)
    tick()
  end
end

function Inline.close() end

return M
