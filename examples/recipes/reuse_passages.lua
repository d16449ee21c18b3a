--- Says of each document what others have copied of it, passage by passage, and
--- drops none.
---
---   pumice run reuse_passages pages.jsonl -o annotated.jsonl
local pumice = require "pumice"

return pumice.recipe {
  summary = "List the copies of each document and their passages, drop none",
  options = {
    aligned = { 0.4, "share of a document's words in passages that makes it a copy, 0 to 1" },
    min_words = { 8, "least words that a passage has in common; shorter texts have no copies" },
  },
  stages = function(options)
    return { pumice.dedup.reuse {
      keep = "all", aligned = options.aligned, min_words = options.min_words,
    } }
  end,
  examples = {
    {
      given = {
        { id = "a", text = "The council has voted to repair the old lighthouse, "
          .. "which lost its lamp in the storm of last November." },
        { id = "b", text = "Good news. The council has voted to repair the old lighthouse, "
          .. "which lost its lamp in the storm of last November." },
      },
      gives = {
        a = { copy_of = "b" },
        b = { copies = { { id = "a",
          passages = { { first = 12, last = 112, their_first = 1, their_last = 101 } } } } },
      },
    },
  },
}
