--- Frames: a long list of plain values on the disk. Workers pack what each
--- document leaves at a barrier into frames; whoever asks reads them back one
--- frame at a time, so that the list takes no memory but for its places.
local core = require "pumice.core"

local pack, unpack_data = core.pack.pack, core.pack.unpack

--- A frame is full with so many values or packed bytes.
local VALUES, BYTES = 64, 64 * 1024

--- Frames that are kept unpacked: neighbours are asked for together.
local KEPT = 16

local M = {}

---@class pumice.Place  of something in a spill
---@field offset integer
---@field size integer
---@field count integer  values in it

---@class pumice.Frames.Writer
local Writer = {}
Writer.__index = Writer

--- Returns a writer of frames.
function M.writer()
  return setmetatable({ frames = {}, values = {}, bytes = 0 }, Writer)
end

--- Adds a value, packed. What does not pack raises, and is not added.
---@param value any
function Writer:add(value)
  local packed = pack(value)
  self.values[#self.values + 1] = packed
  self.bytes = self.bytes + #packed
  if #self.values == VALUES or self.bytes >= BYTES then self:flush() end
end

function Writer:flush()
  if #self.values == 0 then return end
  table.insert(self.frames, { core.spill.compress(pack(self.values)), #self.values })
  self.values, self.bytes = {}, 0
end

--- Returns the frames: {bytes, count of values} each.
---@return table[]
function Writer:close()
  self:flush()
  return self.frames
end

--- Returns the places of frames that lie one after the other, and the offset
--- behind them.
---@param frames { [1]: integer, [2]: integer }[]  size and count of values of each
---@param offset integer  of the first one
---@return pumice.Place[]
---@return integer
function M.places(frames, offset)
  local places = {}
  for i, frame in ipairs(frames) do
    places[i] = { offset = offset, size = frame[1], count = frame[2] }
    offset = offset + frame[1]
  end
  return places, offset
end

--- What a list knows of its frames, by the list: it has no fields of its own.
local known = setmetatable({}, { __mode = "k" })

--- The frame that holds value `n`.
local function frame_of(self, n)
  local low, high = 1, #self.before
  while low < high do
    local middle = (low + high + 1) // 2
    if self.before[middle] < n then low = middle else high = middle - 1 end
  end
  return low
end

local function load_frame(self, i)
  local values = self.cache[i]
  if not values then
    values = unpack_data(self.spill:read(self.offset[i], self.size[i]))
    self.cache[i] = values
    self.order[#self.order + 1] = i
    if #self.order > KEPT then self.cache[table.remove(self.order, 1)] = nil end
  end
  return values
end

local List = {
  __len = function(list) return known[list].count end,
  __index = function(list, n)
    local self = known[list]
    if math.type(n) ~= "integer" or n < 1 or n > self.count then return nil end
    local i = self.last
    if not i or n <= self.before[i] or n > (self.before[i + 1] or self.count) then
      i = frame_of(self, n)
      self.last = i
    end
    return unpack_data(load_frame(self, i)[n - self.before[i]])
  end,
  __newindex = function() error("this list is there to be read", 2) end,
  __pairs = function(list)
    return function(_, n)
      n = (n or 0) + 1
      local value = list[n]
      if value ~= nil then return n, value end
    end, list, nil
  end,
}

--- Returns a list of the values in frames of a spill: `list[i]`, `#list`, ipairs
--- and pairs work; what it gives is a copy each time.
---@param spill any
---@return any[]
function M.list(spill)
  local list = setmetatable({}, List)
  known[list] = { spill = spill, offset = {}, size = {}, before = {}, count = 0, cache = {},
    order = {} }
  return list
end

--- Takes further frames into a list.
---@param list any[]
---@param places pumice.Place[]
function M.extend(list, places)
  local self = known[list]
  for _, place in ipairs(places) do
    local i = #self.before + 1
    self.offset[i], self.size[i], self.before[i] = place.offset, place.size, self.count
    self.count = self.count + place.count
  end
  self.last = nil
end

return M
