--- Blocks: what the parent hands to a worker at a time, and the items in them.
---
--- | kind      | an item is                       | fields                          |
--- |-----------|----------------------------------|---------------------------------|
--- | "lines"   | a line of JSON                   | file, line, offset, size, data  |
--- | "rows"    | a row of CSV                     | the same, names, delimiter      |
--- | "records" | a record of WARC                 | the same without line           |
--- | "files"   | a file that is one document      | files, field, max_record        |
--- | "text"    | a text that is one document      | file, field, data               |
--- | "broken"  | something that could not be read | file, line, offset, code, ...   |
--- | "passed"  | something that is no document    |                                 |
--- | "chunk"   | documents out of a spill         | spill, parts, fates             |
--- | "pairs"   | two documents out of a spill     | spill, pairs                    |
---
--- Each has what pumice.source.Reading says of how it is to be read. `data` is
--- nil where the bytes can be read from the file. Of lines, rows and records it
--- may be a region of the arena (see pumice.engine.orders), which is freed when
--- the block is done.
--- Every item has an origin: file, line and byte offset (0-based), so that a
--- reject can say where it stood.
local core = require "pumice.core"
local encoding = require "pumice.engine.encoding"
local json = require "pumice.json"
local quote = require "pumice.quote"
local records = require "pumice.engine.records"

local unpack_data = core.pack.unpack

local M = {}

---@class pumice.Item
---@field doc? table  the document; nil when it could not be read
---@field raw string  its bytes as they came; of a refused one perhaps the first
---@field raw_length? integer  how many bytes there are, if not all are in `raw`
---@field file string
---@field line? integer
---@field offset integer
---@field code? string  why it could not be read
---@field reason? string
---@field mended? boolean  it had bytes that are not UTF-8, see pumice.engine.encoding
---@field doubled? boolean  a key comes twice in an object of it
---@field marked? boolean  a byte order mark stood before it
---@field passed? boolean  it is no document and does not count
---@field key? string|number  of its group
---@field stop? integer  its last byte in the data of its block

local function refused(item, code, reason)
  item.code, item.reason = code, reason
  return item
end

local function whole_item(file, field, data, policy)
  local item = { file = file, offset = 0, raw = data }
  data, item.mended = encoding.mend_file(data, policy)
  item.doc = json.record {}
  item.doc.id = quote.valid(file)
  item.doc[field] = data
  return item
end

local function read_file(path, block)
  local max_record = block.max_record
  local input, message = core.input.open(path, max_record, block.max_window)
  if not input then
    return refused({ file = path, offset = 0, raw = "" }, "cannot-open", message)
  end
  local event, data, _, _, detail = input:rest()
  local marked = input:marked() or nil
  input:close()
  if event == "block" or event == nil then
    local item = whole_item(path, block.field, data or "", block.invalid)
    item.marked = marked
    return item
  end
  local item = { file = path, offset = 0, raw = data }
  if event == "long" then
    item.raw = data:sub(1, records.RAW_SHOWN) -- how long it is, nobody knows
    return refused(item, "too-long", ("longer than %d bytes"):format(max_record))
  end
  return refused(item, "cannot-read", detail)
end

local function files(block)
  local i = 0
  return function()
    i = i + 1
    local path = block.files[i]
    return path and read_file(path, block)
  end
end

local function once(item)
  return function()
    local it = item
    item = nil
    return it
  end
end

--- Bytes of JSON in a chunk: one document of it can be had at little cost.
local CHUNK_BYTES = 64 * 1024

--- Packs documents for a spill; blocks of the kind "chunk" read them back.
--- Each is {JSON, file, line or false, offset, key or nil}. Returns the chunks,
--- {bytes, count of documents} each.
---@param docs table[]
---@return table[]
function M.pack_chunks(docs)
  local chunks, list, bytes = {}, {}, 0
  for i, doc in ipairs(docs) do
    list[#list + 1] = doc
    bytes = bytes + #doc[1]
    if bytes >= CHUNK_BYTES or i == #docs then
      chunks[#chunks + 1] = { core.spill.compress(core.pack.pack(list)), #list }
      list, bytes = {}, 0
    end
  end
  return chunks
end

local function stored(entry)
  local doc = assert(json.record(entry[1]))
  return { doc = doc, raw = entry[1], file = entry[2], line = entry[3] or nil, offset = entry[4],
    key = entry[5] }
end

local function chunk(block, spills)
  local part, docs, i, n = 0, {}, 0, 0
  return function()
    if i == #docs then
      part, i = part + 1, 0
      local place = block.parts[part]
      if not place then return nil end
      docs = unpack_data(spills[block.spill]:read(place[1], place[2]))
    end
    i, n = i + 1, n + 1
    local item = stored(docs[i])
    if block.fates then item.fate = block.fates[n] end
    return item
  end
end

--- The documents of a pair come from chunks that were read a moment ago more
--- often than not: a few are kept, packed as they are, for most of what is in
--- them is not asked for.
local KEPT_CHUNKS = 16

local function chunk_reader(spill)
  local cache, order = {}, {}
  return function(offset, size, place)
    if not cache[offset] then
      cache[offset] = spill:read(offset, size)
      order[#order + 1] = offset
      if #order > KEPT_CHUNKS then cache[table.remove(order, 1)] = nil end
    end
    return stored(core.pack.unpack_item(cache[offset], place))
  end
end

--- Returns a function that gives an iterator over the items at places of a
--- spill, as Store:places packs them.
---@param spill any
---@return fun(places: string): fun(): pumice.Item?
function M.reader(spill)
  local read = chunk_reader(spill)
  return function(places)
    local at = 1
    return function()
      if at > #places then return nil end
      local offset, size, place
      offset, size, place, at = ("<I8I4I4"):unpack(places, at)
      return read(offset, size, place)
    end
  end
end

local function pairs_of(block, spills)
  local read = M.reader(spills[block.spill])
  local i = 0
  return function()
    i = i + 1
    local pair = block.pairs[i]
    if not pair then return nil end
    local next_item = read(pair[3])
    local a, b = next_item(), next_item()
    a.a, a.b, a.pair = a.doc, b.doc, pair -- its origin is that of the first document
    return a
  end
end

--- Returns an iterator over the items of a block.
---@param block table
---@param spills table  by number
---@return fun(): pumice.Item?
function M.items(block, spills)
  local kind = block.kind
  local of_records = records[kind]
  if of_records then return of_records(block, block.data) end
  if kind == "files" then return files(block) end
  if kind == "text" then
    return once(whole_item(block.file, block.field, block.data, block.invalid))
  end
  if kind == "passed" then return once { passed = true } end
  if kind == "chunk" then return chunk(block, spills) end
  if kind == "pairs" then return pairs_of(block, spills) end
  return once(refused({ file = block.file, line = block.line, offset = block.offset,
    raw = block.data, raw_length = block.size }, block.code, block.reason))
end

--- Returns a block of one item of the block `this`.
---@param this table
---@param item pumice.Item
---@return table
function M.alone(this, item)
  local one = {}
  for name, value in pairs(this) do one[name] = value end
  if records[this.kind] then
    local data = this.data or assert(core.ranges.read(this.file, this.offset, this.size))
    one.line, one.offset = item.line, item.offset
    one.data = data:sub(item.offset - this.offset + 1, item.stop)
  elseif this.kind == "files" then
    one.files = { item.file }
  end
  return one
end

return M
