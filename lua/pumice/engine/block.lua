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
--- | "chunk"   | a document out of a spill        | spill, offset, size, fates      |
--- | "pairs"   | two documents out of a spill     | spill, pairs                    |
---
--- `data` is nil where the bytes can be read from the file.
--- Every item has an origin: file, line and byte offset (0-based), so that a
--- reject can say where it stood.
local core = require "pumice.core"
local json = require "pumice.json"
local records = require "pumice.engine.records"

local unpack_data = core.pack.unpack

local M = {}

---@class pumice.Item
---@field doc? table  the document; nil when it could not be read
---@field raw string  its bytes as they came
---@field file string
---@field line? integer
---@field offset integer
---@field code? string  why it could not be read
---@field reason? string
---@field passed? boolean  it is no document and does not count
---@field stop? integer  its last byte in the data of its block

local function refused(item, code, reason)
  item.code, item.reason = code, reason
  return item
end

local function whole_item(file, field, data)
  local item = { file = file, offset = 0, raw = data }
  item.doc = json.record {}
  item.doc.id = file
  item.doc[field] = data
  return item
end

local function read_file(path, field, max_record)
  local input, message = core.input.open(path, max_record)
  if not input then
    return refused({ file = path, offset = 0, raw = "" }, "cannot-open", message)
  end
  local event, data, _, _, detail = input:rest()
  input:close()
  if event == "block" or event == nil then return whole_item(path, field, data or "") end
  local item = { file = path, offset = 0, raw = data }
  if event == "long" then
    item.raw = data:sub(1, records.RAW_SHOWN)
    return refused(item, "too-long", ("longer than %d bytes"):format(max_record))
  end
  return refused(item, "cannot-read", detail)
end

local function files(block)
  local i = 0
  return function()
    i = i + 1
    local path = block.files[i]
    return path and read_file(path, block.field, block.max_record)
  end
end

local function once(item)
  return function()
    local it = item
    item = nil
    return it
  end
end

--- Packs documents for a spill; `M.chunk` reads them back.
--- Each is {JSON, file, line or false, offset}.
---@param docs table[]
function M.pack_chunk(docs)
  return core.spill.compress(core.pack.pack(docs))
end

local function stored(entry)
  local doc = assert(json.record(entry[1]))
  return { doc = doc, raw = entry[1], file = entry[2], line = entry[3] or nil, offset = entry[4] }
end

local function chunk(block, spills)
  local docs = unpack_data(spills[block.spill]:read(block.offset, block.size))
  local i = 0
  return function()
    i = i + 1
    local item = docs[i] and stored(docs[i])
    if item and block.fates then item.fate = block.fates[i] end
    return item
  end
end

--- The documents of a pair come from chunks that were read a moment ago more
--- often than not: a few are kept.
local KEPT_CHUNKS = 16

local function chunk_reader(spill)
  local cache, order = {}, {}
  return function(place)
    local offset = place[1]
    if not cache[offset] then
      cache[offset] = unpack_data(spill:read(offset, place[2]))
      order[#order + 1] = offset
      if #order > KEPT_CHUNKS then cache[table.remove(order, 1)] = nil end
    end
    return stored(cache[offset][place[3]])
  end
end

--- Returns the items at places of a spill, as Store:place gives them.
---@param places table[]
---@param spill any
---@return pumice.Item[]
function M.at(places, spill)
  local read, items = chunk_reader(spill), {}
  for i, place in ipairs(places) do items[i] = read(place) end
  return items
end

local function pairs_of(block, spills)
  local read = chunk_reader(spills[block.spill])
  local i = 0
  return function()
    i = i + 1
    local pair = block.pairs[i]
    if not pair then return nil end
    local a, b = read(pair[3]), read(pair[4])
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
  if of_records then
    return of_records(block,
      block.data or assert(core.input.range(block.file, block.offset, block.size)))
  end
  if kind == "files" then return files(block) end
  if kind == "text" then return once(whole_item(block.file, block.field, block.data)) end
  if kind == "passed" then return once { passed = true } end
  if kind == "chunk" then return chunk(block, spills) end
  if kind == "pairs" then return pairs_of(block, spills) end
  return once(refused({ file = block.file, line = block.line, offset = block.offset,
    raw = block.data }, block.code, block.reason))
end

--- Returns a block of one item of the block `this`.
---@param this table
---@param item pumice.Item
---@return table
function M.alone(this, item)
  local one = {}
  for name, value in pairs(this) do one[name] = value end
  if records[this.kind] then
    local data = this.data or assert(core.input.range(this.file, this.offset, this.size))
    one.line, one.offset = item.line, item.offset
    one.data = data:sub(item.offset - this.offset + 1, item.stop)
  elseif this.kind == "files" then
    one.files = { item.file }
  end
  return one
end

--- What an item is called when its document has no id.
---@param item pumice.Item
function M.origin(item)
  return item.line and ("%s:%d"):format(item.file, item.line) or item.file
end

return M
