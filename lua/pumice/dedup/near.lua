--- Near-duplicates: documents that are, as wholes, almost the same words.
local alike = require "pumice.dedup.alike"
local options = require "pumice.options"
local presets = require "pumice.dedup.presets"

local M = {}

---@class pumice.dedup.NearOptions
---@field keep? pumice.dedup.Rule  which copy stays, see pumice.dedup.keep (default
---  "longest")
---@field priority? string  a field: the copy with the highest number there stays, and
---  `keep` decides among equals (default "": none)
---@field jaccard? number  documents are near from this Jaccard similarity of
---  their shingles on, 0 to 1 (default 0.33, or that of the preset)
---@field preset? pumice.dedup.Preset  what the documents are like: "news", "web" or
---  "papers", see pumice.dedup.presets (default "news")
---@field n? integer  words in a shingle (default 3)
---@field min_words? integer  least words of a passage in the evidence (default 8)
---@field repeats? integer  a shingle on more documents of one outlet than this,
---  and on more than 2 % of them, is part of its pages' frame (default 6)

local defaults = { keep = options.any, priority = "", jaccard = options.any,
  preset = options.any, n = 3, min_words = 8, repeats = 6 }

---@param opts? pumice.dedup.NearOptions
---@return pumice.Cluster
function M.new(opts)
  local o = options.read(opts, defaults)
  alike.check_counts(o)
  return alike.new {
    name = "dedup.near", measure = "jaccard", limit = presets.limit(o, "jaccard"),
    keep = o.keep, priority = o.priority, n = o.n, min_words = o.min_words, repeats = o.repeats,
  }
end

return M
