--- Orders: what workers do for the parent between their tasks, so that it need
--- not touch the bytes of a run: they write what they put into the arena, pack
--- it, and look where the input can be cut.
---
--- | op     | what the worker does                       | its answer, {done = ...}   |
--- |--------|--------------------------------------------|----------------------------|
--- | "move" | writes a region to a file                  | true                       |
--- | "pack" | makes a gzip member or zstd frame of bytes | the frame                  |
--- | "cut"  | looks for the ends of lines in a file      | see pumice.engine.cuts     |
---
--- Whatever a worker has not done or cannot do, the parent does. Then an order
--- may be done twice: a move puts the same bytes into the same place, a frame
--- that nobody waits for is dropped. A worker does its orders in the sequence
--- they came. A region is freed by the parent alone, and an order for one that
--- is gone is passed over: so nobody writes what came into that room later.
local core = require "pumice.core"

local M = {}

--- Bytes of orders that may wait for each worker before the parent does them.
local WAITING = 16 * 1024 * 1024

---@class pumice.Order
---@field frame table  what the worker is told
---@field bytes integer  that stay in memory until it is done
---@field optional? boolean  who needs the result has it done
---@field take fun(result: any): boolean?, string?  what the worker gave
---@field perform fun(): any, string?  the same as the worker does; nil and a message

---@class pumice.Orders
---@field queues table<integer, { first: integer, last: integer }>  not answered yet, by slot
local Orders = {}
Orders.__index = Orders

--- Returns the orders of a run. `send` gives a frame to the worker of a slot.
---@param slots integer  of workers; the parent has as many behind them
---@param send fun(slot: integer, frame: table)
---@param arena? any
---@return pumice.Orders
function M.new(slots, send, arena)
  local self = setmetatable({ slots = slots, send = send, arena = arena, queues = {}, bytes = 0,
    turn = 0 }, Orders)
  for slot = 0, slots - 1 do self.queues[slot] = { first = 1, last = 0 } end
  return self
end

function Orders:finish(order, result)
  order.done = true
  self.bytes = self.bytes - order.bytes
  return order.take(result)
end

--- Does an order here, unless it is done.
function Orders:perform(order)
  if order.done then return true end
  local result, message = order.perform()
  if not result then return nil, message end
  return self:finish(order, result)
end

function Orders:perform_all(queue)
  for i = queue.first, queue.last do
    local ok, message = true, nil
    if not queue[i].optional then ok, message = self:perform(queue[i]) end
    if not ok then return nil, message end
  end
  return true
end

--- The slot with the fewest orders; of several, each in its turn.
function Orders:least()
  local best, fewest
  for i = 1, self.slots do
    local slot = (self.turn + i) % self.slots
    local count = self.queues[slot].last - self.queues[slot].first
    if not best or count < fewest then best, fewest = slot, count end
  end
  self.turn = best
  return best
end

--- Has an order done some time, by the worker of a slot or by any. Returns nil
--- and a message when the disk fails.
---@param order pumice.Order
---@param slot? integer
---@return boolean? ok
---@return string? message
function Orders:add(order, slot)
  slot = slot or self:least()
  local queue = self.queues[slot]
  queue.last = queue.last + 1
  queue[queue.last] = order
  self.bytes = self.bytes + order.bytes
  self.send(slot, order.frame)
  if self.bytes <= WAITING * self.slots then return true end
  return self:settle() -- a worker has been busy for long
end

--- Hears from the worker of a slot what came of the oldest of its orders.
---@param slot integer
---@param result any  false when it was not done
function Orders:heard(slot, result)
  local queue = self.queues[slot]
  local order = queue[queue.first]
  queue[queue.first] = nil
  queue.first = queue.first + 1
  if not result then return self:perform(order) end
  if not order.done then return self:finish(order, result) end
  core.arena.free(result)
  return true
end

--- Does what the worker of a slot, which has ended, has left.
---@param slot integer
function Orders:lost(slot)
  local queue = self.queues[slot]
  self.queues[slot] = { first = 1, last = 0 }
  return self:perform_all(queue)
end

--- Has everything done.
function Orders:settle()
  for slot = 0, self.slots - 1 do
    local ok, message = self:perform_all(self.queues[slot])
    if not ok then return nil, message end
  end
  return true
end

--- What a worker does.
local ops = {}

function ops.move(frame, arena)
  local region = arena:region(frame.address, frame.size)
  return region and core.output.place(frame.part, frame.offset, region) or false
end

function ops.pack(frame, arena, put)
  local parts = {}
  for i, part in ipairs(frame.parts) do
    if type(part) == "string" then
      parts[i] = { part, 1, #part }
    else
      local region = arena:region(part[1], part[2])
      if not region then return false end
      parts[i] = { region, part[3], part[4] }
    end
  end
  return put({ core.output.pack(frame.packing, parts) }, "")
end

function ops.cut(frame)
  local cuts = core.cuts.find(table.unpack(frame.window))
  return cuts and core.pack.pack(cuts) or false
end

--- Whether a frame is an order.
---@param frame table
function M.is(frame)
  return ops[frame.op] ~= nil
end

--- Does an order in a worker; returns false when it cannot.
---@param frame table
---@param arena any
---@param put fun(list: string[], ending: string): pumice.Bytes
function M.obey(frame, arena, put)
  local ok, result = pcall(ops[frame.op], frame, arena, put)
  return ok and result
end

return M
