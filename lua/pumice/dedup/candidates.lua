--- Candidates: from the sketches of all documents to pairs worth comparing.
local core = require "pumice.core"
local keep = require "pumice.dedup.keep"
local stage = require "pumice.stage"
local store = require "pumice.engine.store"

local M = {}

--- What a barrier remembers of a document besides its hashes.
---@param doc table  or one that has of its fields those in M.fields alone
---@param set? string
---@param words integer
---@param key? string  see pumice.dedup.Sketch, `text`
---@return pumice.dedup.Sketch
function M.sketch(doc, set, words, key)
  local date = doc.date
  return { id = stage.id_of(doc), outlet = stage.outlet_of(doc), words = words, set = set,
    text = key, date = type(date) == "string" and date or nil }
end

--- The fields that it is made of.
M.fields = { "id", "outlet", "url", "date" }

--- So many documents with one text are compared like any others.
local FEW = 8

--- The texts that more than a few documents have.
local function frequent(sketches)
  local seen, count, found = core.seen.new(), {}, {}
  for _, sketch in ipairs(sketches) do
    local text = sketch.text
    if text and seen:add(text) then
      count[text] = (count[text] or 1) + 1
      if count[text] > FEW then found[text] = {} end
    end
  end
  return found
end

--- Returns the twins of documents of which there are more than a few with the
--- very same text: the numbers of the others, by the number of the one of them
--- that is to be kept first; and that one's number by theirs. What holds for one
--- holds for all, so only the first takes part in the search, and a million of
--- one text are one document.
---@param sketches pumice.dedup.Sketch[]
---@param ranks integer[]
---@return table<integer, integer[]> twins
---@return table<integer, integer> first_of
function M.twins(sketches, ranks)
  local with, twins, first_of = frequent(sketches), {}, {}
  if next(with) == nil then return twins, first_of end
  for i, sketch in ipairs(sketches) do
    local same = with[sketch.text or false]
    if same then same[#same + 1] = i end
  end
  for _, same in pairs(with) do
    local kept = 1
    for place, i in ipairs(same) do
      if ranks[i] < ranks[same[kept]] then kept = place end
    end
    kept = table.remove(same, kept)
    twins[kept] = same
    for _, i in ipairs(same) do first_of[i] = kept end
  end
  return twins, first_of
end

--- What was found out about sketches, which takes several passes over all.
local known = setmetatable({}, { __mode = "k" })

--- Returns the ranks of documents by a rule, and their twins.
---@param sketches pumice.dedup.Sketch[]
---@param keeping pumice.dedup.Keeping
---@return integer[] ranks
---@return table<integer, integer[]> twins
---@return table<integer, integer> first_of
function M.ranked(sketches, keeping)
  local found = known[sketches]
  if not found or found.keeping ~= keeping or #found.ranks ~= #sketches then
    local ranks = keep.ranks(sketches, keeping)
    local twins, first_of = M.twins(sketches, ranks)
    found = { keeping = keeping, ranks = ranks, twins = twins, first_of = first_of }
    known[sketches] = found
  end
  return found.ranks, found.twins, found.first_of
end

---@class pumice.dedup.Search
---@field repeats integer  documents of one outlet that may share a hash,
---@field repeat_rate number  or this share of the outlet's documents, if more
---@field frame_most number  share of a document's hashes that may be its
---  outlet's frame; one with more is taken whole
---@field least integer  hashes that a pair shares at least if one is a sample,
---@field share number  and the least share of the smaller document's hashes

--- Returns a list of pairs {a, b, frames}: numbers of documents, a < b, and what is
--- to be left out when they are compared: the shingles of either one's frame, packed
--- (or false), or nil when neither has any. Of twins one pair shows what they are.
--- They are ordered by b, then a; each is made anew when it is read.
---@param sketches pumice.dedup.Sketch[]
---@param keeping pumice.dedup.Keeping
---@param search pumice.dedup.Search
---@return table[]
function M.pairs(sketches, keeping, search)
  local ranks, twins, first_of = M.ranked(sketches, keeping)
  local found = core.candidates.new(store.folder())
  local sets = rawget(sketches, "sets")
  local number, count, sources = {}, 0, {}
  for i, sketch in ipairs(sketches) do
    local source = 0
    if not first_of[i] then
      source = number[sketch.outlet]
      if not source then
        count = count + 1
        source, number[sketch.outlet] = count, count
      end
    end
    if sets then
      sources[i] = source
    elseif source > 0 then
      found:add(sketch.set, source, ranks[i], i)
    end
  end
  if sets then found:add_all(sets, sources, ranks) end
  for i, others in pairs(twins) do
    found:pair(math.min(i, others[1]), math.max(i, others[1]))
  end
  found:search(search.repeats, search.repeat_rate, search.frame_most, search.least, search.share)
  return found
end

return M
