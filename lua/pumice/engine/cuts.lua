--- Cuts: a plain file of lines as places of blocks. Workers look for the ends of
--- lines, one window of the file after the other, some windows ahead of where
--- they are needed; so the parent reads nothing of it.
local core = require "pumice.core"

local pack, unpack_data = core.pack.pack, core.pack.unpack

--- Bytes of a window; of the first, which everybody waits for, fewer.
local WINDOW, FIRST = 8 * 1024 * 1024, 1024 * 1024

local M = {}

---@class pumice.Cuts
---@field line integer  number of the line that is next, and
---@field offset integer  where it begins
---@field windows table[]  those that are not gone through, the one at hand first
local Cuts = {}
Cuts.__index = Cuts

---@class pumice.cuts.Options
---@field path string
---@field size integer  of the file
---@field line integer  where to begin: the number of a line
---@field offset integer  and its first byte
---@field step integer  bytes of a block, about
---@field max_record integer
---@field orders? pumice.Orders

--- Returns the cuts of a file from a line on.
---@param opts pumice.cuts.Options
---@return pumice.Cuts
function M.new(opts)
  local self = setmetatable({ windows = {}, at = 1, ahead = opts.orders and opts.orders.slots or 0,
    ordered = opts.offset }, Cuts)
  for name, value in pairs(opts) do self[name] = value end
  self:order(FIRST)
  self.windows[1].line = self.line
  return self
end

--- Has the next window looked through.
function Cuts:order(bytes)
  local window = { from = self.ordered, upto = math.min((self.ordered // bytes + 1) * bytes,
    math.max(self.size, self.ordered)) }
  local frame = { op = "cut", window = { self.path, window.from, window.upto, self.step,
    math.max(self.max_record, self.step) } }
  window.order = { frame = frame, bytes = 0, optional = true,
    take = function(packed)
      window.cuts = unpack_data(packed)
      return true
    end,
    perform = function() return pack(core.cuts.find(table.unpack(frame.window)) or {}) end }
  self.ordered = window.upto
  table.insert(self.windows, window)
  if self.orders then self.orders:add(window.order) end
end

--- The window at hand; it is looked through here if no worker has been fast
--- enough.
function Cuts:window()
  while #self.windows <= self.ahead and self.ordered < self.size do self:order(WINDOW) end
  local window = self.windows[1]
  if window and not window.cuts then
    if self.orders then
      self.orders:perform(window.order)
    else
      window.order.take(window.order.perform())
    end
  end
  return window
end

--- Goes on to the next window; returns whether there is one.
function Cuts:advance(window)
  if not self.windows[2] and self.ordered >= self.size then return false end
  table.remove(self.windows, 1)
  if not self.windows[1] then self:order(WINDOW) end
  self.windows[1].line, self.at = window.line + window.cuts.lines, 1
  return true
end

--- Returns the line, offset and size of the next block; nil at the end; false
--- where the file cannot be read or a line is too long for a block.
---@return integer|false|nil line
---@return integer? offset
---@return integer? size
function Cuts:next()
  local line, offset = self.line, self.offset
  while true do
    local window = self:window()
    local cuts = window.cuts
    local stop = cuts[self.at]
    if stop then
      self.line, self.at = window.line + cuts[self.at + 1], self.at + 2
      if stop > offset then
        self.offset = stop
        return line, offset, stop - offset
      end
    elseif not cuts.lines or cuts.is_long then
      return false
    elseif not self:advance(window) then
      self.offset = self.size
      if offset >= self.size then return nil end
      return line, offset, self.size - offset
    end
  end
end

return M
