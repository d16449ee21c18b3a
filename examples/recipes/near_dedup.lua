--- Drops documents that are nearly the same as another one, and says which.
---
---   pumice run near_dedup pages.jsonl -o unique.jsonl --dropped copies.jsonl
---
--- Candidates come from MinHash signatures in bands (Broder 1997; Leskovec et
--- al., Mining of Massive Datasets, chapter 3); the exact Jaccard index of the
--- word shingles decides.
local pumice = require "pumice"
local dedup = pumice.dedup

return pumice.recipe {
  summary = "Drop documents that are nearly the same as another one",
  options = {
    jaccard = { 0.5, "least Jaccard index of two copies, 0 to 1" },
    keep = { "longest", "which copy stays: longest, first, newest, all" },
  },
  stages = function(options)
    return { dedup.near { jaccard = options.jaccard, keep = options.keep } }
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
