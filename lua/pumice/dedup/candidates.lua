--- Candidates: from the sketches of all documents to pairs worth comparing.
local core = require("pumice.core").candidates
local keep = require "pumice.dedup.keep"
local stage = require "pumice.stage"

local M = {}

--- What a barrier remembers of a document besides its hashes.
---@param doc table
---@param words integer
---@param set string
---@return pumice.dedup.Sketch
function M.sketch(doc, words, set)
  local date = doc.date
  return { id = stage.id_of(doc), outlet = stage.outlet_of(doc), words = words, set = set,
    date = type(date) == "string" and date or nil }
end

---@class pumice.dedup.Search
---@field repeats integer  documents of one outlet that may share a hash,
---@field repeat_rate number  or this share of the outlet's documents, if more
---@field frame_most number  share of a document's hashes that may be its
---  outlet's frame; one with more is taken whole
---@field least integer  hashes that a pair shares at least,
---@field share number  and the least share of the smaller document's hashes

--- Returns pairs {a, b, frames}, a < b, ascending by b and a: numbers of
--- documents, and what is to be left out when they are compared: the shingles of
--- either one's frame, packed (or false), or nil when neither has any.
---@param sketches pumice.dedup.Sketch[]
---@param rule pumice.dedup.Rule
---@param search pumice.dedup.Search
---@return table[]
function M.pairs(sketches, rule, search)
  local sets, sources, number, count = {}, {}, {}, 0
  for i, sketch in ipairs(sketches) do
    if not number[sketch.outlet] then
      count = count + 1
      number[sketch.outlet] = count
    end
    sets[i], sources[i] = sketch.set, number[sketch.outlet]
  end
  local ranks = keep.ranks(keep.members(sketches), rule)
  local pairs_found, frames = core.pairs(sets, sources, ranks, count, search.repeats,
    search.repeat_rate, search.frame_most, search.least, search.share)
  for _, pair in ipairs(pairs_found) do
    local of_a, of_b = frames[pair[1]], frames[pair[2]]
    if of_a or of_b then pair[3] = { of_a, of_b } end
  end
  return pairs_found
end

return M
