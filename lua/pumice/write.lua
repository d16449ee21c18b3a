--- Documents into a file, or into several, one after the other: the same forms
--- as `pumice run -o`.
---
--- | path                  | what is written                                      |
--- |-----------------------|------------------------------------------------------|
--- | out.jsonl             | a line of JSON for each document; other endings too  |
--- | out.csv, out.tsv      | a row for each, below a header; quoted by RFC 4180   |
--- | out/                  | a text file for each, named by its id: out/{id}.txt  |
--- | out/{language}.jsonl  | a file for each value of a field, or of {meta.lang}  |
--- | out/, with shards     | files of so many bytes or documents                  |
---
--- Compressed when .gz or .zst comes last. What is written grows aside and takes
--- its name when it is closed, so nobody sees half of it, and an error before
--- that leaves an old file as it was. Several files make up a folder of their
--- own: one that has files in it is refused.
---
--- Values in names are made safe: what no file name should have is written as
--- %XX, and of text files with one name the later ones get a number, `a~2.txt`.
---
--- `pumice.write(path)` is `pumice.write.open(path)`.
local core = require "pumice.core"
local form = require "pumice.engine.form"
local json = require "pumice.json"
local layout = require "pumice.engine.layout"
local options = require "pumice.options"
local single = require "pumice.engine.single"
local stage = require "pumice.stage"
local tree = require "pumice.engine.tree"

---@class pumice.Writer
local Writer = {}
Writer.__index = Writer

local M = {}

---@class pumice.write.Options
---@field to? string  "jsonl", "csv", "tsv" or "text"; by default told by the name
---@field fields? string[]  the columns of rows; other fields are left out. By default those of
---  the first document, and a later one with another field raises
---@field shard_bytes? integer  files in a folder, each of at most so many bytes before
---  compression (one document more where that alone is longer)
---@field shard_docs? integer  the same in documents
---@field max_files? integer  values that a field in the path may have (default 1000)
local defaults = { to = options.any, fields = options.any, shard_bytes = options.any,
  shard_docs = options.any, max_files = tree.most }

local function check_form(to)
  for _, known in ipairs(layout.forms) do
    if to == nil or to == known then return end
  end
  error(options.unknown("form", tostring(to), layout.forms), 3)
end

--- Opens a file or a folder to write documents to: `writer:add(doc)` adds one,
--- `writer:close()` ends it. "-" is standard output. Raises when it cannot be
--- written.
---
--- As `local out <close> = pumice.write(path)`, it is closed at the end of the
--- block, or, when that ends with an error, dropped.
---
--- ```lua
--- local path = os.tmpname() .. ".csv"
--- do
---   local out <close> = pumice.write(path)
---   out:add { id = "1", text = 'say "tea"' }
---   out:add { id = "2", text = "milk" }
--- end
--- local file = io.open(path)
--- file:read("a")      --> 'id,text\n1,"say ""tea"""\n2,milk\n'
--- file:close()
--- os.remove(path)
--- ```
---
---@param path string
---@param opts? pumice.write.Options
---@return pumice.Writer
function M.open(path, opts)
  local settings = options.read(opts, defaults)
  check_form(settings.to)
  local at, message = layout.parse(path, settings)
  if not at then error(message, 2) end
  local target
  if at.folder then
    target, message = tree.open(at, { most = settings.max_files })
  else
    target, message = single.open(path)
  end
  if not target then error("cannot write " .. message, 2) end
  local self = setmetatable({ target = target, layout = at, form = form.new(at), count = 0 },
    Writer)
  if at.fields then target:head(form.header(at, at.fields)) end
  return self
end

--- The columns are those of the first document, unless they were named.
local function check_columns(self, doc, line)
  local rows = self.form
  if not self.layout.delimiter or self.layout.fields then return end
  if not rows.names then
    rows.names = form.fields(doc)
    if #rows.names == 0 then error("a document without fields gives no columns", 3) end
    self.target:head(form.header(self.layout, rows.names))
  end
  local stranger = core.csv.stranger(line, rows.names)
  if stranger then
    error(("%s: the field '%s' is none of the columns: %s; name those to write as fields = {...}")
      :format(stage.id_of(doc), stranger, table.concat(rows.names, ", ")), 3)
  end
end

--- Adds a document: a record or a table with fields. Raises when JSON cannot
--- hold it, when it has a field that no column is for, when it has no field to
--- name its file by, and when the disk fails.
---@param doc pumice.Record|table
function Writer:add(doc)
  if not self.target then error("the writer is closed", 2) end
  if json.type(doc) ~= "object" then
    error(("a document is a record or a table with fields, not a %s"):format(type(doc)), 2)
  end
  local line, name = json.encode(doc), nil
  check_columns(self, doc, line)
  local bytes, _, reason = self.form:bytes(doc, line)
  if not bytes then error(reason, 2) end
  self.count = self.count + 1
  stage.origin = tostring(self.count) -- what stands for an id that is missing
  if self.layout.folder then
    name, reason = layout.name(self.layout, doc)
    if not name then error(reason, 2) end
  end
  local ok, message = self.target:write(bytes .. "\n", { sizes = { #bytes }, names = { name } })
  if not ok then error("cannot write " .. message, 2) end
end

--- Ends the file and gives it its name. May be called again.
function Writer:close()
  local target = self.target
  self.target = nil
  if not target then return end
  local ok, message = target:finish()
  if ok then ok, message = target:commit() end
  if not ok then error("cannot write " .. message, 2) end
end

--- Drops what was written; an old file stays as it was.
function Writer:discard()
  if self.target then self.target:discard() end
  self.target = nil
end

function Writer:__close(problem)
  if problem == nil then self:close() else self:discard() end
end

Writer.__gc = Writer.discard

return setmetatable(M, { __call = function(_, ...) return M.open(...) end })
