--- Cuts long strings that stood earlier in the corpus, wherever they begin.
---
---   pumice run substring_dedup pages.jsonl -o pages_once.jsonl
---
--- Source: Lee et al. 2021, "Deduplicating Training Data Makes Language Models
--- Better" (ExactSubstr).
local pumice = require "pumice"

return pumice.recipe {
  summary = "Cut long strings that stood earlier in the corpus",
  options = {
    min = { 100, "least bytes of a repeated string, 16 to 65536" },
    border = { "word", "where cuts begin and end: word, sentence" },
    mark = { false, "list them in the field repeats, cut nothing" },
  },
  stages = function(options)
    return { pumice.dedup.repeats {
      min = options.min, border = options.border, mark = options.mark,
    } }
  end,
  examples = {
    {
      given = {
        { id = "a", text = "All rights are reserved, no part may be copied. The lamp is lit." },
        { id = "b", text = "The herring is late. All rights are reserved, no part may be copied." },
      },
      options = { min = 40, border = "sentence" },
      gives = { b = { text = "The herring is late. " } },
    },
  },
}
