--- Near-duplicates: two documents that are, as wholes, almost the same words.
---
--- Candidates share a band of their MinHash signatures; then all their shingles
--- are compared, and the exact Jaccard similarity decides.
local align = require "pumice.align"
local barrier = require "pumice.barrier"
local candidates = require "pumice.dedup.candidates"
local copies = require "pumice.dedup.copies"
local keep = require "pumice.dedup.keep"
local options = require "pumice.options"
local shingle = require "pumice.shingle"
local stage = require "pumice.stage"

local M = {}

---@class pumice.dedup.NearOptions
---@field keep? pumice.dedup.Rule  which copy stays (default "longest")
---@field jaccard? number  documents are near from this Jaccard similarity of
---  their shingles on, 0 to 1 (default 0.35)
---@field n? integer  words in a shingle (default 3)
---@field k? integer  slots of the signature (default 256)

M.defaults = { keep = options.any, jaccard = 0.35, n = 3, k = 256 }

--- The exact comparison mends a false alarm, but nothing mends a miss.
local MISSES = 0.95

---@param opts? pumice.dedup.NearOptions
---@return pumice.Cluster
function M.new(opts)
  local o = options.read(opts, M.defaults)
  if o.keep == nil then o.keep = "longest" end
  keep.check(o.keep)
  local _, rows = shingle.bands(o.k, o.jaccard, { misses = MISSES })
  return barrier.cluster {
    name = "dedup.near",

    sketch = function(doc)
      local shingles = shingle.words(stage.text_of(doc), { n = o.n })
      local keys = #shingles > 0 and shingle.band_keys(shingles:minhash { k = o.k }, rows)
        or shingles:pack()
      return candidates.sketch(doc, shingles:units(), keys)
    end,

    pairs = function(sketches)
      return candidates.pairs(sketches, o.keep, { repeats = 0xFFFFFFFF, repeat_rate = 1,
        frame_most = 1, least = 1, share = 0 })
    end,

    compare = function(a, b)
      local evidence = align.reuse(stage.text_of(a), stage.text_of(b), { n = o.n })
      if evidence.jaccard < o.jaccard then return nil end
      return evidence
    end,

    resolve = function(sketches, links)
      return copies.resolve(sketches, links, o.keep, "jaccard", o.jaccard)
    end,

    each = copies.each,
  }
end

return M
