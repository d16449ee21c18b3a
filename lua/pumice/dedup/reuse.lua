--- Text reuse: one document's words stand in another's, in passages, after
--- editing and with other things around them.
---
--- Candidates come from an inverted index over a sample of each document's word
--- shingles. What an outlet prints on many of its pages is left out, there and
--- in the comparison; what many outlets print is a story and stays. The pair is
--- then aligned, and the share of words in common passages decides.
local align = require "pumice.align"
local barrier = require "pumice.barrier"
local candidates = require "pumice.dedup.candidates"
local copies = require "pumice.dedup.copies"
local keep = require "pumice.dedup.keep"
local options = require "pumice.options"
local shingle = require "pumice.shingle"
local stage = require "pumice.stage"

local M = {}

---@class pumice.dedup.ReuseOptions
---@field keep? pumice.dedup.Rule  which copy stays (default "longest")
---@field aligned? number  a document is a copy when this share of its words
---  lies in passages of the one that stays, 0 to 1 (default 0.4)
---@field n? integer  words in a shingle (default 3)
---@field min_words? integer  least words that a passage has in common (default 8)
---@field repeats? integer  a shingle on more documents of one outlet than this,
---  and on more than 2 % of them, belongs to its page frame (default 6)

M.defaults = { keep = options.any, aligned = 0.4, n = 3, min_words = 8, repeats = 6 }

--- A sample has about 64 hashes or more: all of a short text's, at most one in
--- eight of a long one's.
local ENOUGH, MOST_SPARSE = 64, 8

local function sample(shingles)
  local one_in = MOST_SPARSE
  while one_in > 1 and #shingles < ENOUGH * one_in do one_in = one_in // 2 end
  return shingles:sample(one_in):pack()
end

--- Passages that were edited share fewer shingles than words, and a sample errs:
--- the index proposes at a quarter of what decides.
local function search(o)
  return { repeats = o.repeats, repeat_rate = 0.02, frame_most = 0.6,
    least = 2, share = o.aligned / 4 }
end

---@param opts? pumice.dedup.ReuseOptions
---@return pumice.Cluster
function M.new(opts)
  local o = options.read(opts, M.defaults)
  if o.keep == nil then o.keep = "longest" end
  keep.check(o.keep)
  return barrier.cluster {
    name = "dedup.reuse",

    sketch = function(doc)
      local shingles = shingle.words(stage.text_of(doc), { n = o.n })
      return candidates.sketch(doc, shingles:units(), sample(shingles))
    end,

    pairs = function(sketches) return candidates.pairs(sketches, o.keep, search(o)) end,

    compare = function(a, b, ignored)
      local evidence = align.reuse(stage.text_of(a), stage.text_of(b), {
        n = o.n, min_words = o.min_words,
        without = ignored and assert(shingle.unpack(ignored)) or nil,
      })
      if math.max(evidence.aligned, evidence.their_aligned) < o.aligned then return nil end
      return evidence
    end,

    resolve = function(sketches, links)
      return copies.resolve(sketches, links, o.keep, "aligned", o.aligned)
    end,

    each = copies.each,
  }
end

return M
