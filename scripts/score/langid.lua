--- The language of sentences, word pairs and single words in 75 languages, as
--- DATA/langid/score.py counts: the mean over languages of the share right.
local figures = require "figures"
local json = require "pumice.json"
local language = require "pumice.language"

--- CLD2 over the languages it knows, as the README there has it.
local PEERS = {
  dev = { sentences = 0.9498, ["word-pairs"] = 0.711, ["single-words"] = 0.349 },
  heldout = { sentences = 0.9407, ["word-pairs"] = 0.673, ["single-words"] = 0.342 },
}
--- The languages of most of the web.
local LARGE = "ar cs de el en es fa fr hi id it ja ko nl pl pt ru tr uk vi zh"

local function set(list)
  local is = {}
  for word in list:gmatch "%S+" do is[word] = true end
  return is
end

--- "zh-Hant" counts as "zh", and "no" for both of its written forms.
local function is_right(code, gold)
  local main = code and code:match "^%a+"
  return main == gold or main == "no" and (gold == "nb" or gold == "nn")
end

--- The mean over the languages, of `only` when given; and how many there are.
local function mean(right, count, only)
  local sum, n = 0, 0
  for code, total in pairs(count) do
    if not only or only[code] then sum, n = sum + (right[code] or 0) / total, n + 1 end
  end
  return sum / n, n
end

--- How far what was said of answers is from how often they were right, for
--- texts in the languages that are known at all, in ten steps of confidence.
local function calibration(answers, known)
  local bins = {}
  for _, answer in ipairs(answers) do
    if known[answer.lang] then
      local bin = math.min(9, answer.confidence * 10 // 1)
      bins[bin] = bins[bin] or { said = 0, right = 0, n = 0 }
      local b = bins[bin]
      b.said, b.right, b.n = b.said + answer.confidence, b.right + answer.ok, b.n + 1
    end
  end
  local off, all = 0, 0
  for bin = 0, 9 do
    local b = bins[bin]
    if b then
      off, all = off + math.abs(b.said - b.right), all + b.n
      io.stderr:write(("said %.2f  right %.2f  of %d\n"):format(b.said / b.n, b.right / b.n, b.n))
    end
  end
  return off / all
end

return function(data, split)
  local peer = assert(PEERS[split], "SPLIT is dev or heldout")
  local right, count, answered, answers = {}, {}, {}, {}
  local path = ("%s/langid/%s/text.jsonl"):format(data, split)
  for line in io.lines(path) do
    local row = json.decode(line)
    local code, confidence = language.detect(row.text)
    local ok = is_right(code, row.lang) and 1 or 0
    local kind, lang = row.kind, row.lang
    right[kind], count[kind] = right[kind] or {}, count[kind] or {}
    right[kind][lang] = (right[kind][lang] or 0) + ok
    count[kind][lang] = (count[kind][lang] or 0) + 1
    if code then
      answered[code:match "^%a+"] = true
      answers[#answers + 1] = { lang = lang, confidence = confidence, ok = ok }
    end
  end
  answered.nb, answered.nn = answered.no, answered.no

  local list = {}
  for _, kind in ipairs { "sentences", "word-pairs", "single-words" } do
    local value, n = mean(right[kind], count[kind], answered)
    list[#list + 1] = figures.figure { name = ("langid: %s, %d languages"):format(kind, n),
      value = value, unit = "share", peer = "CLD2", peer_value = peer[kind], at_least = 1 }
  end
  list[#list + 1] = figures.figure { name = "langid: sentences, 21 large languages",
    value = (mean(right.sentences, count.sentences, set(LARGE))), unit = "share", at_least = 0.97 }
  list[#list + 1] = figures.figure { name = "langid: sentences, all 75 languages",
    value = (mean(right.sentences, count.sentences)),
    unit = "share" }

  list[#list + 1] = figures.figure { name = "langid: confidence off by, on average",
    value = calibration(answers, answered), unit = "share" }
  return list
end
