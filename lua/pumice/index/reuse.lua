--- An index of texts that finds which of them share passages with a text, in
--- memory or in a file that grows from run to run.
---
--- Candidates come from an inverted index over a sample of each text's word
--- shingles; then texts are aligned word by word, and one exact measure decides.
--- What an outlet prints on many of its pages is left out of both.
---
--- A file has, in a vault (src/match/vault.h):
---
---   m 0        what it is, and where everything stands
---   o NUMBER   the name of an outlet
---   d NUMBER   of a document: id, words, outlet, sampled shingles
---   t NUMBER   its text
---   s NUMBER   a segment of postings
local alike = require "pumice.dedup.alike"
local clusters = require "pumice.dedup.clusters"
local copies = require "pumice.dedup.copies"
local core = require "pumice.core"
local options = require "pumice.options"

local pack, unpack_data = core.pack.pack, core.pack.unpack

local M = {}

local FORMAT, VERSION = "pumice index of reuse", 1

--- A source that no document has.
local NO_SOURCE = 0x7FFFFFFF

---@class pumice.index.ReuseOptions
---@field aligned? number  texts are a pair when this share of the words of one
---  lies in passages of the other, 0 to 1 (default 0.4); or instead
---@field contained? number  when this share of the shingles of one stands in the
---  other, or
---@field jaccard? number  when they have this Jaccard similarity
---@field n? integer  words in a shingle, 1 to 64 (default 3, or that of the file)
---@field one_in? integer  of the shingles of a long text one in so many is looked at, a
---  power of two (default 8, or that of the file); 1: see `index.reuse`
---@field min_words? integer  least words that a passage has in common (default 8)
---@field repeats? integer  a shingle on more documents of one outlet than this,
---  and on more than 2 % of them, is part of its pages' frame (default 6)
---@field readonly? boolean  of a file that is there (default false)

local defaults = { aligned = options.any, contained = options.any, jaccard = options.any,
  n = options.any, one_in = options.any, min_words = 8, repeats = 6, readonly = false }

---@class pumice.index.Found: pumice.dedup.Evidence
---@field id string|number  of the document that is in the index

---@class pumice.index.Pair: pumice.dedup.Evidence
---@field a string|number  id of the one that was added first
---@field b string|number

---@class pumice.index.Reuse
---@field measure "aligned"|"contained"|"jaccard"
---@field limit number
---@field search pumice.dedup.Search
---@field meta table  what a file says of itself
---@field outlets table<string, integer>  their numbers
---@field documents table<integer, table>  those in memory
---@field postings any
---@field vault any  nil: all of it is in memory
local Reuse = { __metatable = false }
Reuse.__index = Reuse

--- The r of one in 2^r.
local function rate_of(one_in)
  local rate = math.tointeger(one_in) and math.tointeger(math.log(one_in, 2))
  if not rate or rate < 0 or rate > 20 then
    error(("one_in is a power of two, 1 to 2^20, not %s"):format(one_in), 3)
  end
  return rate
end

--- What an empty file says of itself.
local function empty(o)
  return { format = FORMAT, version = VERSION, n = o.n or 3, one_in = o.one_in or 8,
    documents = 0, kept = 0, outlets = 0, segments = {}, next_segment = 1 }
end

local function new(opts)
  local o = options.read(opts, defaults)
  local measure, limit = alike.measure(o)
  if o.one_in then rate_of(o.one_in) end
  return setmetatable({
    o = o, measure = measure, limit = limit, min_words = o.min_words, meta = empty(o),
    outlets = {}, outlet_count = 0, documents = {}, pending = false,
  }, Reuse), o
end

--- Takes over how the documents of an index are looked at. With all shingles counts
--- are exact: one in common may be enough, and most documents need no second look,
--- for no more than a part of the hashes of each can be its outlet's frame.
local function settle(self)
  self.n, self.one_in, self.rate = self.meta.n, self.meta.one_in, rate_of(self.meta.one_in)
  self.search = alike.search(self.o.repeats, alike.proposed(self.measure, self.limit))
  self.enough = 0.0
  if self.rate == 0 then
    self.search.least = 1
    self.enough = self.search.share * (1 - self.search.frame_most)
  end
end

