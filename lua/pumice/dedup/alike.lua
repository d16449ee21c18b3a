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
local core = require "pumice.core"
local keep = require "pumice.dedup.keep"
local options = require "pumice.options"
local presets = require "pumice.dedup.presets"
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
---@param sparsest? integer  the sample has one in 2^sparsest at least (default 3)
---@return pumice.dedup.Sketch
function M.sketch(doc, n, sparsest)
  local text = stage.text_of(doc)
  local set, words = core.sketch.sample(text, n, ENOUGH, sparsest or SPARSEST)
  return candidates.sketch(doc, set, words, words > 0 and core.seen.key(text) or nil)
end

--- Returns what is remembered of each document of a list in files, without the
--- sets, which are together in the field `sets` of the list.
---@param docs pumice.Documents
---@param n integer
---@param keeping pumice.dedup.Keeping
---@return pumice.dedup.Sketch[]
local function sketches_of(docs, n, keeping)
  local names = keep.fields(keeping)
  table.move(candidates.fields, 1, #candidates.fields, #names + 1, names)
  local sketches, sets = docs:sampled({ names = names, n = n, enough = ENOUGH, rate = SPARSEST },
    function(fields, words, key)
      return keep.note(candidates.sketch(fields, nil, words, key), fields, keeping)
    end,
    function(doc, sets)
      local sketch = M.sketch(doc, n)
      sets:add(sketch.set)
      return keep.note(sketch, doc, keeping)
    end)
  sketches.sets = sets
  return sketches
end

--- A page that has more than this of what its outlet repeats may be a copy: with whom
--- to compare it is asked of the whole. A brief under a long footer has three quarters
--- of it. Whether a page is a copy shows when two are compared: it has no words of its
--- own in a row.
local FRAME_MOST = 0.8

--- How pairs are found, by what share of their shingles they have in common.
---@param repeats integer
---@param share number
---@return pumice.dedup.Search
function M.search(repeats, share)
  return { repeats = repeats, repeat_rate = 0.02, frame_most = FRAME_MOST, least = 2,
    share = share }
end

--- From what share of the smaller one's shingles on a pair is looked at. It has
--- at least the Jaccard similarity in common with the other one; edited passages
--- share fewer shingles than words; and a sample errs.
---@param measure "aligned"|"jaccard"|"contained"
---@param limit number
---@return number
function M.proposed(measure, limit)
  return limit / (measure == "aligned" and 4 or 2)
end

--- What the frames of two documents have, of one or of both.
local function frame_of(frames)
  local of_a = frames[1] and assert(shingle.unpack(frames[1]))
  local of_b = frames[2] and assert(shingle.unpack(frames[2]))
  return of_a and of_b and of_a:with(of_b) or of_a or of_b
end

--- Returns what two texts share outside of the frames of their pages.
---@param a string
---@param b string
---@param frames? { [1]: string|false, [2]: string|false }  see candidates.pairs
---@param o { n: integer, min_words: integer }
---@return pumice.dedup.Evidence
function M.evidence(a, b, frames, o)
  return align.reuse(a, b, {
    n = o.n, min_words = o.min_words, without = frames and frame_of(frames),
  })
end

--- The measures as the other document sees them.
local theirs = { aligned = "their_aligned", contained = "contains", jaccard = "jaccard" }

--- Returns how much of a measure there is, on the side that has more of it.
---@param evidence pumice.dedup.Evidence
---@param measure "aligned"|"jaccard"|"contained"
---@return number
function M.most(evidence, measure)
  return math.max(evidence[measure], evidence[theirs[measure]])
end

--- Returns the measure that options name, and its limit. Raises when they name
--- two.
---@param o { aligned?: number, jaccard?: number, contained?: number, preset?: string }
---@param deeper? integer  calls between this one's caller and whom an error is told
---  (default 1)
---@return "aligned"|"jaccard"|"contained" measure
---@return number limit
function M.measure(o, deeper)
  local found, level = nil, 2 + (deeper or 1)
  for _, measure in ipairs { "aligned", "contained", "jaccard" } do
    if o[measure] ~= nil then
      if found then error(("either '%s' or '%s' decides"):format(found, measure), level) end
      options.share(measure, o[measure], level + 1)
      found = measure
    end
  end
  if not found then return "aligned", presets.limit(o, "aligned") end
  return found, o[found]
end

--- Raises unless the options that count something are counts.
---@param o { n?: integer, min_words: integer, repeats: integer }
---@param deeper? integer  see M.measure
function M.check_counts(o, deeper)
  local level = 3 + (deeper or 1)
  if o.n ~= nil then options.count("n", o.n, 1, 64, level) end
  options.count("min_words", o.min_words, 1, nil, level)
  options.count("repeats", o.repeats, 1, nil, level)
end

---@class pumice.dedup.Measure
---@field name string  of the barrier
---@field measure "aligned"|"jaccard"  what makes a document a copy,
---@field limit number  how much of it,
---@field keep? pumice.dedup.Rule
---@field priority string  see pumice.dedup.keep
---@field n integer  words in a shingle
---@field min_words integer  least words that a passage has in common
---@field repeats integer  see candidates.Search

---@param o pumice.dedup.Measure
---@return pumice.Cluster
function M.new(o)
  local keeping = keep.read(o)
  local search = M.search(o.repeats, M.proposed(o.measure, o.limit))
  local cluster = barrier.cluster {
    name = o.name,

    sketch = function(doc) return keep.note(M.sketch(doc, o.n), doc, keeping) end,

    sketches = function(docs) return sketches_of(docs, o.n, keeping) end,

    pairs = function(sketches) return candidates.pairs(sketches, keeping, search) end,

    compare = function(a, b, frames)
      local evidence = M.evidence(stage.text_of(a), stage.text_of(b), frames, o)
      return M.most(evidence, o.measure) >= o.limit and evidence or nil
    end,

    resolve = function(sketches, links)
      return copies.resolve(sketches, links, keeping, o.measure, o.limit)
    end,

    each = copies.each,
  }
  cluster.measured = o -- what `pumice tune` makes others like it of
  return cluster
end

return M
