--- The items of blocks that hold many records: lines of JSON, rows of CSV,
--- records of WARC. An iterator's state is where the next record begins; an
--- item has the place of its last byte in the data, `stop`.
local core = require "pumice.core"
local encoding = require "pumice.engine.encoding"
local json = require "pumice.json"
local quote = require "pumice.quote"
local text = require "pumice.text"

local record_of = core.record.of_line

local M = {}

--- Bytes that a reject shows of a record that is too long, and of any other.
M.RAW_SHOWN, M.RAW_MOST = 256, 1024 * 1024

--- Characters shown of a key that comes twice.
local KEY_SHOWN = 60

--- Keeps at most `most` raw bytes of an item, and how many there are.
---@param item pumice.Item
---@param most integer
---@param size? integer  bytes there are, if more than the raw ones
function M.cut_raw(item, most, size)
  size = size or #item.raw
  if size <= most and size == #item.raw then return end
  local stop = math.min(most, #item.raw)
  for _ = 1, 3 do -- no character is cut in two
    local behind = item.raw:byte(stop + 1)
    if behind and behind & 0xC0 == 0x80 then stop = stop - 1 end
  end
  item.raw, item.raw_length = item.raw:sub(1, stop), size
end

--- What is said of a record that is too long.
function M.too_long(record, size, max)
  return ("a %s of %d bytes; at most %d are read"):format(record, size, max)
end

local function refused(item, code, reason)
  item.code, item.reason, item.mended = code, reason, nil
  return item
end

--- Records between max_record and the size of a block come here unskipped.
local function check_length(item, block, record, size)
  if not block.max_record or size <= block.max_record then return true end
  M.cut_raw(item, M.RAW_SHOWN, size)
  refused(item, "too-long", M.too_long(record, size, block.max_record))
end

--- Lines of a block, of which blank ones are none; `data` may be in a region, and is
--- nil where it is at hand, or else in the file.
local function lines_of(block, data)
  data = data or block.at_hand
  if data then return core.line_block.of(data, block.line) end
  return assert(core.line_block.read(block.file, block.offset, block.size, block.line))
end

local function line_item(block, line, first, size, number)
  local item = { file = block.file, line = number, offset = block.offset + first - 1,
    raw = line, stop = first + #line - 1 }
  if not check_length(item, block, "line", size) then return item end
  local doc, said, position = record_of(line)
  if not doc and block.invalid then
    local mended, twice = record_of(encoding.mend_line(line, block.invalid))
    if mended then doc, said, item.mended = mended, twice, true end
  end
  if not doc then
    return refused(item, "bad-json", ("%s, at byte %d of the line"):format(said, position))
  elseif said and block.strict then
    return refused(item, "bad-json", "a key comes twice: " .. quote.quote(said, KEY_SHOWN))
  end
  if said then item.doubled = true end
  item.doc = doc
  return item
end

--- Lines of JSON.
---@param block table
---@param data? string|userdata
function M.lines(block, data)
  local lines = lines_of(block, data)
  return function()
    local line, first, size, number = lines:next()
    return line and line_item(block, line, first, size, number)
  end
end

---@class pumice.records.Sampling
---@field names string[]  of the fields that are wanted
---@field n integer  words in a shingle
---@field enough integer  hashes in a sample, if the text has so many
---@field rate integer  of the sample: one in 2^rate at most

--- Lines of JSON as samples of their texts, see sketch.sample, which are added to
--- `sets`: an iterator that gives an item and with it a table of the fields that
--- `sampling` names, how many words there are, and the key of the text, nil without
--- words. The item and the fields are good until the next ones come. An item alone is
--- of what could not be read or has no text, and adds nothing.
---@param block table
---@param sampling pumice.records.Sampling
---@param sets any
---@return fun(): pumice.Item?, table?, integer?, string?
function M.samples(block, sampling, sets)
  local lines, most = lines_of(block, block.data), block.max_record or math.maxinteger
  local names, n, enough, rate = sampling.names, sampling.n, sampling.enough, sampling.rate
  local item, fields = { file = block.file }, {}
  return function()
    local first, len, size, number, words, key =
      lines:sample(most, fields, names, sets, n, enough, rate)
    if not first then return nil end
    if not words then return line_item(block, key, first, size, number) end
    item.line, item.offset, item.size = number, block.offset + first - 1, len
    return item, fields, words, key
  end
end

local function row_document(names, fields, item, policy)
  local doc = json.record {}
  for i, name in ipairs(names) do
    local value, mended = encoding.mend(fields[i], policy)
    doc[name], item.mended = value, item.mended or mended
  end
  return doc
end

--- The bytes of a block as a string.
local function bytes_of(block, data)
  if data then return tostring(data) end
  return assert(core.ranges.read(block.file, block.offset, block.size))
end

--- Rows of CSV. Blank lines are no items.
function M.rows(block, data)
  data = bytes_of(block, data)
  local names = block.names
  local at, number = 1, block.line
  return function()
    while at <= #data do
      local fields, last, next_at, count, problem = core.csv.row(data, at, block.delimiter)
      local first, here = at, number
      at, number = next_at, number + count
      if last >= first then
        local item = { file = block.file, line = here, offset = block.offset + first - 1,
          raw = data:sub(first, last), stop = last }
        if not check_length(item, block, "row", next_at - first) then return item end
        if problem then return refused(item, "bad-csv", problem) end
        if #fields ~= #names then
          return refused(item, "ragged-row",
            ("%d fields; the header has %d"):format(#fields, #names))
        end
        item.doc = row_document(names, fields, item, block.invalid)
        return item
      end
    end
  end
end

--- Bytes of a URL that are not UTF-8 are written as a URL writes them.
local function clean_header(value)
  if not value or text.check(value) then return value end
  return (value:gsub("[\128-\255]", function(one) return ("%%%02X"):format(one:byte()) end))
end

local function page(kind, fields)
  local doc = json.record {}
  for _, name in ipairs { "id", "url", "date", "charset" } do
    if fields[name] then doc[name] = clean_header(fields[name]) end
  end
  doc[kind] = fields.body
  return doc
end

--- Records of WARC; those that are no documents are items that are `passed`.
function M.records(block, data)
  data = bytes_of(block, data)
  local at = 1
  return function()
    if at > #data then return nil end
    local kind, first, next_at, result, reason =
      core.warc.record(data, at, block.max_record or math.maxinteger)
    if kind == false then return nil end
    local size = next_at - at
    at = next_at
    local item = { file = block.file, offset = block.offset + first - 1, raw = "",
      stop = next_at - 1 }
    if kind == "other" then
      item.passed = true
      return item
    end
    item.raw = data:sub(first, item.stop)
    if not check_length(item, block, "record", size) then return item end
    if not kind then
      if result == "bad-warc" and item.raw:find("^WARC/%d") and not item.raw:find("\n\r?\n") then
        reason = "the record ends within its header"
      end
      return refused(item, result, reason)
    end
    result.body, item.mended = encoding.mend(result.body, block.invalid, result.charset)
    item.doc = page(kind, result)
    return item
  end
end

return M
