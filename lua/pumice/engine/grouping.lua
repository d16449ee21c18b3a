--- Grouping: which documents at a barrier have one key, found by sorting the
--- hashes of the keys, on the disk when they are many.
---
--- Two sorts: by hash, where the documents of a group come together; then what
--- follows for each document by its number, as the next pass reads them.
local core = require "pumice.core"

local M = {}

--- Bytes of memory that each sort may take.
local MEMORY = 16 * 1024 * 1024

--- Bytes that a document in a group takes beside its JSON.
local BESIDE = 1024

--- The row of a key: its hash, and how long the JSON of the document is.
local ROW = "<i8i8I4"
local NO_KEY = ROW:pack(0, 0, 0)

--- Returns the row of a document, as Grouping:add takes them.
---@param key string|number|nil
---@param bytes integer  of its JSON
---@return string
function M.row(key, bytes)
  if key == nil then return NO_KEY end
  return core.seen.key(core.pack.pack(key)) .. ("<I4"):pack(bytes)
end

---@class pumice.Grouping
---@field most integer  bytes that a group may take
---@field count integer  documents
local Grouping = {}
Grouping.__index = Grouping

---@param most integer
---@param folder string  for what does not fit in memory
---@return pumice.Grouping
function M.new(most, folder)
  return setmetatable({ most = most, count = 0, folder = folder, refused = {},
    by_key = core.sorter.new(4, MEMORY, folder) }, Grouping)
end

--- Takes the rows of the next documents.
---@param rows string
function Grouping:add(rows)
  local at = 1
  while at <= #rows do
    local high, low, bytes
    high, low, bytes, at = ROW:unpack(rows, at)
    self.count = self.count + 1
    if high ~= 0 or low ~= 0 then self.by_key:add(high, low, self.count, bytes) end
  end
end

--- Notes what follows from a group: the first of it has the others, those are
--- taken (0); of one that is too large each is refused (-1, -2 ...).
local function note(self, members, refusal)
  if refusal then
    for _, number in ipairs(members) do self.by_number:add(number, -refusal) end
  elseif #members > 1 then
    for i = 2, #members do
      self.by_number:add(members[1], members[i])
      self.by_number:add(members[i], 0)
    end
  end
end

--- Finds the groups; after the last document.
function Grouping:finish()
  self.by_number = core.sorter.new(2, MEMORY, self.folder)
  local high, low, members, group
  for h, l, number, bytes in function() return self.by_key:next() end do
    if h ~= high or l ~= low then
      if members then note(self, members, group.refusal) end
      high, low, members, group = h, l, {}, { count = 0, bytes = 0 }
    end
    members[#members + 1] = number
    group.count, group.bytes = group.count + 1, group.bytes + bytes
    if group.count > 1 and group.bytes + group.count * BESIDE > self.most then
      if not group.refusal then
        table.insert(self.refused, group)
        group.refusal = #self.refused
      end
      note(self, members, group.refusal)
      members = {}
    end
  end
  if members then note(self, members, group.refusal) end
  self.by_key:close()
  self.number, self.value = self.by_number:next()
end

---@class pumice.Group.Fate
---@field others? integer[]  numbers of the others of the group, of its first
---@field taken? boolean  it goes with the first of its group
---@field refused? { count: integer, bytes: integer, most: integer }  its group is too large

--- Returns the fates of the documents `from` to `upto`; the first has the index
--- 1. Those that are alone with their key have none. Ask in ascending order.
---@param from integer
---@param upto integer
---@return table<integer, pumice.Group.Fate>
function Grouping:fates(from, upto)
  local fates = {}
  while self.number and self.number <= upto do
    local index, value = self.number - from + 1, self.value
    if index >= 1 then
      if value == 0 then
        fates[index] = { taken = true }
      elseif value < 0 then
        local group = self.refused[-value]
        fates[index] = { refused = { count = group.count, bytes = group.bytes,
          most = self.most } }
      else
        fates[index] = fates[index] or { others = {} }
        table.insert(fates[index].others, value)
      end
    end
    self.number, self.value = self.by_number:next()
  end
  return fates
end

return M
