--- The lines of --dropped and --rejects.
local json = require "pumice.json"
local quote = require "pumice.quote"
local records = require "pumice.engine.records"
local stage = require "pumice.stage"
local text = require "pumice.text"

local M = {}

--- Their columns, where they are written as rows.
M.columns = {
  dropped = { "id", "stage", "reason", "value", "limit", "copy_of", "details", "record", "raw",
    "raw_base64", "raw_length" },
  rejected = { "file", "line", "offset", "stage", "code", "reason", "reason_base64",
    "reason_length", "raw", "raw_base64", "raw_length" },
}

local ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

--- Base64 (RFC 4648) for bytes that no JSON string can hold.
local function base64(bytes)
  local out = {}
  for a, b, c in bytes:gmatch("(.)(.?)(.?)") do
    local n = a:byte() << 16 | (b:byte() or 0) << 8 | (c:byte() or 0)
    for shift = 18, 0, -6 do
      local digit = (n >> shift & 63) + 1
      out[#out + 1] = ALPHABET:sub(digit, digit)
    end
    if c == "" then out[#out] = "=" end
    if b == "" then out[#out - 1] = "=" end
  end
  return table.concat(out)
end

--- Bytes in a field: a megabyte of them, and how many there are if there are more.
local function set_bytes(line, field, bytes, length)
  local shown = { raw = bytes, raw_length = length }
  records.cut_raw(shown, records.RAW_MOST, length)
  if text.check(shown.raw) then
    line[field] = shown.raw
  else
    line[field .. "_base64"] = base64(shown.raw)
  end
  line[field .. "_length"] = shown.raw_length
end

--- A document that a step dropped: {id, stage, reason, value, limit, copy_of,
--- other details, record}; `record` is the document as it stood. For a row the
--- other details are in one field, `details`. How long they may be: see
--- pumice.engine.steps.
---@param doc table
---@param item pumice.Item  what it was read from
---@param stage_name string
---@param reason string
---@param details? table
---@param is_row? boolean
---@return string
function M.dropped(doc, item, stage_name, reason, details, is_row)
  details = details or {}
  local line = json.record {}
  local id = stage.id_of(doc)
  line.id, line.stage = type(id) == "string" and quote.valid(id) or id, stage_name
  line.reason = reason
  line.value, line.limit, line.copy_of = details.value, details.limit, details.copy_of
  local names, others = {}, is_row and json.record {} or line
  for name in pairs(details) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    if not is_row or line[name] == nil then others[name] = details[name] end
  end
  if is_row and next(names) then line.details = others end
  if pcall(json.encode, doc) then
    line.record = doc
  else
    set_bytes(line, "raw", item.raw, item.raw_length)
  end
  return json.encode(line)
end

--- What could not be read or broke a step: {file, line, offset, stage, code,
--- reason, reason_length, raw, raw_length}; raw_base64 instead of raw when it is not
--- UTF-8. Of more than a megabyte `raw` is the beginning, and `raw_length` says how many
--- bytes stand in the input at the offset; the same goes for the reason.
---@param item pumice.Item
---@param stage_name string
---@param code string
---@param reason string
---@return string
function M.rejected(item, stage_name, code, reason)
  local line = json.record {}
  line.file, line.line, line.offset = quote.valid(item.file), item.line, item.offset
  line.stage, line.code = stage_name, code
  set_bytes(line, "reason", reason)
  set_bytes(line, "raw", item.raw, item.raw_length)
  return json.encode(line)
end

return M
