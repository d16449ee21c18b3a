--- Candidates: from the sketches of all documents to pairs worth comparing.
local core = require "pumice.core"
local keep = require "pumice.dedup.keep"
local stage = require "pumice.stage"

local M = {}

--- What a barrier remembers of a document besides its hashes.
---@param doc table
---@param text string
---@param words integer
---@param set string
---@return pumice.dedup.Sketch
function M.sketch(doc, text, words, set)
  local date = doc.date
  return { id = stage.id_of(doc), outlet = stage.outlet_of(doc), words = words, set = set,
    text = words > 0 and core.seen.key(text) or nil,
    date = type(date) == "string" and date or nil }
end

--- So many documents with one text are compared like any others.
local FEW = 8

--- Bytes of memory in which the texts are sorted.
local MEMORY = 8 * 1024 * 1024

--- Notes documents with one text, the one to be kept first before the others.
local function note_twins(same, twins, first_of)
  if #same <= FEW then return end
  local kept = table.remove(same, 1)
  table.sort(same)
  twins[kept] = same
  for _, i in ipairs(same) do first_of[i] = kept end
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
  local texts <close> = core.sorter.new(4, MEMORY, os.getenv("TMPDIR") or "/tmp")
  for i, sketch in ipairs(sketches) do
    if sketch.text then
      local high, low = ("<i8i8"):unpack(sketch.text)
      texts:add(high, low, ranks[i], i)
    end
  end
  local twins, first_of, same, high, low = {}, {}, {}, nil, nil
  for h, l, _, i in function() return texts:next() end do
    if h ~= high or l ~= low then
      note_twins(same, twins, first_of)
      same, high, low = {}, h, l
    end
    same[#same + 1] = i
  end
  note_twins(same, twins, first_of)
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
---@field least integer  hashes that a pair shares at least,
---@field share number  and the least share of the smaller document's hashes

--- Returns pairs {a, b, frames}: numbers of documents, a < b, and what is to be
--- left out when they are compared: the shingles of either one's frame, packed (or
--- false), or nil when neither has any. Of twins one pair shows what they are.
---@param sketches pumice.dedup.Sketch[]
---@param keeping pumice.dedup.Keeping
---@param search pumice.dedup.Search
---@return table[]
function M.pairs(sketches, keeping, search)
  local ranks, twins, first_of = M.ranked(sketches, keeping)
  local sets <close>, sources, places, numbers, number, count = core.sets.new(), {}, {}, {}, {}, 0
  for i, sketch in ipairs(sketches) do
    if not first_of[i] then
      if not number[sketch.outlet] then
        count = count + 1
        number[sketch.outlet] = count
      end
      sets:add(sketch.set)
      local n = #sets
      sources[n], places[n], numbers[n] = number[sketch.outlet], ranks[i], i
    end
  end
  local found, frames = core.candidates.pairs(sets, sources, places, count, search.repeats,
    search.repeat_rate, search.frame_most, search.least, search.share)
  for _, pair in ipairs(found) do
    local a, b = pair[1], pair[2]
    local of_a, of_b = frames[a], frames[b]
    pair[1], pair[2] = numbers[a], numbers[b]
    if of_a or of_b then pair[3] = { of_a, of_b } end
  end
  if next(twins) == nil then return found end
  for i, others in pairs(twins) do
    found[#found + 1] = { math.min(i, others[1]), math.max(i, others[1]) }
  end
  table.sort(found, function(x, y)
    if x[2] ~= y[2] then return x[2] < y[2] end
    return x[1] < y[1]
  end)
  return found
end

return M