--- See `index.reuse`.
---@param opts? pumice.index.ReuseOptions
---@return pumice.index.Reuse
function M.new(opts)
  local self = new(opts)
  settle(self)
  alike.sketch({ text = "" }, self.n, self.rate) -- complains of wrong options here
  self.postings = core.postings.new()
  return self
end

--- Where a file stands: what it says of itself, its outlets, its postings. With
--- `limit` only so many documents are seen.
local function load_file(self, limit)
  local vault = self.vault
  local bytes, problem = vault:get("m", 0)
  if problem then return nil, problem end
  local meta = bytes and unpack_data(bytes) or empty(self.o)
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

--- See `index.open`.
---@param path string
---@param opts? pumice.index.ReuseOptions
---@return pumice.index.Reuse?, string?
function M.open(path, opts)
  local self, o = new(opts)
  local vault, problem = core.vault.open(path, o.readonly)
  if not vault then return bad(path, problem) end
  self.vault, self.path = vault, path
  local ok, message = load_file(self)
  for _, name in ipairs { "n", "one_in" } do
    if ok and o[name] and o[name] ~= self.meta[name] then
      ok, message = nil, ("made with %s = %s, not %s"):format(name, self.meta[name], o[name])
    end
  end
  if not ok then
    vault:close()
    return bad(path, message)
  end
  settle(self)
  return self
end

--- Documents that were added, those too that are gone (see Reuse:put).
function Reuse:count()
  return #self.postings
end

--- How many documents there are.
---@return integer
function Reuse:__len()
  return self.meta.kept
end

--- Begins to write to the file. Returns nil and why that cannot be.
function Reuse:begin()
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
--- its text comes with Reuse:write. After Reuse:begin.
---@param sketch pumice.dedup.Sketch
---@return integer? number, string?
function Reuse:note(sketch)
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
function Reuse:write(number, sketch, text)
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
function Reuse:document(number)
  local document = self.documents[number]
  if document then return document end
  local bytes, problem = self.vault:get("d", number)
  return bytes and unpack_data(bytes)
    or error(("%s: %s"):format(self.path, problem or "damaged: a document is missing"), 0)
end

--- Its text.
---@param number integer
---@return string
function Reuse:text(number)
  local document = self.documents[number]
  if document then return document.text end
  local text, problem = self.vault:get("t", number)
  return text or error(("%s: %s"):format(self.path, problem or "damaged: a text is missing"), 0)
end

