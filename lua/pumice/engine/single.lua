--- A single file of an output, which takes its name when it is whole.
local core = require "pumice.core"
local framer = require "pumice.engine.framer"

local output = core.output

local M = {}

---@class pumice.Single
---@field file? any  nil when it has its name
---@field headed boolean  something is in it
---@field part? string  where workers may write to it themselves
---@field framer? pumice.Framer  when they pack it
local Single = {}
Single.__index = Single

--- Fewer bytes are written by the parent: to ask a worker takes as long.
local MOVED = 64 * 1024

--- What errno says of a file that is not there.
local MISSING = 2

--- Opens the file at `path`, or returns nil and a message.
---@param path string  "-": standard output
---@return pumice.Single?, string?
function M.open(path)
  local file, message = output.open(path)
  if not file then return nil, message end
  return setmetatable({ file = file, headed = false }, Single)
end

--- Opens the file of a run that was cut off, as `state` and `tail` of a sync
--- have it. Of a run that was `finished` it may have its name already.
---@param path string
---@param state integer
---@param tail? string
---@param finished boolean
---@return pumice.Single?, string?
function M.go_on(path, state, tail, finished)
  local file, message, code = output.go_on(path, state, tail or "")
  if not file and not (finished and code == MISSING) then return nil, message end
  return setmetatable({ file = file, headed = state > 0 or tail ~= nil }, Single)
end

--- Writes what comes before all else, once.
---@param bytes? string
function Single:head(bytes)
  if self.headed or not self.file or not bytes then return true end
  self.headed = true
  return self:write(bytes)
end

--- Has the workers of a run do what they can.
---@param orders pumice.Orders
function Single:share(orders)
  if not self.file then return end
  self.orders, self.part = orders, self.file:open_to_others()
  self.framer = framer.new(self.file, orders)
end

--- Has the worker that made a region write it.
function Single:move(region)
  local file = self.file
  local offset, message = file:extend(#region)
  if not offset then return nil, message end
  local address, size, slot = region:place()
  return self.orders:add({
    frame = { op = "move", address = address, size = size, part = self.part, offset = offset },
    bytes = 0, -- the slot bounds them
    take = function()
      region:free()
      return true
    end,
    perform = function() return file:fill(offset, region) end,
  }, slot)
end

--- Writes lines. A region is not the caller's any more.
---@param lines pumice.Bytes
function Single:write(lines)
  local in_arena = type(lines) == "userdata"
  if self.framer then return self.framer:add(lines, 1, #lines, in_arena) end
  if self.part and in_arena and #lines >= MOVED then return self:move(lines) end
  local ok, message = self.file:write(lines)
  core.arena.free(lines)
  return ok, message
end

--- Puts all on the disk. Returns where it stands and the bytes that wait for
--- their frame; nil and a message when the disk fails, nothing when there is
--- none to go on from.
function Single:sync()
  if not self.file or not self.file:parted() then return nil end
  local length, pending = self.file:sync()
  return length, length and self.framer and self.framer:rest() or pending
end

--- Ends the file but for its name, when workers have nothing more of it.
function Single:finish()
  if not self.file then return true end
  local ok, message = true, nil
  if self.framer then ok, message = self.framer:drain() end
  self.framer = nil
  if ok then ok, message = self.file:finish() end
  return ok, message
end

--- Gives the file its name.
function Single:commit()
  local file = self.file
  self.file = nil
  if not file then return true end
  return file:commit()
end

--- Whether a write failed because nobody reads it any more.
function Single:is_unread()
  return self.file ~= nil and self.file:unread()
end

function Single:discard()
  if self.file then self.file:discard() end
end

function Single:leave()
  if self.file then self.file:leave() end
end

return M
