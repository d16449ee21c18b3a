--- The barrier behind dedup.reuse and dedup.near: they differ in what decides.
---
--- Candidates come from an inverted index over a sample of each document's word
--- shingles. What an outlet prints on many of its pages is left out, there and
--- in the comparison; what many outlets print is a story and stays. Each pair is
--- then aligned word by word, and one exact measure decides.
local align = require "pumice.align"
local barrier = require "pumice.barrier"
local candidates = require "pumice.dedup.candidates"
local copies = require "pumice.dedup.copies"
local core = require("pumice.core").sketch
local keep = require "pumice.dedup.keep"
local shingle = require "pumice.shingle"
local stage = require "pumice.stage"

local M = {}

--- A sample has one in eight of the hashes of a text, and of a short text more,
--- so that it has at least 64 if there are so many.
local ENOUGH, SPARSEST = 64, 3

--- What a barrier or an index remembers of a document. The set of all shingles
--- is never made: of what is sorted and kept, sampling has left an eighth.
---@param doc table
---@param n integer  words in a shingle
---@return pumice.dedup.Sketch
function M.sketch(doc, n)
  local set, words = core.sample(stage.text_of(doc), n, ENOUGH, SPARSEST)
  return candidates.sketch(doc, words, set)
end

--- What the frames of two documents have, of one or of both.
local function frame_of(frames)
  local of_a = frames[1] and assert(shingle.unpack(frames[1]))
  local of_b = frames[2] and assert(shingle.unpack(frames[2]))
  return of_a and of_b and of_a:with(of_b) or of_a or of_b
end

---@class pumice.dedup.Measure
---@field name string  of the barrier
---@field measure "aligned"|"jaccard"  what makes a document a copy,
---@field limit number  how much of it,
---@field proposed number  and from what share of shingles on a pair is looked at
---@field keep? pumice.dedup.Rule
---@field n integer  words in a shingle
---@field min_words integer  least words that a passage has in common
---@field repeats integer  see candidates.Search

---@param o pumice.dedup.Measure
---@return pumice.Cluster
function M.new(o)
  local rule = o.keep == nil and "longest" or o.keep
  keep.check(rule)
  local search = { repeats = o.repeats, repeat_rate = 0.02, frame_most = 0.6, least = 2,
    share = o.proposed }
  return barrier.cluster {
    name = o.name,

    sketch = function(doc) return M.sketch(doc, o.n) end,

    pairs = function(sketches) return candidates.pairs(sketches, rule, search) end,

    compare = function(a, b, frames)
      local evidence = align.reuse(stage.text_of(a), stage.text_of(b), {
        n = o.n, min_words = o.min_words, without = frames and frame_of(frames),
      })
      local most = evidence[o.measure]
      if o.measure == "aligned" then most = math.max(most, evidence.their_aligned) end
      return most >= o.limit and evidence or nil
    end,

    resolve = function(sketches, links)
      return copies.resolve(sketches, links, rule, o.measure, o.limit)
    end,

    each = copies.each,
  }
end

return M
