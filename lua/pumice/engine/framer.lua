--- A framer: the bytes of a packed file, cut into frames of one size, packed by
--- the workers and written in their order.
local core = require "pumice.core"

local M = {}

--- Fewer bytes of the arena are copied: while they wait, all that came to a
--- worker's slot after them waits too.
local HELD = 64 * 1024

--- Frames for each worker that may be between full and written.
local MOST = 8

---@class pumice.Framer
---@field file any  an output
---@field parts table[]  of the frame to come: {holder, first, last} each
---@field size integer  bytes of it so far
---@field first integer  number of the oldest frame that is not written
---@field last integer  and of the newest
local Framer = {}
Framer.__index = Framer

--- Returns a framer for what is written to a packed output from here on, nil for
--- any other output.
---@param file any
---@param orders pumice.Orders
---@return pumice.Framer?
function M.new(file, orders)
  local packing, full = file:framing()
  if not packing then return nil end
  local self = setmetatable({ file = file, packing = packing, full = full, orders = orders,
    parts = {}, size = 0, first = 1, last = 0 }, Framer)
  assert(self:add(file:take()))
  return self
end

--- A holder is bytes and how many parts of frames, not packed yet, are of them.
local function release(holder)
  holder.users = holder.users - 1
  if holder.users == 0 then core.arena.free(holder.bytes) end
end

--- Writes the frames that are ready.
function Framer:advance()
  while self.first <= self.last and self[self.first].packed do
    local packed = self[self.first].packed
    local ok, message = self.file:append(packed)
    core.arena.free(packed)
    if not ok then return nil, message end
    self[self.first] = nil
    self.first = self.first + 1
  end
  if self.closing and self.first > self.last then return self:finish() end
  return true
end

--- Parts as a worker is told of them.
local function told(parts)
  local list = {}
  for i, part in ipairs(parts) do
    local bytes, first, last = part[1].bytes, part[2], part[3]
    if type(bytes) == "string" then
      list[i] = bytes:sub(first, last)
    else
      local address, size = bytes:place()
      list[i] = { address, size, first, last }
    end
  end
  return list
end

--- Has the frame packed that is full. When a worker is busy for long, the frame
--- it has to pack is packed here, so that not all others wait for it.
function Framer:cut()
  local parts, frame = self.parts, {}
  self.last = self.last + 1
  self[self.last] = frame
  self.parts, self.size = {}, 0
  frame.order = {
    frame = { op = "pack", packing = self.packing, parts = told(parts) },
    bytes = self.full,
    take = function(packed)
      frame.packed = packed
      for _, part in ipairs(parts) do release(part[1]) end
      return self:advance()
    end,
    perform = function()
      local list = {}
      for i, part in ipairs(parts) do list[i] = { part[1].bytes, part[2], part[3] } end
      return core.output.pack(self.packing, list)
    end,
  }
  local ok, message = self.orders:add(frame.order)
  if not ok or self.last - self.first < MOST * self.orders.slots then return ok, message end
  return self.orders:perform(self[self.first].order)
end

--- Adds bytes, all or those from `first` to `last`. A region that is given with
--- `keep` is freed when it is not needed any more, others are copied. Returns nil
--- and a message when the disk fails.
---@param bytes pumice.Bytes
---@param first? integer
---@param last? integer
---@param keep? boolean
---@return boolean? ok
---@return string? message
function Framer:add(bytes, first, last, keep)
  first, last = first or 1, last or #bytes
  if keep and last - first + 1 < HELD or not keep and type(bytes) == "userdata" then
    local copy = bytes:sub(first, last)
    if keep then core.arena.free(bytes) end
    bytes, first, last = copy, 1, #copy
  end
  local holder, ok, message = { bytes = bytes, users = 1 }, true, nil
  while ok and first <= last do
    local stop = math.min(last, first + self.full - self.size - 1)
    holder.users = holder.users + 1
    table.insert(self.parts, { holder, first, stop })
    self.size = self.size + stop - first + 1
    first = stop + 1
    if self.size == self.full then ok, message = self:cut() end
  end
  release(holder)
  return ok, message
end

--- The plain bytes that wait for their frame.
---@return string
function Framer:rest()
  local list = {}
  for i, part in ipairs(self.parts) do list[i] = part[1].bytes:sub(part[2], part[3]) end
  return table.concat(list)
end

--- Gives the file the plain bytes that wait, when all frames are written.
function Framer:drain()
  local ok, message = self.file:write(self:rest())
  for _, part in ipairs(self.parts) do release(part[1]) end
  self.parts, self.size = {}, 0
  return ok, message
end

--- Ends the file, all of whose frames are written.
function Framer:finish()
  self.closing = nil
  local ok, message = self:drain()
  if ok then ok, message = self.file:commit() end
  return ok, message
end

--- Ends the file when all of its frames are written.
function Framer:close()
  self.closing = true
  return self:advance()
end

return M
