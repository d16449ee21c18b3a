--- Quotations with their speakers: DATA/quotes, news.
local extract = require "pumice.extract"
local figures = require "figures"
local json = require "pumice.json"
local scorer = require "score.scorer"

local function answer(row)
  local quotes = json.array()
  for i, quote in ipairs(extract.quotes(row.text)) do
    quotes[i] = {
      text = quote.text, speaker = quote.speaker,
      start = utf8.len(row.text, 1, quote.first) - 1, ["end"] = utf8.len(row.text, 1, quote.last),
    }
  end
  return { quotes = quotes }
end

return function(data, split)
  local said = scorer.run({ data = data, area = "quotes", split = split, file = "news.jsonl",
    arguments = "news" }, answer)
  return {
    figures.figure { name = "quotes: found", unit = "F1", at_least = 0.97,
      value = scorer.number(said, "quotes .- F1") },
    figures.figure { name = "quotes: right speaker", unit = "share", at_least = 0.72,
      value = scorer.number(said, "speaker .- right") },
    figures.figure { name = "quotes: found with the right speaker", unit = "F1", at_least = 0.72,
      value = scorer.number(said, "both .- F1") },
  }
end
