--- Indexes over many texts: what was seen before, what repeats, what is near.
local core = require "pumice.core"
local near = require "pumice.index.near"
local options = require "pumice.options"
local reuse = require "pumice.index.reuse"

local M = {}

---@class pumice.Seen  `#seen` is how many different strings were added
---@field add fun(self, s: string): boolean  adds a string; whether it was there
---@field has fun(self, s: string): boolean  whether a string is there
---@field add_keys fun(self, keys: string): integer[]?  adds keys of 16 bytes (see
---  `index.key`), one after the other; the places of those that were there, or nil

---@class pumice.index.SeenOptions
---@field capacity? integer  makes it a Bloom filter for so many strings,
---@field false_positives? number  which takes this share of new ones for seen
---  once so many are in, 0 to 1 (default 0.01)
local seen_defaults = { capacity = options.any, false_positives = 0.01 }

--- Returns a set of strings that remembers 128 bits of each: 24 to 48 bytes a
--- string. With a capacity it is a Bloom filter: 10 bits a string for one false
--- alarm in a hundred, 15 for one in a thousand, and never a miss.
---
--- ```lua
--- local seen = index.seen()
--- seen:add("one line")  --> false
--- seen:add("one line")  --> true
--- #seen                 --> 1
--- index.seen { capacity = 1000, false_positives = 0.001 }:has("one line")  --> false
--- ```
---
--- Raises when the capacity is below 1 or the share not between 0 and 1.
---
--- Source: Bloom 1970, "Space/time trade-offs in hash coding with allowable
--- errors"; keys are XXH3 hashes.
---@param opts? pumice.index.SeenOptions
---@return pumice.Seen
function M.seen(opts)
  local o = options.read(opts, seen_defaults)
  if o.capacity == nil then return core.seen.new() end
  options.count("capacity", o.capacity, 1, nil, 3)
  return core.seen.new(o.capacity, o.false_positives)
end

--- Returns what `index.seen` remembers of a string: 16 bytes.
---
--- ```lua
--- #index.key("any bytes")  --> 16
--- ```
---@param s string
---@return string key
function M.key(s)
  return core.seen.key(s)
end

---@class pumice.index.RepeatsOptions
---@field min? integer  least bytes of a repeated string, 16 to 65536 (default 100)
---@field later? boolean  only what stood earlier as well, in a text before or in
---  the same one, so that the first copy is left (default false)
local repeats_defaults = { min = 100, later = false }

--- Returns for each text the bytes that lie in a string of at least `min` bytes
--- that occurs more than once, in one text or in several: exactly those that a
--- suffix array with its longest common prefixes gives, at ten times the speed.
---
--- ```lua
--- local news = "The ferry to Brim will close in October."
--- local found = index.repeats({ news, "Listen: " .. news }, { min = 20 })
--- found[1][1] == news  --> true
--- found[2]:range(1)    --> 9, 48
--- #index.repeats({ news, news }, { min = 20, later = true })[1]  --> 0
--- ```
---
--- Takes 1/8 byte of memory for each byte of text, and at most 192 MiB.
---
--- Source: winnowing (Schleimer, Wilkerson, Aiken 2003) proposes, bytes decide.
---@param texts string[]
---@param opts? pumice.index.RepeatsOptions
---@return pumice.Spans[] repeats  one Spans for each text
function M.repeats(texts, opts)
  local o = options.read(opts, repeats_defaults)
  options.count("min", o.min, 16, 65536, 3)
  return core.repeats.find(texts, o.min, o.later)
end

--- Returns an index of sketches, in memory, that finds documents that may be near to
--- each other: those with a band of slots in common. `add` documents, `query` it with
--- a sketch, ask it for all `pairs`, or for the `clusters` that hang together by them.
--- What it finds are candidates: compare them exactly, or use `index.reuse`, which
--- does so and may stand in a file.
---
--- It keeps the sketches, about 0.55 kB a document at 128 slots of 32 bits, or
--- 0.2 kB with 8 bits; for `query` and `pairs` 20 bytes more for each band.
---
--- ```lua
--- local near = index.near()
--- near:add("a", shingle.sketch("one two three four five six seven"))
--- near:add("b", shingle.sketch("something else that is not like it at all"))
--- near:add("c", shingle.sketch("One, two, three, four, five, six, seven!"))
--- near:clusters()  --> { { "a", "c" } }
--- ```
---
--- Source: Indyk and Motwani 1998, "Approximate nearest neighbors: towards
--- removing the curse of dimensionality".
---@param opts? pumice.index.NearOptions
---@return pumice.index.Near
M.near = near.new

--- Returns an index in memory of texts that share passages: `add` documents,
--- `query` it with a text, ask it for all `pairs` or `clusters`. Each pair comes with
--- its Jaccard similarity, the containment both ways, the aligned shares and the
--- passages; candidates are compared exactly.
---
--- ```lua
--- local wire = "The council of the harbour has voted to repair the old lighthouse at once."
--- local reuse = index.reuse()
--- reuse:add { id = "gazette", text = wire }
--- reuse:add { id = "herald", text = "The herring season opens late this year, say fishermen." }
--- reuse:add { id = "courier", text = "Good news. " .. wire .. " Sailors are glad." }
--- #reuse, reuse:pairs()[1].contained  --> 3, 1.0
--- reuse:clusters()                    --> { { "gazette", "courier" } }
--- ```
---
--- Texts are kept, and 20 bytes for each shingle that is looked at: all of those of
--- a short text, one in eight of a long one's, 64 at least. So a short text is missed
--- now and then that stands in a long one: of 100 words of which 40 stand in a text
--- of over 500 words one in 25, of which all do one in 10,000. With `one_in = 1`, for
--- eight times the room and far more time, none is missed, unless its passages are
--- edited so much that they share less than a quarter of the limit in shingles. A
--- shingle that stands in more than 4,096 documents leads to the first 64 of them
--- only; they are found by their others.
---@param opts? pumice.index.ReuseOptions
---@return pumice.index.Reuse
M.reuse = reuse.new

--- Opens the index of reuse in the file `path`, or makes it there. What `save` has
--- saved survives a crash; nothing is ever taken out. Many processes may read it,
--- one at a time adds: from its first `add` until it saves or closes, another one's
--- `add` returns nil and a message.
---
--- ```lua
--- local path = os.tmpname()
--- local old = index.open(path)
--- old:add { id = 1, text = "The ferry to Brim will close in October, its owner said." }
--- old:save()      --> true
--- old:close()
--- local again <close> = index.open(path, { readonly = true })
--- again:query("Brim: the ferry to Brim will close in October")[1].id  --> 1
--- os.remove(path), os.remove(path .. "-lock")  --> true, true
--- ```
---
--- Returns nil and a message when there is no such file to read, when the file is
--- no index, of another version or damaged, or made with shingles of another width.
--- Beside the file stands PATH-lock while it is open, and after. Who may not write
--- that one can read the index, but nobody can add to it meanwhile.
---@param path string
---@param opts? pumice.index.ReuseOptions
---@return pumice.index.Reuse?, string?
M.open = reuse.open

return M
