--- Keeps the newest document of each URL.
---
---   pumice run newest_per_url crawl.jsonl.gz -o newest.jsonl --dropped older.jsonl
---
--- A group: all documents with one URL meet. Of two with one date the first in
--- the input stays; documents without a URL pass.
local pumice = require "pumice"

return pumice.recipe {
  summary = "Keep the newest document of each URL",
  options = {
    date = { "date", "the field to compare; ISO 8601 dates compare as text" },
  },
  stages = function(options)
    return {
      pumice.group {
        name = "newest of a URL",
        key = function(doc) return doc.url end,
        each = function(docs)
          local newest = docs[1]
          for _, doc in ipairs(docs) do
            if (doc[options.date] or "") > (newest[options.date] or "") then newest = doc end
          end
          return { newest }, "older", { copy_of = pumice.stage.id_of(newest) }
        end,
      },
    }
  end,
  examples = {
    {
      given = {
        { id = "a", url = "https://example.org/1", date = "2024-03-11" },
        { id = "b", url = "https://example.org/2", date = "2024-03-01" },
        { id = "c", url = "https://example.org/1", date = "2024-03-12" },
        { id = "d" },
      },
      keeps = { "c", "b", "d" },
    },
    {
      given = {
        { id = "a", url = "https://example.org/1" },
        { id = "b", url = "https://example.org/1", date = "2023" },
      },
      drops = { a = "older" },
    },
  },
}
