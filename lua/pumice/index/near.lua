--- Documents that may be near to each other, by their sketches.
local core = require "pumice.core"
local options = require "pumice.options"
local shingle = require "pumice.shingle"

local M = {}

---@class pumice.index.NearOptions
---@field jaccard? number  similarity from which on pairs should be found, 0 to 1
---  (default 0.5)
---@field misses? number  weight of a missed pair against a false alarm, 0 to 1
---  (default 0.5), see `shingle.bands`

local defaults = { jaccard = 0.5, misses = 0.5 }

---@class pumice.index.NearFound
---@field id any
---@field similarity number  estimated, see `shingle.similarity`

---@class pumice.index.NearPair
---@field a any  the one that was added first
---@field b any
---@field similarity number  estimated, see `shingle.similarity`

---@class pumice.index.Near
---@field ids any[]
---@field sketches string[]
---@field options table
---@field postings any  of the keys of bands, of the documents that were asked for
local Near = {}
Near.__index = Near

--- See `index.near`.
---@param opts? pumice.index.NearOptions
---@return pumice.index.Near
function M.new(opts)
  local o = options.read(opts, defaults)
  options.share("jaccard", o.jaccard, 3)
  options.share("misses", o.misses, 3)
  local empty = { ids = {}, sketches = {}, options = o, postings = core.postings.new() }
  return setmetatable(empty, Near)
end

--- Adds a document. Sketches that do not compare are refused by what asks for them.
---@param id any  what results call it
---@param sketch string  from `shingle.sketch`, `Shingles:sketch` or `:minhash`
function Near:add(id, sketch)
  local number = #self.sketches + 1
  self.ids[number], self.sketches[number] = id, sketch
end

--- How many documents there are.
---@return integer
function Near:__len()
  return #self.sketches
end

--- Rows of a band.
local function rows_of(self, sketch)
  if not self.rows then
    local _, rows = shingle.bands(core.near.slots(sketch), self.options.jaccard,
      { misses = self.options.misses })
    self.rows = rows
  end
  return self.rows
end

local NO_KEYS = shingle.words(""):pack()

--- The keys of the bands of a sketch, none of that of an empty text; raises when it
--- does not compare with the others.
local function keys_of(self, sketch)
  shingle.similarity(sketch, self.sketches[1])
  if shingle.similarity(sketch, sketch) == 0 then return NO_KEYS end
  return core.sketch.band_keys(sketch, rows_of(self, sketch))
end

--- Takes up what was added since it was last asked.
local function take_up(self)
  for number = #self.postings + 1, #self.sketches do
    self.postings:add(1, false, keys_of(self, self.sketches[number]))
  end
end

--- The numbers of the documents that have a band in common with a sketch: postings
--- of one source of which nothing is a frame.
local function meet(self, sketch)
  return (self.postings:meet(keys_of(self, sketch), 1, 0xFFFFFFFF, 1.0, 1.0, 1, 0.0, 0.0))
end

--- Returns the documents that have a band in common with a sketch, those most like
--- it first. Where more than 4096 have one band, it leads to the first 64 of them.
---
--- ```lua
--- local near = index.near()
--- near:add("a", shingle.sketch("one two three four five six seven"))
--- near:query(shingle.sketch("One, two, three, four, five, six, seven!"))
---   --> { { id = "a", similarity = 1.0 } }
--- ```
---@param sketch string
---@return pumice.index.NearFound[]
function Near:query(sketch)
  if #self.sketches == 0 then return {} end
  take_up(self)
  local found, place = {}, {}
  for i, number in ipairs(meet(self, sketch)) do
    found[i] = { id = self.ids[number],
      similarity = shingle.similarity(sketch, self.sketches[number]) }
    place[found[i]] = i
  end
  table.sort(found, function(x, y)
    if x.similarity ~= y.similarity then return x.similarity > y.similarity end
    return place[x] < place[y]
  end)
  return found
end

--- Returns the pairs of documents that have a band in common, ordered by the later
--- one, then the earlier one; as many as `query` finds.
---
--- ```lua
--- local near = index.near()
--- for id, text in ipairs { "one two three four", "five six seven", "One two three four" } do
---   near:add(id, shingle.sketch(text))
--- end
--- near:pairs()  --> { { a = 1, b = 3, similarity = 1.0 } }
--- ```
---@return pumice.index.NearPair[]
function Near:pairs()
  if #self.sketches == 0 then return {} end
  take_up(self)
  local list = {}
  for b, sketch in ipairs(self.sketches) do
    for _, a in ipairs(meet(self, sketch)) do
      if a >= b then break end
      list[#list + 1] = { a = self.ids[a], b = self.ids[b],
        similarity = shingle.similarity(self.sketches[a], sketch) }
    end
  end
  return list
end

--- Returns the groups of two documents or more that hang together by bands in common:
--- lists of ids in the order in which they were added, ordered by their first. Faster
--- than `pairs`, and takes in all, however many have one band. Raises when sketches
--- were not made the same way.
---@return any[][]
function Near:clusters()
  if #self.sketches == 0 then return {} end
  local first = core.near.groups(self.sketches, rows_of(self, self.sketches[1]))
  local members, list = {}, {}
  for number, group in ipairs(first) do
    if group ~= number then
      if not members[group] then
        members[group] = { self.ids[group] }
        list[#list + 1] = group
      end
      table.insert(members[group], self.ids[number])
    end
  end
  table.sort(list)
  for i, group in ipairs(list) do list[i] = members[group] end
  return list
end

return M
