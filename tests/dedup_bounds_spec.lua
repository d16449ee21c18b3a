--- Corpora made to cost: pairs to compare stay linear in the documents, and what
--- is found stays right.
local dedup = require "pumice.dedup"

local function sentence(topic, from, count)
  local words = {}
  for i = 1, count do words[i] = ("%s%d"):format(topic, from + i) end
  return table.concat(words, " ") .. ". "
end

local function repeated(count, make)
  local docs = {}
  for i = 1, count do docs[i] = make(i) end
  return docs
end

--- Pairs that the barrier would have compared.
local function pairs_of(cluster, docs)
  local sketches = {}
  for i, doc in ipairs(docs) do sketches[i] = cluster.sketch(doc) end
  return cluster.pairs(sketches)
end

local function ids(docs)
  local list = {}
  for i, doc in ipairs(docs) do list[i] = doc.id end
  table.sort(list)
  return list
end

local COUNT = 3000
local kinds = { near = dedup.near, reuse = dedup.reuse }

for kind, new in pairs(kinds) do
  describe("dedup." .. kind .. " is bounded on", function()
    it("one text many times: a single comparison", function()
      local docs = repeated(COUNT, function(i) return { id = i, text = sentence("a", 0, 200) } end)
      assert.equal(1, #pairs_of(new(), docs))
      local kept, dropped = dedup.apply(new(), docs)
      assert.same({ 1 }, ids(kept))
      assert.equal(COUNT - 1, #dropped)
      assert.equal(1000, #kept[1].copies) -- it stays a document of a size
      assert.equal(COUNT - 1 - 1000, kept[1].more_copies)
      assert.equal(1.0, dropped[COUNT - 1].jaccard)
    end)

    it("a few texts many times, from many outlets", function()
      local docs = repeated(COUNT, function(i)
        return { id = i, outlet = "o" .. i, text = sentence("a" .. i % 10 .. "x", 0, 200) }
      end)
      assert.equal(10, #pairs_of(new(), docs))
      assert.equal(10, #dedup.apply(new(), docs))
    end)

    it("one text many times with a word changed", function()
      local docs = repeated(COUNT, function(i)
        return { id = i, outlet = "o" .. i, text = sentence("a", 0, 200) .. "Number " .. i }
      end)
      assert.is_true(#pairs_of(new(), docs) < 10 * COUNT)
      assert.equal(1, #dedup.apply(new(), docs))
    end)

    it("near copies of a text that stands in longer ones too", function()
      local notice = sentence("a", 0, 30)
      local docs = repeated(40, function(i)
        if i % 4 == 0 then
          return { id = i, outlet = "o" .. i,
            text = sentence("b" .. i .. "x", 0, 60) .. notice .. sentence("c" .. i .. "x", 0, 60) }
        end
        return { id = i, outlet = "o" .. i, text = notice .. "Number " .. i }
      end)
      local kept = ids(dedup.apply(new(), docs))
      assert.is_true(#kept <= 11, #kept .. " stay")
    end)

    it("a template on every page of an outlet", function()
      local docs = repeated(COUNT, function(i)
        return { id = i, outlet = "gazette",
          text = sentence("menu", 0, 100) .. sentence("story" .. i .. "x", 0, 100) }
      end)
      assert.equal(0, #pairs_of(new(), docs))
    end)

    it("a template that is most of every page of an outlet: no story goes with it", function()
      local docs = repeated(COUNT, function(i)
        return { id = i, outlet = "gazette",
          text = sentence("menu", 0, 140) .. sentence("story" .. i .. "x", 0, 60) }
      end)
      assert.is_true(#dedup.apply(new(), docs) > 0.99 * COUNT)
    end)

    it("one shingle in every document", function()
      local docs = repeated(COUNT, function(i)
        return { id = i, outlet = "o" .. i % 7,
          text = sentence("story" .. i .. "x", 0, 60) .. "all rights reserved" }
      end)
      assert.is_true(#pairs_of(new(), docs) < 2 * COUNT)
      assert.equal(COUNT, #dedup.apply(new(), docs))
    end)

    it("documents without a word, which stay", function()
      local docs = repeated(COUNT, function(i)
        return { id = i, text = i % 2 == 0 and "" or "?!" }
      end)
      assert.equal(0, #pairs_of(new(), docs))
      assert.equal(COUNT, #dedup.apply(new(), docs))
    end)

    it("documents of one word", function()
      local docs = repeated(COUNT, function(i) return { id = i, text = "word" .. i % 100 } end)
      assert.equal(100, #pairs_of(new(), docs))
    end)
  end)
end

describe("documents with one text and others like it", function()
  local wire = sentence("wire", 0, 200)

  --- Twenty with one text; a longer one, a later one and a shorter one like it.
  local function docs()
    local list = repeated(20, function(i)
      return { id = i, outlet = "o" .. i, date = "2024-01-" .. 10 + i, text = wire }
    end)
    list[21] = { id = 21, outlet = "long", date = "2024-01-01",
      text = wire .. sentence("b", 0, 30) }
    list[22] = { id = 22, outlet = "late", date = "2024-12-31", text = wire:sub(1, -50) }
    return list
  end

  local rules = {
    { "longest", 21 },
    { "newest", 22 },
    { "first", 1 },
    { function(members)
      for place, member in ipairs(members) do if member.outlet == "o7" then return place end end
      return 1
    end, 7 },
  }
  for _, case in ipairs(rules) do
    local rule, stays = table.unpack(case)
    it("leave one, chosen by " .. (type(rule) == "string" and rule or "a function"), function()
      local kept, dropped = dedup.apply(dedup.near { keep = rule }, docs())
      assert.same({ stays }, ids(kept))
      assert.equal(21, #kept[1].copies)
      local text_of = {}
      for _, doc in ipairs(docs()) do text_of[doc.id] = doc.text end
      for _, line in ipairs(dropped) do
        assert.equal(stays, line.copy_of)
        local same = text_of[line.id] == text_of[stays]
        assert.equal(same, line.jaccard == 1.0)
        local last = line.passages[#line.passages]
        assert.is_true(last.last <= #text_of[line.id] and last.their_last <= #text_of[stays])
      end
    end)
  end

  it("all stay, and say what they are copies of", function()
    local kept, dropped = dedup.apply(dedup.near { keep = "all" }, docs())
    assert.equal(22, #kept)
    assert.equal(0, #dropped)
    assert.equal(21, kept[3].copy_of)
  end)
end)
