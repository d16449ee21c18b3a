--- What an index of texts keeps: documents with their texts, outlets and postings, in
--- memory or in a file that grows from run to run.
---
--- A file has, in a vault (src/match/vault.h):
---
---   m 0        what it is, and where everything stands
---   o NUMBER   the name of an outlet
---   d NUMBER   of a document: id, words, outlet, sampled shingles
---   t NUMBER   its text
---   s NUMBER   a segment of postings
local core = require "pumice.core"

local pack, unpack_data = core.pack.pack, core.pack.unpack

local M = {}

local FORMAT, VERSION = "pumice index of reuse", 1

---@class pumice.index.Store
---@field meta table  what a file says of itself
---@field outlets table<string, integer>  their numbers
---@field documents table<integer, table>  those in memory
---@field postings any
---@field vault any  nil: all of it is in memory
---@field rewound? boolean  see Store:rewind
local Store = {}
Store.__index = Store

--- What an empty file says of itself.
local function empty(made)
  return { format = FORMAT, version = VERSION, n = made.n or 3, one_in = made.one_in or 8,
    documents = 0, kept = 0, outlets = 0, segments = {}, next_segment = 1 }
end

local function new(made)
  return setmetatable({ made = made, meta = empty(made), outlets = {}, outlet_count = 0,
    documents = {}, pending = false }, Store)
end

--- Returns an empty one in memory.
---@param made { n?: integer, one_in?: integer }  how its documents are sampled
---@return pumice.index.Store
function M.new(made)
  local self = new(made)
  self.postings = core.postings.new()
  return self
end

--- Where a file stands: what it says of itself, its outlets, its postings. With
--- `limit` only so many documents are seen.
local function load_file(self, limit)
  local vault = self.vault
  local bytes, problem = vault:get("m", 0)
  if problem then return nil, problem end
  local meta = bytes and unpack_data(bytes) or empty(self.made)
  if type(meta) ~= "table" or meta.format ~= FORMAT then return nil, "not an index of pumice" end
  if meta.version ~= VERSION then
    return nil, ("an index of version %s; this pumice reads version %d")
      :format(tostring(meta.version), VERSION)
  end
  self.meta = meta
  if self.outlet_count > meta.outlets then self.outlets, self.outlet_count = {}, 0 end
  for number = self.outlet_count + 1, self.meta.outlets do
    local name, message = vault:get("o", number)
    if not name then return nil, message or "damaged: an outlet is missing" end
    self.outlets[name] = number
  end
  self.outlet_count = self.meta.outlets
  self.postings = core.postings.new(vault)
  for _, segment in ipairs(self.meta.segments) do
    local ok, message = self.postings:attach(segment.number, limit or self.meta.documents)
    if not ok then return nil, message end
  end
  if #self.postings ~= (limit or self.meta.documents) then
    return nil, "damaged: documents are missing"
  end
  return self
end

local function bad(path, message)
  return nil, ("%s: %s"):format(path, message)
end

--- Opens a file, or makes one where there is none.
---@param path string
---@param made { n?: integer, one_in?: integer }  what a file that is there has to say, too
---@param readonly boolean
---@return pumice.index.Store?, string?
function M.open(path, made, readonly)
  local self = new(made)
  local vault, problem = core.vault.open(path, readonly)
  if not vault then return bad(path, problem) end
  self.vault, self.path = vault, path
  local ok, message = load_file(self)
  for _, name in ipairs { "n", "one_in" } do
    if ok and made[name] and made[name] ~= self.meta[name] then
      ok, message = nil, ("made with %s = %s, not %s"):format(name, self.meta[name], made[name])
    end
  end
  if ok then return self end
  vault:close()
  return bad(path, message)
end

--- Documents that were added, those too that are gone (see Store:write).
---@return integer
function Store:count()
  return #self.postings
end

--- How many documents there are.
---@return integer
function Store:__len()
  return self.meta.kept
end

--- Begins to write to the file. Returns nil and why that cannot be.
---@return true?, string?
function Store:begin()
  if not self.vault or self.pending or self.rewound then return true end
  local ok, problem = self.vault:begin()
  if ok then ok, problem = load_file(self) end
  if not ok then return bad(self.path, problem) end
  self.pending = true
  return true
end

--- The number of an outlet, a new one if need be.
local function outlet_number(self, name)
  local number = self.outlets[name]
  if number then return number end
  number = self.outlet_count + 1
  if self.pending then
    local ok, problem = self.vault:put("o", number, name)
    if not ok then return bad(self.path, problem) end
  end
  self.outlets[name], self.outlet_count = number, number
  return number
