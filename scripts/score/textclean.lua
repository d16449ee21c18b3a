--- Boilerplate in texts that stand alone: DATA/textclean.
local clean = require "pumice.clean"
local figures = require "figures"
local scorer = require "score.scorer"

local TARGETS = { articles = 0.945, pages = 0.86 }

return function(data, split)
  local list = {}
  for _, set in ipairs { "articles", "pages" } do
    local said = scorer.run({ data = data, area = "textclean", split = split,
      file = set .. ".jsonl.gz", arguments = set }, function(row)
      return { text = (clean.boilerplate(row.text)) }
    end)
    list[#list + 1] = figures.figure { name = "textclean: " .. set, unit = "F1",
      value = scorer.number(said, "all .- F1"), at_least = TARGETS[set] }
    list[#list + 1] = figures.figure { name = "textclean: words lost, " .. set, unit = "share",
      value = scorer.number(said, "all .- loss"), at_most = set == "articles" and 0.01 or nil }
  end
  return list
end
