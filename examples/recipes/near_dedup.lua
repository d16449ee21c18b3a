--- Drops documents that are nearly the same as another one, and says which.
---
---   pumice run near_dedup pages.jsonl -o unique.jsonl --dropped copies.jsonl
---
--- The exact Jaccard index of the word shingles decides. To see what each
--- threshold does to documents of yours:
---
---   pumice tune near_dedup sample.jsonl
local pumice = require "pumice"
local dedup = pumice.dedup

return pumice.recipe {
  summary = "Drop documents that are nearly the same as another one",
  options = {
    preset = { "news", "what the documents are like: news, web, papers" },
    jaccard = { 0, "least Jaccard index of two copies, 0 to 1; 0: that of the preset" },
    keep = { "longest", "which copy stays: longest, first, newest, cleanest, all, none" },
    priority = { "", "a field: before keep decides, the copy with the highest number there stays" },
  },
  stages = function(options)
    return { dedup.near {
      preset = options.preset, jaccard = options.jaccard ~= 0 and options.jaccard or nil,
      keep = options.keep, priority = options.priority,
    } }
  end,
  examples = {
    {
      given = {
        { id = "a", text = "The quick brown fox jumps over the lazy dog and runs into the wood." },
        { id = "b", text = "The quick brown fox jumps over the lazy dog and runs into the wood today." },
        { id = "c", text = "A slow red hen walks under the busy cat and stays in the yard today." },
      },
      keeps = { "b", "c" },
    },
    {
      given = {
        { id = "a", text = "The quick brown fox jumps over the lazy dog and runs into the wood." },
        { id = "b", text = "The quick brown fox jumps over the lazy dog and runs into the woods." },
      },
      options = { keep = "first" },
      drops = { b = "copy" },
    },
  },
}
