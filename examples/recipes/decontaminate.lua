--- Drops documents that hold a part of a test set.
---
---   pumice run decontaminate --tests questions.jsonl pages.jsonl -o clean.jsonl
---
--- Source: Brown et al. 2020 (GPT-3), appendix C: 13 words in a row.
local pumice = require "pumice"

return pumice.recipe {
  summary = "Drop documents that hold a part of a test set",
  options = {
    tests = { "", "file or folder of tests, in any form that is read", path = true },
    field = { "text", "the field of a test that is its text" },
    n = { 13, "words in a row that a document shares with a test" },
    mark = { false, "list the tests in the field tests, drop nothing" },
  },
  stages = function(options)
    return { pumice.dedup.decontaminate {
      tests = options.tests ~= "" and options.tests or nil, field = options.field,
      n = options.n, mark = options.mark,
    } }
  end,
  examples = {
    { given = { text = "Without tests, all documents stay." }, keeps = true },
  },
}
