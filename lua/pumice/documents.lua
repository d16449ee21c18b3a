--- Documents as lists that hold places and no texts: what `pumice.read.all` gives
--- of JSON lines, and `dedup.apply` of such a list.
local block = require "pumice.engine.block"
local core = require "pumice.core"
local json = require "pumice.json"
local records = require "pumice.engine.records"
local source = require "pumice.engine.source"

local M = {}

---@class pumice.Documents  `#docs`, `docs[i]`, `ipairs(docs)`; each time a document is
---  asked for it is read from its file
---@field inputs table[]  files of JSON lines, not packed, see source.list
---@field settings pumice.read.Options
---@field refuse fun(item: pumice.Item)  gets what cannot be read
---@field places? { file: string[], offset: integer[], size: integer[] }  of the lines of
---  documents, once the files were read
---@field path? string  of the file that was asked last, and
---@field file? any  this file, open
local Documents = { methods = {} }

local function changed(path)
  error(path .. " changed while its documents were in use", 0)
end

--- Reads all files, calls `each` with what `items_of` gives of their blocks, and
--- notes where documents stand. What cannot be read is told the first time.
local function walk(self, items_of, each)
  local known, file, offset, size = self.places, {}, {}, {}
  for this in source.blocks(self.inputs, self.settings) do
    for item, fields, words, key in items_of(this) do
      if not item.code then
        local n = #file + 1
        file[n], offset[n], size[n] = item.file, item.offset, item.size or #item.raw
        if each then each(item, fields, words, key) end
      elseif not known then
        self.refuse(item)
      end
    end
  end
  if known and #known.file ~= #file then changed(self.inputs[1].path) end
  rawset(self, "places", { file = file, offset = offset, size = size })
end

local function items_of(this)
  return block.items(this, {})
end

--- Returns the list of the documents in files, which are read when it is first
--- asked for something.
---@param inputs table[]
---@param settings pumice.read.Options
---@param refuse fun(item: pumice.Item)
---@return pumice.Documents
function M.new(inputs, settings, refuse)
  return setmetatable({ inputs = inputs, settings = settings, refuse = refuse }, Documents)
end

--- Whether a value is such a list.
---@param value any
---@return boolean
function M.is(value)
  return getmetatable(value) == Documents
end

--- Returns a list with an entry for each document, made in one pass over the files:
--- by `of_sample` of what records.samples gives, or by `of_document` of a document
--- with no text at hand; that one adds its sample to the sets.
---@param sampling pumice.records.Sampling
---@param of_sample fun(fields: table, words: integer, key?: string): any
---@param of_document fun(doc: pumice.Record, sets: any): any
---@return any[] list
---@return any sets  of the samples, in the order of the list
function Documents.methods:sampled(sampling, of_sample, of_document)
  local list, sets = {}, core.sets.new()
  walk(self, function(this)
    if this.kind == "lines" then return records.samples(this, sampling, sets) end
    return items_of(this)
  end, function(item, fields, words, key)
    list[#list + 1] = words and of_sample(fields, words, key) or of_document(item.doc, sets)
  end)
  return list, sets
end

--- The file that was asked last stays open: opening it takes as long as reading a text.
local function opened(self, path)
  if self.path ~= path then
    local file, message = core.ranges.open(path)
    if not file then error(message, 0) end
    if self.file then self.file:close() end
    rawset(self, "path", path)
    rawset(self, "file", file)
  end
  return self.file
end

function Documents:__len()
  if not self.places then walk(self, items_of) end
  return #self.places.file
end

function Documents:__index(i)
  if math.type(i) ~= "integer" then return Documents.methods[i] end
  if i < 1 or i > #self then return nil end
  local places = self.places
  local path = places.file[i]
  local line, message = opened(self, path):bytes(places.offset[i], places.size[i])
  if not line then error(message, 0) end
  return json.record(line) or changed(path)
end

---@class pumice.documents.Chosen  some of a list, in its order
---@field docs table[]
---@field number integer[]  in that list,
---@field instead table<integer, table>  and what stands in the place of a document
local Chosen = {}

--- Returns the documents of a list that have these numbers; by number, `instead` has
--- those that others take the place of.
---@param docs table[]
---@param number integer[]
---@param instead table<integer, table>
---@return table[]
function M.chosen(docs, number, instead)
  return setmetatable({ docs = docs, number = number, instead = instead }, Chosen)
end

function Chosen:__len()
  return #self.number
end

function Chosen:__index(i)
  local n = rawget(self, "number")[i]
  return n and (self.instead[n] or self.docs[n])
end

for _, class in ipairs { Documents, Chosen } do
  class.__pairs = ipairs
  function class.__newindex(_, i)
    error(("a list of documents in files cannot be given another [%s]"):format(tostring(i)), 2)
  end
end

return M