--- Returns the documents worth comparing with one: {number, frames}, ascending;
--- see candidates.pairs of what frames are (of the one, then of the other).
---@param sketch pumice.dedup.Sketch
---@return table[]
function Reuse:candidates(sketch)
  local s, postings, found = self.search, self.postings, {}
  local numbers, flags, ours = postings:meet(sketch.set, self.outlets[sketch.outlet] or NO_SOURCE,
    s.repeats, s.repeat_rate, s.frame_most, s.least, s.share, self.enough)
  for _, number in ipairs(numbers) do
    local theirs = postings:worth(sketch.set, flags, number, self:document(number).set,
      s.repeats, s.repeat_rate, s.frame_most, s.least, s.share)
    if theirs ~= nil then
      found[#found + 1] = { number, (ours or theirs) and { ours, theirs } or nil }
    end
  end
  return found
end

--- Adds a document: {id, text, outlet or url}. Its id is what results call it;
--- without one it is called by its number. Returns nil and a message when the file
--- cannot be written; another process that adds to it is such a reason.
---@param doc table
---@return integer? number, string?
function Reuse:add(doc)
  local ok, problem = self:begin()
  if not ok then return nil, problem end
  local sketch = alike.sketch(doc, self.n, self.rate)
  local number
  number, problem = self:note(sketch)
  if not number then return nil, problem end
  ok, problem = self:write(number, sketch, doc.text)
  return ok and number, problem
end

--- The documents that make a pair with one, ascending; `accept` says with how
--- much in common, on its side, or on either.
---@param sketch pumice.dedup.Sketch
---@param text string
---@param accept fun(evidence: pumice.dedup.Evidence): boolean
---@return pumice.index.Found[]  each with its `number`
function Reuse:matches(sketch, text, accept)
  local found = {}
  for _, candidate in ipairs(self:candidates(sketch)) do
    local number = candidate[1]
    -- The older text goes first, as in Reuse:pairs.
    local evidence = copies.turn(alike.evidence(self:text(number), text, candidate[2], self))
    if accept(evidence) then
      evidence.id, evidence.number = self:document(number).id, number
      found[#found + 1] = evidence
    end
  end
  return found
end

--- Returns what the index has of a text or a document: the documents that make a
--- pair with it, the one with most in common first.
---
--- ```lua
--- local reuse = index.reuse()
--- reuse:add { id = "old", text = "The ferry that has joined Orle to Brim will close in October." }
--- local found = reuse:query "We hear: the ferry that has joined Orle to Brim will close."
--- found[1].id               --> "old"
--- found[1].aligned > 0.8    --> true
--- ```
---@param doc table|string
---@return pumice.index.Found[]
function Reuse:query(doc)
  if type(doc) == "string" then doc = { text = doc } end
  local function most(evidence) return alike.most(evidence, self.measure) end
  local found = self:matches(alike.sketch(doc, self.n, self.rate), doc.text,
    function(evidence) return most(evidence) >= self.limit end)
  table.sort(found, function(x, y)
    if most(x) ~= most(y) then return most(x) > most(y) end
    return x.number < y.number
  end)
  for _, evidence in ipairs(found) do evidence.number = nil end
  return found
end

--- The names of the outlets, by their numbers.
local function outlet_names(self)
  local names = {}
  for name, number in pairs(self.outlets) do names[number] = name end
  return names
end

--- Calls `each` for the documents that are not gone, in order.
local function for_documents(self, each)
  local names = outlet_names(self)
  for number = 1, #self.postings do
    if not self.postings:is_gone(number) then
      local document = self:document(number)
      each(number, { id = document.id, outlet = names[document.outlet], words = document.words,
        set = document.set })
    end
  end
end

--- The pairs of all documents as links between their numbers, and their ids.
local function links(self)
  local list, ids = {}, {}
  for_documents(self, function(number, sketch)
    local text
    ids[number] = sketch.id
    for _, candidate in ipairs(self:candidates(sketch)) do
      local other = candidate[1]
      if other >= number then break end
      text = text or self:text(number)
      local evidence = alike.evidence(self:text(other), text, candidate[2], self)
      if alike.most(evidence, self.measure) >= self.limit then
        list[#list + 1] = { a = other, b = number, evidence = evidence }
      end
    end
  end)
  return list, ids
end

--- Returns the pairs among the documents of the index, ordered by the later one,
--- then the earlier one.
---
--- ```lua
--- local reuse = index.reuse { jaccard = 0.5 }
--- reuse:add { id = 1, text = "one two three four five six seven eight nine ten" }
--- reuse:add { id = 2, text = "One two three four five six seven eight nine eleven" }
--- local pairs_found = reuse:pairs()
--- pairs_found[1].a, pairs_found[1].b, pairs_found[1].jaccard  --> 1, 2, 7 / 9
--- ```
---@return pumice.index.Pair[]
function Reuse:pairs()
  local list, ids = links(self)
  for i, link in ipairs(list) do
    local pair = link.evidence
    pair.a, pair.b = ids[link.a], ids[link.b]
    list[i] = pair
  end
  return list
end

--- Returns the groups of documents that hang together by pairs: lists of ids in
--- the order in which they were added, ordered by their first. A group may be a
--- chain, in which the ends have nothing in common; `dedup.reuse` splits those.
---@return (string|number)[][]
function Reuse:clusters()
  local list, ids = links(self)
  local groups = clusters.components(list)
  for _, group in ipairs(groups) do
    for i, number in ipairs(group) do group[i] = ids[number] end
  end
  return groups
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
--- known whether it has. After Reuse:begin.
---@param token string
function Reuse:sign(token)
  self.meta.run = { token = token, before = #self.postings }
end

--- Goes back to where the run that signed so began, if it was the last one to be
--- saved: what it added is not seen from here on, and is not written again. Returns
--- whether it was, or nil and a message.
---@param token string
---@return boolean?, string?
function Reuse:rewind(token)
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
function Reuse:save()
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
function Reuse:close()
  if self.vault then self.vault:close() end
end
Reuse.__close = Reuse.close

return M
