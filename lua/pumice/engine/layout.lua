--- Layouts: what the path of an output makes of documents: the form they are
--- written in, and the file that each of them goes to.
---
--- | path                    | what becomes of it                               |
--- |-------------------------|--------------------------------------------------|
--- | out.jsonl               | one file of JSON lines; so are unknown endings   |
--- | out.csv, out.tsv        | one file of rows below a header                  |
--- | out/                    | a text file for each document: out/{id}.txt      |
--- | out/{language}.jsonl    | a file for each value of a field                 |
--- | out/ with a shard limit | files of so many bytes or documents at most      |
---
--- Each may end in .gz or .zst. Where there are several files they make up a
--- folder, which appears when it is whole.
local core = require "pumice.core"
local formats = require "pumice.engine.formats"
local stage = require "pumice.stage"

local M = {}

--- What --to takes.
M.forms = { "jsonl", "csv", "tsv", "text" }

--- Stands for the number of the shard in names; no value can hold it.
M.SHARD = "\0"

--- Bytes of a value in a name, and of a name; file systems allow 255.
local LONGEST_VALUE, LONGEST_NAME = 120, 240

--- Endings that promise what is not written: such a name is a mistake, unless --to
--- says which form it stands for.
local UNWRITTEN = {}
for ending in ("bz2 xz zip 7z lz4 br tar tgz parquet arrow avro xlsx sqlite"):gmatch "%w+" do
  UNWRITTEN[ending] = true
end

local DELIMITERS = { csv = ",", tsv = "\t" }
local ENDINGS = { jsonl = ".jsonl", csv = ".csv", tsv = ".tsv", text = ".txt" }

---@class pumice.Layout  plain data, so that it can be sent to workers
---@field path string  as it was given
---@field form "jsonl"|"csv"|"tsv"|"text"
---@field delimiter? string  of a row
---@field fields? string[]  the columns, where they were named
---@field folder? string  that the files make up; nil: it is one file
---@field name? (string|{ field: string, default?: string })[]  of a file in the folder
---@field ending? string  of such a name
---@field shard_bytes? integer
---@field shard_docs? integer

---@class pumice.layout.Options
---@field to? string  the form; by default told by the name
---@field fields? string[]
---@field shard_bytes? integer
---@field shard_docs? integer

