--- Fits the weights of clean.boilerplate to labelled pages.
---
---   make && lua5.4 scripts/fit_clean.lua FOLDER [FOLDS]
---
--- FOLDER has articles.jsonl.gz and pages.jsonl.gz with rows {id, page, text}, and
--- the same names with .gold.jsonl.gz with rows {page, text}: what of the page is
--- the story. Without FOLDS it writes lua/pumice/clean/weights.lua. With FOLDS
--- (say 4) it writes nothing, fits to all pages but one part and measures that
--- part, for each of the parts, and prints the precision, recall and F1 of 4-word
--- shingles over all of them.
---
--- A block is story when half of its 4-word shingles are in the gold text. The
--- model is a logistic regression, fitted by AdaGrad (Duchi et al. 2011); an
--- error costs what it costs of its page: the words of the block by those of the
--- gold text. Titles are left out, as some gold texts have them and some do not.
package.path = "lua/?.lua;lua/?/init.lua;" .. package.path
package.cpath = "build/lib/?.so;" .. package.cpath

local core = require "pumice.core".block
local cues = require "pumice.clean.cues"
local json = require "pumice.json"
local judge = require "pumice.clean.judge"

local epochs, rate, decay = 8, 0.08, 1e-4

local function rows(path)
  local pipe = assert(io.popen(("zcat '%s'"):format(path)))
  return function()
    local line = pipe:read("l")
    if line then return assert(json.decode(line)) end
    pipe:close()
  end
end

