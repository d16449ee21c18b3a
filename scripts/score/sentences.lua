--- Sentences: the Golden Rules and the English Web Treebank of DATA/sentences.
local figures = require "figures"
local scorer = require "score.scorer"
local token = require "pumice.token"

--- The languages of the data.
local RULES = {
  amharic = "am", arabic = "ar", armenian = "hy", bulgarian = "bg", burmese = "my", chinese = "zh",
  danish = "da", dutch = "nl", english = "en", french = "fr", german = "de", greek = "el",
  hindi = "hi", italian = "it", japanese = "ja", kazakh = "kk", marathi = "mr", persian = "fa",
  polish = "pl", russian = "ru", slovak = "sk", spanish = "es", urdu = "ur",
}

local function answer(row)
  return { sentences = token.sentences(row.text, { rules = RULES[row.lang] or "en" }):strings() }
end

return function(data, split)
  local function run(set, more)
    return scorer.run({ data = data, area = "sentences", split = split, file = set .. ".jsonl",
      arguments = set .. (more or "") }, answer)
  end
  local english, all = run("golden", " --lang english"), run "golden"
  local ewt = run "ewt"
  return {
    figures.figure { name = "sentences: Golden Rules, English", unit = "share",
      value = scorer.number(english, "english%s+passed%s+%d+ /%s+%d+"), at_least = 0.95 },
    figures.figure { name = "sentences: Golden Rules, all languages", unit = "share",
      value = scorer.number(all, "all%s+passed%s+%d+ /%s+%d+") },
    figures.figure { name = "sentences: web treebank, boundaries", unit = "F1",
      value = scorer.number(ewt, "boundary%s+P [%d.]+%s+R [%d.]+%s+F1"), at_least = 0.87 },
  }
end
