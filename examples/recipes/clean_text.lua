--- Repairs the characters of a text and cuts what is not its own.
---
---   pumice run clean_text pages/*.txt -o clean.jsonl
local pumice = require "pumice"
local clean, token = pumice.clean, pumice.token

return pumice.recipe {
  summary = "Repair characters and cut boilerplate",
  options = {
    boilerplate = { true, "cut sign-up boxes, appeals, captions and navigation" },
    min_words = { 1, "drop documents with fewer words" },
  },
  stages = function(options)
    local stages = { clean.repair() }
    if options.boilerplate then stages[#stages + 1] = clean.boilerplate { per = false } end
    stages[#stages + 1] = function(doc)
      local words = #token.words(doc.text)
      if words < options.min_words then
        return nil, "too short", { value = words, limit = options.min_words }
      end
      return doc
    end
    return stages
  end,
  examples = {
    {
      given = { text = "A\u{200B} word\r\nand\u{FEFF} another" },
      options = { boilerplate = false },
      gives = { text = "A word\nand another" },
    },
    {
      given = {
        text = "The bridge will close in April, the county said on Monday.\n\n"
          .. "Subscribe to our newsletter",
      },
      gives = { text = "The bridge will close in April, the county said on Monday." },
    },
    { given = { text = " " }, drops = "too short" },
  },
}
