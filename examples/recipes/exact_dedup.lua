--- Drops documents that are the same as another one.
---
---   pumice run exact_dedup pages.jsonl -o unique.jsonl --dropped copies.jsonl
---   pumice run exact_dedup --by url pages.jsonl -o one_of_each_url.jsonl
local pumice = require "pumice"

return pumice.recipe {
  summary = "Drop documents that are the same as another one",
  options = {
    by = { "text", "the field that is compared" },
    fold = { true, "no difference of case, accents, quotes, dashes, white space" },
    keep = { "first", "which copy stays: longest, first, newest, cleanest, all, none" },
    priority = { "", "a field: before keep decides, the copy with the highest number there stays" },
  },
  stages = function(options)
    return { pumice.dedup.exact {
      by = options.by, fold = options.fold, keep = options.keep, priority = options.priority,
    } }
  end,
  examples = {
    {
      given = {
        { id = "a", text = "The lamp is lit." },
        { id = "b", text = "THE  LAMP is lit." },
        { id = "c", text = "The lamp is out." },
      },
      drops = { b = "copy" },
    },
    {
      given = { { id = "a", text = "The lamp" }, { id = "b", text = "the lamp" } },
      options = { fold = false },
      keeps = { "a", "b" },
    },
    {
      given = { { id = "a", url = "u", text = "old" }, { id = "b", url = "u", text = "new text" } },
      options = { by = "url", keep = "longest" },
      keeps = { "b" },
    },
  },
}
