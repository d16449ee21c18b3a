--- Moves: what workers put into the arena, they write to the files themselves;
--- the parent only says where it goes. Whatever a worker has not done, or cannot
--- do, the parent does: a move may be done twice, since it puts the same bytes
--- into the same place.
---
--- A worker does its moves in the order they came. A region is freed here and
--- nowhere else, and a worker passes over a move whose region is gone: so it
--- never writes what came into that room later.
local M = {}

---@class pumice.Moves
---@field queues table<integer, { first: integer, last: integer }>  not answered yet, by slot
local Moves = {}
Moves.__index = Moves

--- Returns the moves of a run. `send` gives a frame to the worker of a slot.
---@param send fun(slot: integer, frame: table)
---@return pumice.Moves
function M.new(send)
  return setmetatable({ send = send, queues = {} }, Moves)
end

--- Has a region written behind what a file holds. Returns nil and a message
--- when the disk fails.
---@param region any  which is not the caller's any more
---@param target pumice.Single  one that is movable
---@return boolean? ok
---@return string? message
function Moves:add(region, target)
  local offset, message = target.file:extend(#region)
  if not offset then return nil, message end
  local address, size, slot = region:place()
  local queue = self.queues[slot] or { first = 1, last = 0 }
  self.queues[slot] = queue
  queue.last = queue.last + 1
  queue[queue.last] = { region = region, file = target.file, offset = offset }
  self.send(slot, { op = "move", address = address, size = size, part = target.movable,
    offset = offset })
  return true
end

--- Does a move that no worker has done.
local function perform(move)
  if move.done then return true end
  local ok, message = move.file:fill(move.offset, move.region)
  if not ok then return nil, message end
  move.done = true
  move.region:free()
  return true
end

--- Hears from the worker of a slot whether it has done the oldest of its moves.
---@param slot integer
---@param moved boolean
function Moves:heard(slot, moved)
  local queue = self.queues[slot]
  local move = queue[queue.first]
  queue[queue.first] = nil
  queue.first = queue.first + 1
  if not moved then return perform(move) end
  if not move.done then move.region:free() end
  return true
end

local function perform_all(queue)
  for i = queue.first, queue.last do
    local ok, message = perform(queue[i])
    if not ok then return nil, message end
  end
  return true
end

--- Does what the worker of a slot, which has ended, has left.
---@param slot integer
function Moves:lost(slot)
  local queue = self.queues[slot]
  self.queues[slot] = nil
  if not queue then return true end
  return perform_all(queue)
end

--- Has everything written.
function Moves:settle()
  for _, queue in pairs(self.queues) do
    local ok, message = perform_all(queue)
    if not ok then return nil, message end
  end
  return true
end

return M
