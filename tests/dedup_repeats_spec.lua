local cuts = require "pumice.dedup.cuts"
local dedup = require "pumice.dedup"
local index = require "pumice.index"
local made = require "made_corpus"

local documents, ids, random = made.documents, made.ids, made.random(7)

describe("dedup.repeats", function()
  --- The bytes that repeat, by index.repeats over all texts at once.
  local function expected(docs, min, border)
    local texts, all = {}, {}
    for i, doc in ipairs(docs) do texts[i] = doc.text end
    for i, spans in ipairs(index.repeats(texts, { min = min, later = true })) do
      local list = {}
      for k, first, last in spans:each() do list[k] = { first, last } end
      all[i] = cuts.at_borders(texts[i], list, border)
    end
    return all
  end

  for _, border in ipairs { "word", "sentence" } do
    it("finds the bytes that all texts at once give, at borders of a " .. border, function()
      local docs = documents(11, 300, 80, 20)
      local all = expected(docs, 60, border)
      local kept = dedup.apply(dedup.repeats { min = 60, border = border, mark = true }, docs)
      local some = 0
      for i, doc in ipairs(kept) do
        local got = {}
        for k, range in ipairs(doc.repeats or {}) do got[k] = { range.first, range.last } end
        some = some + #got
        assert.same(all[i], got)
      end
      assert.is_true(some > 5)
    end)
  end

  it("names a document before that has the same", function()
    local docs = documents(12, 100)
    local texts = {}
    for i, doc in ipairs(docs) do texts[i] = doc.text end
    for i, doc in ipairs(dedup.apply(dedup.repeats { min = 60, mark = true }, docs)) do
      for _, range in ipairs(doc.repeats or {}) do
        assert.is_true(range.copy_of <= i)
        local part = texts[i]:sub(range.first, math.min(range.last, range.first + 20))
        assert.is_truthy(texts[range.copy_of]:find(part, 1, true))
      end
    end
  end)

  it("leaves one copy of what it cuts", function()
    local notice = "This is the notice that every page of the paper carries at its foot."
    local docs = {}
    for i = 1, 50 do docs[i] = { id = i, text = ("story%d %s %dtail"):format(i, notice, i) } end
    local kept = dedup.apply(dedup.repeats { min = 40 }, docs)
    assert.equal(docs[1].text, kept[1].text)
    for i = 2, 50 do
      assert.equal(("story%d %dtail"):format(i, i), kept[i].text)
    end
  end)

  it("drops what has nothing else", function()
    local text = ("no other words than these "):rep(10)
    local kept, dropped = dedup.apply(dedup.repeats(), { { id = 1, text = "x " .. text },
      { id = 2, text = text } })
    assert.same({ 1 }, ids(kept))
    assert.equal("repeated", dropped[1].reason)
    assert.same({ 1, 1 }, { dropped[1].value, dropped[1].limit })
    assert.equal(1, dropped[1].copy_of)
  end)

  it("takes 100 bytes at most for each of many ranges", function()
    local cluster, count = dedup.repeats(), 20000
    local function list_of(make)
      return setmetatable({}, { __len = function() return count end,
        __index = function(_, i) return i <= count and make(i) or nil end })
    end
    local sketches = list_of(function(i) return { id = "document " .. i } end)
    local links = list_of(function(i)
      return { a = 1, b = count + 1 - i, evidence = { i, i + 100 } }
    end)
    collectgarbage()
    local before = collectgarbage("count")
    local ranges_of = cluster.resolve(sketches, links)
    collectgarbage()
    local taken = (collectgarbage("count") - before) * 1024 / count
    assert.is_true(taken < 100, taken)
    assert.same({ { count, count + 100, "document 1" } }, ranges_of(1))
    assert.same({ { 1, 101, "document 1" } }, ranges_of(count))
    assert.is_nil(ranges_of(count + 1))
  end)

  it("says what is wrong", function()
    assert.error_matches(function() dedup.repeats { min = 3 } end, "16 to 65536, not 3")
    assert.error_matches(function() dedup.repeats { border = "words" } end, "did you mean 'word'")
  end)
end)

