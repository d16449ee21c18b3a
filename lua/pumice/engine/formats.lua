--- Formats: what a file holds, by its name and by how it begins, and how each
--- kind is read.
local core = require "pumice.core"
local encoding = require "pumice.engine.encoding"
local text = require "pumice.text"

local M = {}

--- How the names of files end, without .gz and .zst.
local KINDS = {
  jsonl = "jsonl", ndjson = "jsonl", txt = "text", text = "text",
  html = "html", htm = "html", xhtml = "html", csv = "csv", tsv = "tsv", tab = "tsv",
  warc = "warc", wet = "wet",
}

--- Bytes that tell the kind.
M.SNIFFED = 4096

--- What --from takes.
M.kinds = { "jsonl", "text", "html", "csv", "tsv", "warc", "wet" }

--- Kinds where the whole file is one document, and the field it goes to.
M.field_of = { text = "text", html = "html" }

--- Kinds with many records in a file: the kind of their blocks, what a record
--- is called, and the call that reads the next block of them.
local function rows(delimiter)
  return {
    block = "rows", record = "row", delimiter = delimiter,
    read = function(file, size, ranges) return file:rows(size, delimiter, ranges) end,
  }
end

local records = {
  block = "records", record = "record",
  read = function(file, size, ranges) return file:records(size, ranges) end,
}

M.forms = {
  jsonl = {
    block = "lines", record = "line",
    read = function(file, size, ranges) return file:lines(size, ranges) end,
  },
  csv = rows ",", tsv = rows "\t", warc = records, wet = records,
}

--- What a file holds by its name, or nil.
---@param path string
---@return string?
function M.kind_of(path)
  local name = path:gsub("%.gz$", ""):gsub("%.zst$", "")
  return KINDS[(name:match("%.(%w+)$") or ""):lower()]
end

--- A header row is told by a column that is a field of ours: prose has commas
--- and tabs as well.
local COLUMNS = {
  id = true, text = true, html = true, url = true, outlet = true, title = true, author = true,
  date = true, language = true,
}

local function is_header(data, delimiter)
  local names = core.csv.row(data, 1, delimiter)
  local known = false
  for _, name in ipairs(names or {}) do
    if not name:find("^[%w_][%w_ .-]*$") then return false end
    known = known or COLUMNS[name] ~= nil
  end
  return known and #names > 1
end

--- Tells what `data`, the beginning of a file, is.
---@param data string
---@return string kind
function M.sniff(data)
  local head = data:sub(1, 256):gsub("^[ \t\r\n]+", ""):lower()
  if head:find("^warc/%d%.") then return "warc" end
  if head:find("^{") then return "jsonl" end
  if head:find("^<!doctype html") or head:find("^<html") then return "html" end
  if head ~= "" and is_header(data, "\t") then return "tsv" end
  if head ~= "" and is_header(data, ",") then return "csv" end
  return "text"
end

--- Says how `head`, the beginning of a file of lines or rows, is text that is not
--- made of bytes: none of its records could be read. nil where it is.
---@param head string
---@return string?
function M.is_wide(head)
  local charset = (head:find "^\xFF\xFE%z%z" or head:find "^%z%z\xFE\xFF") and "UTF-32"
    or (head:find "^\xFF\xFE" or head:find "^\xFE\xFF") and "UTF-16"
    or head:find "^{%z[%s\"}]%z" and "UTF-16LE" or head:find "^%z{%z[%s\"}]" and "UTF-16BE"
  return charset and ("the file is %s; iconv -f %s -t UTF-8 makes it readable"):format(charset,
    charset) or nil
end

--- What is wrong with the names of columns; nil when nothing is.
local function wrong_with(names)
  local seen = {}
  for i, name in ipairs(names) do
    if seen[name] then return ("two columns are named '%s'"):format(name) end
    if name:gsub("\r\n", ""):find("\r", 1, true) then
      return "a carriage return in it ends no line: a line feed has to come after it"
    end
    if not text.check(name) then
      return ("the name of column %d is not UTF-8; --invalid decode reads it"):format(i)
    end
    seen[name] = true
  end
end

--- Reads the header row at the start of `data`. Returns the names, and the
--- place behind it: byte and lines; nil without a row; or the names as they
--- came or false, the place, and what is wrong with them.
---@param data string
---@param delimiter string
---@param invalid? string  what becomes of bytes that are not UTF-8
function M.header(data, delimiter, invalid)
  local at, lines = 1, 0
  while at <= #data do
    local names, last, next_at, count, problem = core.csv.row(data, at, delimiter)
    local row = data:sub(at, last)
    at, lines = next_at, lines + count
    for i, name in ipairs(names or {}) do names[i] = encoding.mend(name, invalid) end
    problem = problem or names and wrong_with(names)
    if row ~= "" then return names or false, at, lines, problem, row end
  end
end

return M