end

--- Takes note of what a document is made of, so that it is found and counts;
--- its text comes with Store:write. After Store:begin.
---@param sketch pumice.dedup.Sketch
---@return integer? number, string?
function Store:note(sketch)
  local outlet, problem = outlet_number(self, sketch.outlet)
  if not outlet then return nil, problem end
  return self.postings:add(outlet, false, sketch.set)
end

--- Puts the text of a document that was noted into the index; without a text it
--- is gone: it counts where it is asked what an outlet repeats, and is not found.
---@param number integer
---@param sketch pumice.dedup.Sketch
---@param text? string
---@return true?, string?
function Store:write(number, sketch, text)
  if not text then
    self.postings:drop(number)
    return true
  end
  local document = { id = sketch.id ~= "" and sketch.id or number, words = sketch.words,
    outlet = self.outlets[sketch.outlet], set = sketch.set }
  if self.pending then
    local ok, problem = self.vault:put("d", number, pack(document))
    if ok then ok, problem = self.vault:put("t", number, text, true) end
    if not ok then return bad(self.path, problem) end
  elseif not self.vault then
    document.text = text
    self.documents[number] = document
  end
  self.meta.kept = self.meta.kept + 1
  return true
end

--- What is known of a document: id, words, outlet, set. Raises when the file is
--- damaged.
---@param number integer
---@return table
function Store:document(number)
  local document = self.documents[number]
  if document then return document end
  local bytes, problem = self.vault:get("d", number)
  return bytes and unpack_data(bytes)
    or error(("%s: %s"):format(self.path, problem or "damaged: a document is missing"), 0)
end

--- Its text.
---@param number integer
---@return string
function Store:text(number)
  local document = self.documents[number]
  if document then return document.text end
  local text, problem = self.vault:get("t", number)
  return text or error(("%s: %s"):format(self.path, problem or "damaged: a text is missing"), 0)
end

--- The names of the outlets, by their numbers.
---@return string[]
function Store:outlet_names()
  local names = {}
  for name, number in pairs(self.outlets) do names[number] = name end
  return names
end

--- Joins the last segments with what was added, as long as they are less than
--- twice as large as all that comes after them: so there are few of them, and
--- each posting is copied few times.
local function freeze(self)
  local meta, vault, old = self.meta, self.vault, {}
  local size = #self.postings - meta.documents
  while meta.segments[1] and meta.segments[#meta.segments].documents < 2 * size do
    local segment = table.remove(meta.segments)
    table.insert(old, 1, segment.number)
    size = size + segment.documents
  end
  local bytes, problem = self.postings:freeze(old)
  if not bytes then return nil, problem end
  local number = meta.next_segment
  local ok, message = vault:put("s", number, bytes)
  for _, gone in ipairs(old) do
    if ok then ok, message = vault:remove("s", gone) end
  end
  table.insert(meta.segments, { number = number, documents = size })
  meta.next_segment, meta.documents, meta.outlets = number + 1, #self.postings, self.outlet_count
  if ok then ok, message = vault:put("m", 0, pack(meta)) end
  if ok then ok, message = vault:save() end
  return ok, message
end

--- Notes in the file, with what is saved next, which run adds: after a crash it is
--- known whether it has. After Store:begin.
---@param token string
function Store:sign(token)
  self.meta.run = { token = token, before = #self.postings }
end

--- Goes back to where the run that signed so began, if it was the last one to be
--- saved: what it added is not seen from here on, and is not written again. Returns
--- whether it was, or nil and a message.
---@param token string
---@return boolean?, string?
function Store:rewind(token)
  local run = self.meta.run
  if not run or run.token ~= token then return false end
  local ok, problem = load_file(self, run.before)
  self.rewound = ok and true
  return self.rewound, problem
end

--- Saves what was added to the file: from here on it is there, whatever happens
--- to this process; what was added since is not, until the next call. Returns nil
--- and a message when that fails. In memory there is nothing to do.
---@return true?, string?
function Store:save()
  if not self.pending then return true end
  self.pending = false
  local ok, problem = freeze(self)
  if not ok then self.vault:undo() end
  local loaded, message = load_file(self)
  if not ok then return bad(self.path, problem) end
  if not loaded then return bad(self.path, message) end
  return true
end

--- Closes the file. What was not saved is forgotten. As often as one likes.
function Store:close()
  if self.vault then self.vault:close() end
end

return M
