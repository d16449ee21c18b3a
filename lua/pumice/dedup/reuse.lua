--- Text reuse: one document's words stand in another's, in passages, after
--- editing and with other things around them.
local alike = require "pumice.dedup.alike"
local options = require "pumice.options"
local presets = require "pumice.dedup.presets"

local M = {}

---@class pumice.dedup.ReuseOptions
---@field keep? pumice.dedup.Rule  which copy stays, see pumice.dedup.keep (default
---  "longest")
---@field priority? string  a field: the copy with the highest number there stays, and
---  `keep` decides among equals (default "": none)
---@field aligned? number  a document is a copy when this share of its words
---  lies in passages of the one that stays, 0 to 1 (default 0.4, or that of the preset)
---@field preset? pumice.dedup.Preset  what the documents are like: "news", "web" or
---  "papers", see pumice.dedup.presets (default "news")
---@field n? integer  words in a shingle (default 3)
---@field min_words? integer  least words that a passage has in common (default 8)
---@field repeats? integer  a shingle on more documents of one outlet than this,
---  and on more than 2 % of them, is part of its pages' frame (default 6)

local defaults = { keep = options.any, priority = "", aligned = options.any,
  preset = options.any, n = 3, min_words = 8, repeats = 6 }

---@param opts? pumice.dedup.ReuseOptions
---@return pumice.Cluster
function M.new(opts)
  local o = options.read(opts, defaults)
  alike.check_counts(o)
  return alike.new {
    name = "dedup.reuse", measure = "aligned", limit = presets.limit(o, "aligned"),
    keep = o.keep, priority = o.priority, n = o.n, min_words = o.min_words, repeats = o.repeats,
  }
end

return M