-- The stage sees two documents at a time at most, the index all of them: both
-- find the same bytes, which are those of a suffix array (repeats_test.c).

local function letters(count, alphabet)
  local list = {}
  for i = 1, count do list[i] = string.char(96 + random(alphabet)) end
  return table.concat(list)
end

--- What the stage finds in each text, as first-last.
local function by_stage(texts, min)
  local docs = {}
  for i, text in ipairs(texts) do docs[i] = { id = i, text = text } end
  local cluster = dedup.repeats { min = min }
  local links, sketches = dedup.links(cluster, docs)
  local ranges_of, found = cluster.resolve(sketches, links), {}
  for i in ipairs(texts) do
    local list = {}
    for k, range in ipairs(ranges_of(i) or {}) do
      list[k] = range[1] .. "-" .. range[2]
      assert(range[3] <= i)
    end
    found[i] = table.concat(list, " ")
  end
  return found
end

local function by_index(texts, min)
  local found = {}
  for i, spans in ipairs(index.repeats(texts, { min = min, later = true })) do
    local list = {}
    for _, first, last in spans:each() do list[#list + 1] = first .. "-" .. last end
    found[i] = table.concat(list, " ")
  end
  return found
end

local function check_same(texts, min)
  assert.same(by_index(texts, min), by_stage(texts, min))
end

describe("dedup.repeats finds what index.repeats does in", function()
  it("texts that share pieces", function()
    for round = 1, 60 do
      local min = 16 + random(40)
      local pieces, texts = {}, {}
      for i = 1, 6 do pieces[i] = letters(min - 8 + random(40), 26) end
      for i = 1, random(40) do
        local parts = {}
        for j = 1, random(6) do
          parts[j] = random(2) == 1 and pieces[random(6)] or letters(random(60), 26)
        end
        texts[i] = table.concat(parts)
      end
      assert.same(by_index(texts, min), by_stage(texts, min), "round " .. round)
    end
  end)

  it("texts of two letters, where all is frequent", function()
    for _ = 1, 15 do
      local texts = {}
      for i = 1, 30 do texts[i] = letters(random(400), 2) end
      check_same(texts, 16)
    end
  end)

  it("a phrase in many texts, with something else around it each time", function()
    local phrase, near, texts = letters(60, 26), letters(30, 26), {}
    for i = 1, 60 do
      local before = i % 3 == 0 and near:sub(-random(30)) or letters(random(80), 26)
      local after = i % 4 == 0 and near:sub(1, random(30)) or letters(random(80), 26)
      texts[i] = before .. phrase:sub(random(12), -random(12)) .. after
    end
    for _, min in ipairs { 30, 40, 50, 64, 90 } do check_same(texts, min) end
  end)

  it("a template on every page", function()
    local head, foot, texts = letters(300, 26), letters(200, 26), {}
    for i = 1, 80 do texts[i] = head .. letters(100 + random(200), 26) .. foot end
    check_same(texts, 100)
  end)

  it("runs of one letter, and periods", function()
    local texts = {}
    for i = 1, 40 do
      texts[i] = letters(random(5), 26) .. ("a"):rep(random(150)) .. ("xyz"):rep(random(60))
    end
    check_same(texts, 40)
  end)

  it("texts too short, empty, or alone", function()
    check_same({}, 20)
    check_same({ "" }, 20)
    check_same({ ("ab"):rep(50) }, 20)
    check_same({ "short", "short", "" }, 20)
  end)
end)

it("compares few pairs, however often a string stands", function()
  local texts, sketches = {}, {}
  local cluster = dedup.repeats()
  local template = letters(1000, 26)
  for i = 1, 2000 do
    texts[i] = template .. letters(50 + random(100), 26) .. template
    sketches[i] = cluster.sketch { id = i, text = texts[i] }
  end
  assert.is_true(#cluster.pairs(sketches) < 3 * #texts)
end)
