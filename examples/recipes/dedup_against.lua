--- Drops documents that an older corpus has already, and says which they copy.
---
---   pumice run dedup_against --index old.index --add yes monday.jsonl -o new.jsonl
---   pumice run dedup_against --index old.index --add yes tuesday.jsonl -o newer.jsonl
---   pumice run dedup_against --index old.index some.jsonl --dropped copies.jsonl
---
--- With --add the documents that stay are added to the index when the run is over,
--- and are compared with each other as well: the first one stays.
local pumice = require "pumice"

return pumice.recipe {
  summary = "Drop documents that an older corpus has already",
  options = {
    index = { "", "file of the index of the older corpus", path = true },
    add = { false, "add the documents that stay to it; makes the file" },
    aligned = { 0.4, "share of a document's words in passages that makes it a copy, 0 to 1" },
    min_words = { 8, "least words that a passage has in common" },
    mark = { false, "let copies stay, with the field copy_of" },
  },
  stages = function(options)
    return { pumice.dedup.against {
      index = options.index ~= "" and options.index or nil, add = options.add,
      aligned = options.aligned, min_words = options.min_words, mark = options.mark,
    } }
  end,
  examples = {
    {
      given = { text = "Against no index nothing is a copy." },
      keeps = true,
    },
    {
      given = {
        { id = "monday", text = "The council has voted to repair the old lighthouse, "
          .. "which lost its lamp in the storm of last November." },
        { id = "tuesday", text = "Good news. The council has voted to repair the old lighthouse, "
          .. "which lost its lamp in the storm of November." },
        { id = "wednesday", text = "The herring season opens late this year, say fishermen, "
          .. "who blame the cold spring and hope for the summer." },
      },
      options = { add = true },
      keeps = { "monday", "wednesday" },
    },
    {
      given = {
        { id = "a", text = "The council has voted to repair the old lighthouse, "
          .. "which lost its lamp in the storm of last November." },
        { id = "b", text = "The council has voted to repair the old lighthouse, "
          .. "which lost its lamp in the storm of last November." },
      },
      options = { add = true, mark = true },
      gives = { b = { copy_of = "a" } },
    },
  },
}
