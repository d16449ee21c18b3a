--- A store: the documents that wait at a barrier, in a spill, numbered from 1
--- in the order of the input.
local core = require "pumice.core"

--- Pairs of documents in a block.
local BLOCK_PAIRS = 64

local M = {}

---@class pumice.Store
---@field spill any
---@field number integer  of the spill, as workers know it
---@field count integer  documents
local Store = {}
Store.__index = Store

local function new(number, spill, message)
  if not spill then
    error({ code = "spill", reason = ("cannot keep documents in %s; "
      .. "set TMPDIR to a folder with room"):format(message) }, 0)
  end
  return setmetatable({ spill = spill, number = number, count = 0, chunks = {} }, Store)
end

--- A store in a file without a name, in the folder for such things.
---@param number integer
---@return pumice.Store
function M.new(number)
  return new(number, core.spill.create(os.getenv("TMPDIR") or "/tmp"))
end

--- A store in the file `path`, of which the first `length` bytes count.
---@param number integer
---@param path string
---@param length integer
---@return pumice.Store
function M.open(number, path, length)
  return new(number, core.spill.open(path, length))
end

--- Takes a chunk of `count` documents. Returns its place, as Store:add wants it.
function Store:append(chunk, count)
  local offset, message = self.spill:append(chunk)
  if not offset then error({ code = "spill", reason = message }, 0) end
  local place = { offset = offset, size = #chunk, count = count }
  self:add(place)
  return place
end

--- Takes note of a chunk that is in the spill.
function Store:add(place)
  self.chunks[#self.chunks + 1] =
    { offset = place.offset, size = place.size, before = self.count, count = place.count }
  self.count = self.count + place.count
end

--- Returns an iterator over the documents as blocks, each with its fate, from
--- the chunk after number `done` on.
---@param fates? table<integer, any>
---@param done? integer
function Store:blocks(fates, done)
  local i = done or 0
  return function()
    i = i + 1
    local chunk = self.chunks[i]
    if not chunk then return nil end
    local block = { kind = "chunk", spill = self.number, offset = chunk.offset, size = chunk.size,
      after = i }
    if fates then
      block.fates = {}
      for n = 1, chunk.count do block.fates[n] = fates[chunk.before + n] end
    end
    return block
  end
end

--- How many documents the first `done` chunks hold.
---@param done integer
---@return integer
function Store:count_upto(done)
  local chunk = self.chunks[done]
  return chunk and chunk.before + chunk.count or 0
end

--- Where document `n` lies: offset and size of its chunk, and its place there.
function Store:place(n)
  local low, high = 1, #self.chunks
  while low < high do
    local middle = (low + high + 1) // 2
    if self.chunks[middle].before < n then low = middle else high = middle - 1 end
  end
  local chunk = self.chunks[low]
  return { chunk.offset, chunk.size, n - chunk.before }
end

--- Returns the fates of grouped documents with the places of the `others`
--- instead of their numbers.
function Store:place_fates(fates)
  for _, fate in pairs(fates) do
    for i, number in ipairs(fate.others or {}) do fate.others[i] = self:place(number) end
  end
  return fates
end

--- Returns an iterator over pairs of documents, {a, b, note}, as blocks, from
--- the pair after number `done` on.
---@param pairs_of_documents table[]
---@param done? integer
function Store:pair_blocks(pairs_of_documents, done)
  local at = done or 0
  return function()
    if at >= #pairs_of_documents then return nil end
    local list = {}
    for i = at + 1, math.min(at + BLOCK_PAIRS, #pairs_of_documents) do
      local a, b, note = table.unpack(pairs_of_documents[i], 1, 3)
      list[#list + 1] = { a, b, self:place(a), self:place(b), note }
    end
    at = at + #list
    return { kind = "pairs", spill = self.number, pairs = list, after = at }
  end
end

return M
