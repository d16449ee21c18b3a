--- An index of texts that finds which of them share passages with a text, in
--- memory or in a file that grows from run to run.
---
--- Candidates come from an inverted index over a sample of each text's word
--- shingles; then texts are aligned word by word, and one exact measure decides.
--- What an outlet prints on many of its pages is left out of both.
local alike = require "pumice.dedup.alike"
local clusters = require "pumice.dedup.clusters"
local copies = require "pumice.dedup.copies"
local options = require "pumice.options"
local store = require "pumice.index.store"

local M = {}

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
---@field store pumice.index.Store
local Reuse = { __metatable = false }
Reuse.__index = Reuse

--- The r of one in 2^r.
local function rate_of(one_in)
  local rate = math.tointeger(one_in) and math.tointeger(math.log(one_in, 2))
  if not rate or rate < 0 or rate > 20 then
    error(("one_in is a power of two, 1 to 2^20, not %s"):format(tostring(one_in)), 4)
  end
  return rate
end

local function new(opts)
  local o = options.read(opts, defaults)
  local measure, limit = alike.measure(o, 2)
  alike.check_counts(o, 2)
  if o.one_in then rate_of(o.one_in) end
  return setmetatable({ measure = measure, limit = limit, min_words = o.min_words }, Reuse), o
end

--- Takes over how the documents of an index are looked at. With all shingles counts
--- are exact: one in common may be enough, and most documents need no second look,
--- for no more than a part of the hashes of each can be its outlet's frame.
local function settle(self, repeats)
  local meta = self.store.meta
  self.n, self.one_in, self.rate = meta.n, meta.one_in, rate_of(meta.one_in)
  self.search = alike.search(repeats, alike.proposed(self.measure, self.limit))
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
  local self, o = new(opts)
  self.store = store.new(o)
  settle(self, o.repeats)
  alike.sketch({ text = "" }, self.n, self.rate) -- complains of wrong options here
  return self
end

--- See `index.open`.
---@param path string
---@param opts? pumice.index.ReuseOptions
---@return pumice.index.Reuse?, string?
function M.open(path, opts)
  local self, o = new(opts)
  local opened, problem = store.open(path, o, o.readonly)
  if not opened then return nil, problem end
  self.store = opened
  settle(self, o.repeats)
  return self
end

--- How many documents there are.
---@return integer
function Reuse:__len()
  return #self.store
end

--- Returns the documents worth comparing with one: {number, frames}, ascending;
--- see candidates.pairs of what frames are (of the one, then of the other).
---@param sketch pumice.dedup.Sketch
---@return table[]
function Reuse:candidates(sketch)
  local s, kept, found = self.search, self.store, {}
  local postings, source = kept.postings, kept.outlets[sketch.outlet] or NO_SOURCE
  local numbers, flags, ours = postings:meet(sketch.set, source, s.repeats, s.repeat_rate,
    s.frame_most, s.least, s.share, self.enough)
  for _, number in ipairs(numbers) do
    local theirs = postings:worth(sketch.set, flags, number, kept:document(number).set,
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
  local kept = self.store
  local ok, problem = kept:begin()
  if not ok then return nil, problem end
  local sketch = alike.sketch(doc, self.n, self.rate)
  local number
  number, problem = kept:note(sketch)
  if not number then return nil, problem end
  ok, problem = kept:write(number, sketch, doc.text)
  return ok and number, problem
end

--- The documents that make a pair with one, ascending; `accept` says with how
--- much in common, on its side, or on either.
---@param sketch pumice.dedup.Sketch
---@param text string
---@param accept fun(evidence: pumice.dedup.Evidence): boolean
---@return pumice.index.Found[]  each with its `number`
function Reuse:matches(sketch, text, accept)
  local kept, found = self.store, {}
  for _, candidate in ipairs(self:candidates(sketch)) do
    local number = candidate[1]
    -- The older text goes first, as in Reuse:pairs.
    local evidence = copies.turn(alike.evidence(kept:text(number), text, candidate[2], self))
    if accept(evidence) then
      evidence.id, evidence.number = kept:document(number).id, number
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

--- Calls `each` for the documents that are not gone, in order.
local function for_documents(kept, each)
  local names = kept:outlet_names()
  for number = 1, kept:count() do
    if not kept.postings:is_gone(number) then
      local document = kept:document(number)
      each(number, { id = document.id, outlet = names[document.outlet], words = document.words,
        set = document.set })
    end
  end
end

--- The pairs of all documents as links between their numbers, and their ids.
local function links(self)
  local kept, list, ids = self.store, {}, {}
  for_documents(kept, function(number, sketch)
    local text
    ids[number] = sketch.id
    for _, candidate in ipairs(self:candidates(sketch)) do
      local other = candidate[1]
      if other >= number then break end
      text = text or kept:text(number)
      local evidence = alike.evidence(kept:text(other), text, candidate[2], self)
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

--- Saves what was added to the file: from here on it is there, whatever happens
--- to this process; what was added since is not, until the next call. Returns nil
--- and a message when that fails. In memory there is nothing to do.
---@return true?, string?
function Reuse:save()
  return self.store:save()
end

--- Closes the file. What was not saved is forgotten. As often as one likes.
function Reuse:close()
  self.store:close()
end
Reuse.__close = Reuse.close

return M