local function words_of(text)
  local words = {}
  -- Dashes, quotation marks and signs part words as blanks do.
  text = text:gsub("\xE2\x80[\x90-\xBF]", " "):gsub("\xC2[\xA0-\xBF]", " ")
  for word in text:gmatch("[%w_\x80-\xFF]+") do
    words[#words + 1] = word
  end
  return words
end

--- Shingle -> how often, and how many in all.
local function shingles(words)
  local counts, total = {}, 0
  for i = 1, math.max(#words - 3, #words > 0 and 1 or 0) do
    local shingle = table.concat(words, " ", i, math.min(i + 3, #words))
    counts[shingle], total = (counts[shingle] or 0) + 1, total + 1
  end
  return counts, total
end

local function is_story(words, gold, run)
  if #words < 4 then
    return #words > 0 and run:find(" " .. table.concat(words, " ") .. " ", 1, true) ~= nil
  end
  local counts, total = shingles(words)
  local found = 0
  for shingle, n in pairs(counts) do
    if gold[shingle] then found = found + n end
  end
  return found * 2 >= total
end

--- A title stands over the first long block of the story and has no cues.
local function leave_out_title(example)
  local first = 1
  while first <= #example.story
    and not (example.story[first] and #example.words[first] >= 8) do
    first = first + 1
  end
  if first > #example.story then return end
  for i = math.max(1, first - 8), first - 1 do
    local n = #example.words[i]
    if not example.story[i] and n >= 4 and n <= 30
      and example.page.columns.mask[i] & cues.strong == 0 then
      example.cost[i] = 0
    end
  end
end

local function read_example(row, gold_text)
  local gold_words = words_of(gold_text)
  local gold, total = shingles(gold_words)
  local run = " " .. table.concat(gold_words, " ") .. " "
  local page, against = judge.read(row.text)
  local example = {
    name = row.page, page = page, text = row.text, gold = gold, total = total,
    story = {}, cost = {}, words = {}, features = {},
  }
  local first, last = page.columns.first, page.columns.last
  for i = 1, page.count do
    local words = words_of(row.text:sub(first[i], last[i]))
    example.words[i] = words
    example.story[i] = is_story(words, gold, run)
    example.cost[i] = math.max(0.05, math.min(4, 20 * #words / math.max(#gold_words, 100)))
    example.features[i] = page.columns[1]:features(i, against)
  end
  leave_out_title(example)
  return example
end

local function read_set(folder, set)
  local gold, examples = {}, {}
  for row in rows(("%s/%s.gold.jsonl.gz"):format(folder, set)) do gold[row.page] = row.text end
  for row in rows(("%s/%s.jsonl.gz"):format(folder, set)) do
    examples[#examples + 1] = read_example(row, gold[row.page])
    examples[#examples].set = set
  end
  return examples
end

local function learn(example, weights, squares)
  for i, features in ipairs(example.features) do
    local sum = 0
    for j = 1, #features do sum = sum + weights[features[j]] end
    local wrong = (1 / (1 + math.exp(-sum)) - (example.story[i] and 1 or 0)) * example.cost[i]
    if math.abs(wrong) > 1e-3 then
      for j = 1, #features do
        local f = features[j]
        local slope = wrong + decay * weights[f]
        squares[f] = squares[f] + slope * slope
        weights[f] = weights[f] - rate * slope / math.sqrt(squares[f])
      end
    end
  end
end

local function fit(examples)
  local size = 0
  for _, group in ipairs(core.groups()) do size = size + group.size end
  local weights, squares, order = {}, {}, {}
  for i = 1, size do weights[i], squares[i] = 0, 1e-2 end
  for i = 1, #examples do order[i] = i end
  math.randomseed(7)
  for _ = 1, epochs do
    for i = #order, 2, -1 do
      local j = math.random(i)
      order[i], order[j] = order[j], order[i]
    end
    for _, i in ipairs(order) do learn(examples[i], weights, squares) end
  end
  return weights
end

--- weights.lua: a row a group, numbers as short as two decimals allow.
local function spell(weights)
  local out, at = {
    "--- What each feature of a block says (src/text/story.c): over 0 for the story,",
    "--- under 0 against it, in natural logarithms of the odds. A row a group of",
    "--- features. Written by scripts/fit_clean.lua.",
    "return {",
  }, 0
  for _, group in ipairs(core.groups()) do
    out[#out + 1] = ("  %s = {"):format(group.name)
    local line = "   "
    for i = 1, group.size do
      local number = (" %g,"):format(math.floor(weights[at + i] * 100 + 0.5) / 100)
      if #line + #number > 98 then
        out[#out + 1] = line
        line = "   "
      end
      line = line .. number
    end
    out[#out + 1] = line
    out[#out + 1] = "  },"
    at = at + group.size
  end
  out[#out + 1] = "}\n"
  return table.concat(out, "\n")
end

--- The weights as judge takes them.
local function rows_of(weights)
  local by_name, at = {}, 0
  for _, group in ipairs(core.groups()) do
    by_name[group.name] = table.move(weights, at + 1, at + group.size, 1, {})
    at = at + group.size
  end
  return by_name
end

local function score(example)
  local page = judge.page(example.text)
  local kept = {}
  for i, keep in ipairs(judge.decide(page)) do
    if keep then table.move(example.words[i], 1, #example.words[i], #kept + 1, kept) end
  end
  local counts, total = shingles(kept)
  local right = 0
  for shingle, n in pairs(counts) do
    right = right + math.min(n, example.gold[shingle] or 0)
  end
  return total > 0 and right / total or nil, example.total > 0 and right / example.total or nil
end

local function part_of(name, parts)
  local hash = 0
  name = name:match("[^/]+$")
  for i = 1, #name do hash = (hash * 31 + name:byte(i)) & 0xffffff end
  return hash % parts
end

local function cross_validate(examples, parts)
  local sums = {}
  for part = 0, parts - 1 do
    local rest = {}
    for _, example in ipairs(examples) do
      if part_of(example.name, parts) ~= part then rest[#rest + 1] = example end
    end
    judge.weigh_by(rows_of(fit(rest)))
    for _, example in ipairs(examples) do
      if part_of(example.name, parts) == part then
        local sum = sums[example.set] or { p = 0, ps = 0, r = 0, rs = 0 }
        sums[example.set] = sum
        local p, r = score(example)
        if p then sum.p, sum.ps = sum.p + p, sum.ps + 1 end
        if r then sum.r, sum.rs = sum.r + r, sum.rs + 1 end
      end
    end
  end
  for set, sum in pairs(sums) do
    local p, r = sum.p / sum.ps, sum.r / sum.rs
    print(("%-10s P %.4f  R %.4f  F1 %.4f"):format(set, p, r, 2 * p * r / (p + r)))
  end
end

local folder, parts = arg[1], tonumber(arg[2])
if not folder then
  io.stderr:write("usage: lua5.4 scripts/fit_clean.lua FOLDER [FOLDS]\n")
  os.exit(2)
end
local examples = read_set(folder, "articles")
for _, example in ipairs(read_set(folder, "pages")) do examples[#examples + 1] = example end
if parts then
  cross_validate(examples, parts)
else
  local file = assert(io.open("lua/pumice/clean/weights.lua", "w"))
  assert(file:write(spell(fit(examples))))
  assert(file:close())
end
