--- Lists who said what, and leaves the text as it is.
---
---   pumice run quotes articles.jsonl -o quotes.jsonl
local pumice = require "pumice"

return pumice.recipe {
  summary = "List the quotations of each document with their speakers",
  options = {
    only = { false, "drop documents without a quotation" },
  },
  stages = function(options)
    return {
      pumice.extract.quotes(),
      function(doc)
        if options.only and #doc.quotes == 0 then return nil, "no quotation" end
        return doc
      end,
    }
  end,
  examples = {
    {
      given = { text = '"We will rebuild," said Ada Holm, the county engineer.' },
      gives = { quotes = { { text = "We will rebuild,", speaker = "Ada Holm", cue = "said" } } },
    },
    {
      given = { text = "Mayor Jon Veld told reporters: “The bridge stays open.”" },
      gives = { quotes = { { text = "The bridge stays open.", speaker = "Jon Veld" } } },
    },
    { given = { text = "Nobody said a word." }, options = { only = true }, drops = "no quotation" },
  },
}
