--- Documents out of files, as an iterator: the same formats as `pumice run`.
---
--- JSON lines, text, HTML, CSV and TSV with a header, WARC and WET; plain, gzip
--- or zstd. The kind is told by the name, else by how the file begins. A text or
--- HTML file is one document, {id = path, text = ...} or {id = path, html = ...}
--- (bytes of a path that are no UTF-8 stand in the id as %XX);
--- a row of CSV has the names in the header as fields; a page in a WARC file is
--- {id, url, date, charset, html}, a text {id, url, date, text}.
---
--- `pumice.read(path)` is `pumice.read.docs(path)`.
local core = require "pumice.core"
local documents = require "pumice.documents"
local encoding = require "pumice.engine.encoding"
local items = require "pumice.engine.items"
local options = require "pumice.options"
local source = require "pumice.engine.source"
local stage = require "pumice.stage"

local M = {}

---@class pumice.read.Options
---@field from? string  "jsonl", "text", "html", "csv", "tsv", "warc" or "wet"; by default told
---  by name and content
---@field max_record? integer  bytes; longer records are refused and not kept in memory
---  (default 64 MiB)
---@field on_reject? fun(reject: table)  gets what could not be read: {file, line, offset, code,
---  reason, raw, raw_length}, as in --rejects; without it, that raises an error
---@field invalid? "reject"|"replace"|"decode"  bytes that are not UTF-8: of JSON refused, of all
---  else kept as they are (the default); replaced by U+FFFD; or decoded, see text.decode
---@field strict? boolean  refuse JSON in which a key comes twice (default false)
---@field max_window? integer  bytes of the longest window of zstd (default 128 MiB)
local defaults = { from = options.any, max_record = 64 * 1024 * 1024, on_reject = options.any,
  invalid = "reject", strict = false, max_window = options.any }

local function check_choice(what, given, choices)
  if given == nil then return end
  for _, choice in ipairs(choices) do
    if choice == given then return end
  end
  error(options.unknown(what, tostring(given), choices), 3)
end

local function reject_of(item)
  return { file = item.file, line = item.line, offset = item.offset, code = item.code,
    reason = item.reason, raw = item.raw, raw_length = item.raw_length }
end

local function refuse(item, on_reject)
  if on_reject then return on_reject(reject_of(item)) end
  error(("%s, byte %d: %s (%s)"):format(stage.place(item), item.offset, item.reason, item.code), 0)
end

--- Reads the arguments: the list of files, and the options with their defaults.
local function inputs_of(path, opts)
  local settings = options.read(opts, defaults)
  check_choice("kind", settings.from, source.kinds)
  check_choice("policy", settings.invalid, encoding.policies)
  settings.at_hand = true
  local list, message = source.list(type(path) == "table" and path or { path }, settings.from)
  if not list then error(message, 3) end
  return list, settings
end

--- Returns an iterator over the documents of a file, of the files in a folder,
--- of a list of these, or of standard input ("-").
---
--- Raises when there is no such file, and, without `on_reject`, at what cannot
--- be read: after it, the loop could not go on.
---
--- ```lua
--- local path = os.tmpname()
--- local file = io.open(path, "w")
--- file:write("id,text\n1,tea\n2,milk\n")
--- file:close()
--- local texts = {}
--- for doc in pumice.read(path) do texts[#texts + 1] = doc.text end
--- texts                                             --> { "tea", "milk" }
--- os.remove(path)
--- ```
---
---@param path string|string[]
---@param opts? pumice.read.Options
---@return fun(): pumice.Record?, pumice.Item? next  and where the document stood: {file, line,
---  offset, ...}
function M.docs(path, opts)
  local list, settings = inputs_of(path, opts)
  local next_item = items.of(list, settings)
  return function()
    for item in next_item do
      if item.doc then return item.doc, item end
      if item.code then refuse(item, settings.on_reject) end
    end
    return nil
  end
end

--- Are the files JSON lines that can be read at any place, as they are?
local function stay(list, settings)
  if settings.invalid ~= "reject" or settings.strict then return false end
  for _, entry in ipairs(list) do
    if entry.kind ~= "jsonl" or not entry.size then return false end
    local file <close> = core.input.open(entry.path, settings.max_record)
    if not file then return false end
    file:peek(1)
    if not file:plain() then return false end
  end
  return true
end

--- Returns all documents of files as a list, for what takes a list: `dedup.apply`,
--- `dedup.links`.
---
--- Where all are JSON lines, not packed, the texts stay in the files: the list has
--- the places of the lines, 50 bytes a document, reads one each time it is asked for
--- it, and is not to be changed, nor are the files meanwhile. They are read when the
--- list is asked for something, so what cannot be read is told then. Clusters read
--- the samples of texts out of them directly, with no document made:
---
--- ```lua
--- local path = os.tmpname()
--- local file = io.open(path, "w")
--- file:write('{"id": 1, "text": "The ferry to Brim will close in October, they say."}\n',
---   '{"id": 2, "text": "The ferry to Brim will close in October, he said."}\n')
--- file:close()
--- local docs = pumice.read.all(path, { from = "jsonl" })
--- local kept, dropped = pumice.dedup.apply(pumice.dedup.near(), docs)
--- #docs, #kept, dropped[1].copy_of, kept[1].copies[1].id  --> 2, 1, 1, 2
--- os.remove(path)
--- ```
---
--- Of all other files, and where `invalid` or `strict` is given, it is a table of the
--- documents. Raises as `read.docs` does.
---
---@param path string|string[]
---@param opts? pumice.read.Options
---@return pumice.Documents|pumice.Record[]
function M.all(path, opts)
  local list, settings = inputs_of(path, opts)
  if stay(list, settings) then
    return documents.new(list, settings, function(item) refuse(item, settings.on_reject) end)
  end
  local docs = {}
  for doc in M.docs(path, opts) do docs[#docs + 1] = doc end
  return docs
end

return setmetatable(M, { __call = function(_, ...) return M.docs(...) end })
