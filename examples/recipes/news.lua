--- Scraped news in, one clean copy of each story out.
---
---   pumice run news pages/ -o stories.jsonl --dropped copies.jsonl
---
--- Cuts what is not the story, finds pages that tell one story by the passages
--- they share, keeps one of them with the evidence, and lists who said what.
local pumice = require "pumice"
local clean, dedup, extract, token = pumice.clean, pumice.dedup, pumice.extract, pumice.token

return pumice.recipe {
  summary = "Clean scraped news, find rewrites of one story, list who said what",
  options = {
    min_words = { 20, "drop documents with fewer words" },
    keep = { "longest", "which copy stays: longest, first, newest, cleanest, all, none" },
    priority = { "", "a field: before keep decides, the copy with the highest number there stays" },
  },
  stages = function(options)
    return {
      clean.repair(),
      clean.boilerplate { per = "outlet" },
      {
        name = "length",
        each = function(doc)
          local words = #token.words(doc.text)
          if words < options.min_words then
            return nil, "too short", { value = words, limit = options.min_words }
          end
          return doc
        end,
      },
      dedup.reuse { keep = options.keep, priority = options.priority },
      extract.quotes(),
      extract.dates(),
      extract.links(),
    }
  end,
  examples = {
    { given = { text = "Page not found" }, drops = "too short" },
    {
      given = {
        date = "2024-03-12",
        text = [[
Bridge over the Orle to close for a year

The only bridge over the Orle at Venn will close on 1 April for repairs that take a year, the county said.

"We know what this means for the shops," said Ada Holm, the county engineer. "There is no cheaper way."

Sign up for our free newsletter

Buses will take the long way round by Karsk, which adds twenty minutes to the journey.]],
      },
      gives = {
        quotes = {
          { text = "We know what this means for the shops,", speaker = "Ada Holm", cue = "said" },
          { text = "There is no cheaper way.", speaker = "Ada Holm" },
        },
        dates = { { text = "1 April", value = "2024-04-01" } },
      },
    },
    {
      given = {
        {
          id = "north/1",
          text = "Ferry line to close in autumn\n\n"
            .. "The ferry that has joined Orle to the island of Brim for ninety years will close in "
            .. "October, its owner said on Monday. The boat carries forty thousand people a year.\n\n"
            .. "The islanders heard of it by letter. A meeting will be held in the island hall next "
            .. "week, and the county has been asked to pay for one more winter.",
        },
        {
          id = "south/7",
          text = "Islanders lose their boat\n\n"
            .. "The ferry that has joined Orle to the island of Brim for 90 years will close in "
            .. "October, its owner said on Monday. The boat carries forty thousand people a year.\n\n"
            .. "The islanders heard of it by letter. A meeting will be held in the island hall.",
        },
      },
      keeps = { "north/1" },
    },
    {
      given = {
        {
          id = "north/1",
          text = "Ferry line to close in autumn\n\n"
            .. "The ferry that has joined Orle to the island of Brim for ninety years will close in "
            .. "October, its owner said on Monday. The boat carries forty thousand people a year.",
        },
        {
          id = "south/7",
          text = "Ferry beats its own record\n\n"
            .. "The ferry between Orle and the mainland took an hour less than planned on its first "
            .. "trip of the year, and its captain gave the credit to the tide and to a new propeller.",
        },
      },
      keeps = { "north/1", "south/7" },
    },
  },
}