--- Splits a name at its fields: "{a}-{b|none}.csv".
local function split_name(text)
  local parts, at = {}, 1
  while true do
    local first, last, inside = text:find("{([^{}]*)}", at)
    local literal = text:sub(at, (first or 0) - 1)
    if literal:find("[{}]") then return nil, "a { without its }, or the other way round" end
    if literal ~= "" then parts[#parts + 1] = literal end
    if not first then return parts end
    local field, default = inside:match("^([^|]*)|?(.*)$")
    if field == "" then return nil, "{} names no field" end
    if not inside:find("|", 1, true) then default = nil end
    if default and (default == "" or default:find("/", 1, true) or default:find "^%.") then
      return nil, ("{%s}: no file can have that name"):format(inside)
    end
    parts[#parts + 1] = { field = field, default = default }
    at = last + 1
  end
end

local function ending_of(name)
  local packed = name:match("%.gz$") or name:match("%.zst$") or ""
  local rest = name:sub(1, #name - #packed)
  return (rest:match("%.%w+$") or "") .. packed
end

--- Puts the number of the shard before the ending, unless it has its place.
local function add_shard(parts, ending)
  for i, part in ipairs(parts) do
    if part.field == "shard" then
      parts[i] = M.SHARD
      return
    end
  end
  local last = parts[#parts]
  parts[#parts] = type(last) == "string" and last:sub(1, #last - #ending) or last
  local before = parts[#parts]
  local joined = before == "" or type(before) == "string" and before:find("/$")
  parts[#parts + 1] = (joined and "" or "-") .. M.SHARD .. ending
end

--- The folder and the name of a file in it that a path stands for; the name is
--- nil when it is one file.
local function split_path(path, opts)
  local sharded = opts.shard_bytes or opts.shard_docs
  if path == "-" then return path end
  local brace = path:find("[{}]")
  if brace then
    local folder, name = path:sub(1, brace - 1):match("^(.*)/"), nil
    if folder then name = path:sub(#folder + 2) end
    return folder, name, "files by a field"
  end
  local is_folder = path:find("/$") or core.input.kind(path) == "folder"
    or sharded and not formats.kind_of(path)
  if is_folder then
    local form = opts.to or sharded and "jsonl" or "text"
    return (path:gsub("(.)/+$", "%1")), (form == "text" and "{id}" or "") .. ENDINGS[form]
  end
  if not sharded then return path end
  local folder, name = path:match("^(.*)/([^/]*)$")
  return folder, name, "shards"
end

local function form_of(name, opts)
  local ending = name:lower():match("%.(%w+)$")
  local kind = UNWRITTEN[ending] and ending or formats.kind_of(name)
  local form = opts.to or kind or "jsonl"
  if UNWRITTEN[form] then
    return nil, ("%s: .%s is not written; what is written: %s, with .gz or .zst behind it if you "
      .. "like"):format(name, form, table.concat(M.forms, ", "))
  elseif not ENDINGS[form] then
    return nil, ("%s: %s is read but not written; what is written: %s"):format(name, form,
      table.concat(M.forms, ", "))
  end
  return form
end

local function check_options(layout, opts)
  if opts.fields and not layout.delimiter then
    return nil, ("%s: fields are the columns of CSV and TSV, not of %s"):format(layout.path,
      layout.form)
  end
  local sharded = opts.shard_bytes or opts.shard_docs
  if layout.form == "text" and sharded then
    return nil, ("%s: a text file holds one document and is no shard"):format(layout.path)
  elseif layout.form == "text" and not layout.folder then
    return nil, ("%s: a text file holds one document; a folder, as in `-o out/`, gets one for each")
      :format(layout.path)
  elseif sharded and not layout.folder then
    return nil, "shards are files in a folder: -o FOLDER"
  end
  return layout
end

--- Returns the layout of a path, or nil and what is wrong with it.
---@param path string
---@param opts? pumice.layout.Options
---@return pumice.Layout?
---@return string? message
function M.parse(path, opts)
  opts = opts or {}
  if path == "" then return nil, "the name of an output is empty" end
  local folder, name, what = split_path(path, opts)
  if not folder or folder == "" then
    return nil, ("%s: %s make up a folder of their own: -o out/%s"):format(path, what,
      path:match("[^/]*$"))
  end
  if name and name:find("/$") then
    return nil, ("%s: the last / has no name of a file behind it"):format(path)
  end
  local form, message = form_of(name or path, opts)
  if not form then return nil, message end
  local layout = { path = path, form = form, delimiter = DELIMITERS[form], fields = opts.fields,
    shard_bytes = opts.shard_bytes, shard_docs = opts.shard_docs }
  if name then
    local parts, problem = split_name(name)
    if not parts then return nil, ("%s: %s"):format(path, problem) end
    layout.folder, layout.name, layout.ending = folder, parts, ending_of(name)
    if opts.shard_bytes or opts.shard_docs then add_shard(parts, layout.ending) end
  end
  return check_options(layout, opts)
end

local function escape(byte)
  return ("%%%02X"):format(byte:byte())
end

--- Bytes of UTF-8, at most `length` of them, that end with a character.
local function cut(text, length)
  while text:byte(length + 1) & 0xC0 == 0x80 do length = length - 1 end
  return text:sub(1, length)
end

--- A value as a part of a file name that no file system and no shell takes for
--- something else. Two values never give the same one: what is not safe is
--- written as %XX, what is long ends in its digest.
local function safe(value)
  local name = value:gsub('[%c\127/\\%%:*?"<>|{}]', escape):gsub("^[.~-]", escape)
  if #name <= LONGEST_VALUE then return name end
  return cut(name, LONGEST_VALUE - 17) .. "~" .. core.sha256.hex(value):sub(1, 16)
end

--- An id as the name of a text file, without its ending. A path stays one,
--- within the folder, so that a tree of pages gives a tree of texts.
local function safe_path(value, ending)
  local stem = value:gsub("%.gz$", ""):gsub("%.zst$", ""):gsub("%.%w+$", function(last)
    return formats.field_of[formats.kind_of(last) or ""] and "" or nil
  end)
  if stem == "" then return "~" end -- no other name begins so, and the file is not hidden
  local parts = {}
  for part in (stem .. "/"):gmatch("([^/]*)/") do
    if part == "" or part:find("^%.") then return safe(stem) end
    parts[#parts + 1] = safe(part)
  end
  for i = 1, #parts - 1 do -- no folder has the name of a file
    if parts[i]:sub(-#ending) == ending then parts[i] = parts[i] .. "%2F" end
  end
  return table.concat(parts, "/")
end

--- The value of a field, or of one in the tables of a document: "meta.lang".
local function value_of(doc, field)
  local value = doc[field]
  if value ~= nil or not field:find(".", 1, true) then return value end
  value = doc
  for name in field:gmatch("[^.]+") do
    if type(value) ~= "table" and value ~= doc then return nil end
    value = value[name]
  end
  return value
end

local function name_value(layout, doc, part)
  local value = value_of(doc, part.field)
  if part.field == "id" then value = stage.id_of(doc) end
  if part.field == "outlet" and value == nil then value = stage.outlet_of(doc) end
  if part.field == "id" and layout.form == "text" then
    return safe_path(tostring(value), layout.ending)
  end
  local kind = type(value)
  if kind == "number" or kind == "boolean" then value, kind = tostring(value), "string" end
  if kind == "string" and value ~= "" then return safe(value) end
  if part.default and (value == nil or value == "" or tostring(value) == "null") then
    return part.default
  end
  return nil, ("the field '%s' is %s, and the output goes by it: %s; {%s|other} names a file for "
    .. "such documents"):format(part.field,
    value == nil and "missing" or value == "" and "empty" or "a " .. kind, layout.path, part.field)
end

--- Returns the name of the file that a document goes to, within the folder; or
--- nil and why there is none.
---@param layout pumice.Layout  one with a folder
---@param doc table
---@return string?
---@return string? reason
function M.name(layout, doc)
  local parts = {}
  for i, part in ipairs(layout.name) do
    local text, problem = part, nil
    if type(part) == "table" then text, problem = name_value(layout, doc, part) end
    if not text then return nil, problem end
    parts[i] = text
  end
  local name = table.concat(parts)
  for piece in name:gmatch("[^/]+") do
    if #piece > LONGEST_NAME then
      return nil, ("the name of its file would have %d bytes"):format(#piece)
    end
  end
  return name
end

return M
