--- A store: the documents that wait at a barrier, in a spill, numbered from 1
--- in the order of the input.
local core = require "pumice.core"

--- Pairs of documents in a block; pairs that are fetched at a time.
local BLOCK_PAIRS, FETCHED = 64, 1024

--- Bytes of the spill that a block has, about.
local BLOCK_BYTES = 64 * 1024

local M = {}

---@class pumice.Store
---@field spill any
---@field number integer  of the spill, as workers know it
---@field count integer  documents
---@field offset integer[]  of each chunk in the spill,
---@field size integer[]  its bytes there,
---@field before integer[]  and the documents before it
local Store = {}
Store.__index = Store

local function new(number, spill, message)
  if not spill then
    error({ code = "spill", reason = ("cannot keep documents in %s; "
      .. "set TMPDIR to a folder with room"):format(message) }, 0)
  end
  return setmetatable({ spill = spill, number = number, count = 0, offset = {}, size = {},
    before = {} }, Store)
end

--- The folder for files without a name.
---@return string
function M.folder()
  local folder = os.getenv "TMPDIR"
  return folder and folder ~= "" and folder or "/tmp"
end

--- A store in a file without a name.
---@param number integer
---@return pumice.Store
function M.new(number)
  return new(number, core.spill.create(M.folder()))
end

--- A store in the file `path`, of which the first `length` bytes count.
---@param number integer
---@param path string
---@param length integer
---@return pumice.Store
function M.open(number, path, length)
  return new(number, core.spill.open(path, length))
end

--- Takes note of chunks that are in the spill.
---@param places pumice.Place[]
function Store:add(places)
  for _, place in ipairs(places) do
    local i = #self.before + 1
    self.offset[i], self.size[i], self.before[i] = place.offset, place.size, self.count
    self.count = self.count + place.count
  end
end

--- Returns an iterator over the documents as blocks, each with its fates, from
--- the chunk after number `done` on.
---@param fates? fun(from: integer, upto: integer): table<integer, any>
---@param done? integer
function Store:blocks(fates, done)
  local i = done or 0
  return function()
    local block = { kind = "chunk", spill = self.number, parts = {} }
    local from, bytes = self:count_upto(i) + 1, 0
    while i < #self.before and bytes < BLOCK_BYTES do
      i = i + 1
      table.insert(block.parts, { self.offset[i], self.size[i] })
      bytes = bytes + self.size[i]
    end
    if bytes == 0 then return nil end
    block.after = i
    if fates then block.fates = fates(from, self:count_upto(i)) end
    return block
  end
end

--- How many documents the first `done` chunks hold.
---@param done integer
---@return integer
function Store:count_upto(done)
  return self.before[done + 1] or self.count
end

--- Where document `n` lies: offset and size of its chunk, and its place there.
function Store:place(n)
  local low, high = 1, #self.before
  while low < high do
    local middle = (low + high + 1) // 2
    if self.before[middle] < n then low = middle else high = middle - 1 end
  end
  return self.offset[low], self.size[low], n - self.before[low]
end

--- A place as bytes: see pumice.engine.block, `reader`.
local PLACE = "<I8I4I4"

--- Returns the places of documents, as bytes.
---@param numbers integer[]
---@return string
function Store:places(numbers)
  local list = {}
  for i, n in ipairs(numbers) do list[i] = PLACE:pack(self:place(n)) end
  return table.concat(list)
end

--- Returns an iterator over `count` pairs of documents, {a, b, note}, as blocks,
--- from the pair after number `done` on.
---@param count integer
---@param fetch fun(from: integer, upto: integer): table[]  gives the pairs
---@param done? integer
function Store:pair_blocks(count, fetch, done)
  local at, fetched, before = done or 0, {}, 0
  return function()
    if at >= count then return nil end
    local list = {}
    for i = at + 1, math.min(at + BLOCK_PAIRS, count) do
      if not fetched[i - before] then
        before, fetched = i - 1, fetch(i, math.min(i + FETCHED - 1, count))
      end
      local a, b, note = table.unpack(fetched[i - before], 1, 3)
      list[#list + 1] = { a, b, self:places { a, b }, note }
    end
    at = at + #list
    return { kind = "pairs", spill = self.number, pairs = list, after = at }
  end
end

return M
