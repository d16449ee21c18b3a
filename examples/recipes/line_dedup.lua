--- Cuts lines that stood earlier in the corpus.
---
---   pumice run line_dedup pages.jsonl -o pages_once.jsonl
local pumice = require "pumice"

return pumice.recipe {
  summary = "Cut lines that stood earlier in the corpus",
  options = {
    min_words = { 3, "lines with fewer words stay" },
    unit = { "line", "what is compared: line, paragraph" },
    mark = { false, "list them in the field repeats, cut nothing" },
  },
  stages = function(options)
    return { pumice.dedup.lines {
      min_words = options.min_words, unit = options.unit, mark = options.mark,
    } }
  end,
  examples = {
    {
      given = {
        { id = "a", text = "The lamp is lit.\nSign up for our newsletter." },
        { id = "b", text = "The herring is late.\nSign up for our newsletter.\nHome" },
      },
      gives = { b = { text = "The herring is late.\nHome" } },
    },
    {
      given = { { id = "a", text = "The lamp is lit." }, { id = "b", text = "The lamp is lit." } },
      drops = { b = "repeated" },
    },
  },
}
