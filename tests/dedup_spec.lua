local dedup = require "pumice.dedup"

--- Texts by rote: sentences of words that no other topic has.
local function story(topic, sentences)
  local list = {}
  for i = 1, sentences or 12 do
    local words = {}
    for j = 1, 12 do words[j] = ("%s%d"):format(topic, i * 100 + j) end
    list[i] = table.concat(words, " ") .. "."
  end
  return list
end

local function text(sentences) return table.concat(sentences, "\n") end

--- Every k-th word changed.
local function edited(sentences, k)
  local n = 0
  return (text(sentences):gsub("%w+", function(word)
    n = n + 1
    return n % k == 0 and word .. "x" or nil
  end))
end

local ids = require("made_corpus").ids

local both = { "reuse", "near" }

for _, kind in ipairs(both) do
  describe("dedup." .. kind, function()
    local wire = story("harbour")
    local function docs()
      return {
        { id = "a", outlet = "one", date = "2024-03-01", text = edited(wire, 20), rank = 1 },
        { id = "b", outlet = "two", date = "2024-03-03", rank = "low",
          text = "Our own first line\0 stands here.\n" .. text(wire) },
        { id = "c", outlet = "three", date = "2024-03-02", text = text(story("herring")) },
        { id = "d", outlet = "three", text = edited(wire, 25) .. "\u{FFFD}\u{200B}", rank = "2" },
      }
    end

    local rules = {
      -- rule, who stays, who goes as a copy of whom
      { "longest", { "b", "c" }, "b" },
      { "first", { "a", "c" }, "a" },
      { "newest", { "b", "c" }, "b" },
      { "cleanest", { "a", "c" }, "a" },
      { function(members)
        for i, member in ipairs(members) do if member.outlet == "three" then return i end end
        return 1
      end, { "c", "d" }, "d" },
    }
    for _, case in ipairs(rules) do
      local rule, stay, kept_id = table.unpack(case)
      it("keeps by " .. (type(rule) == "string" and rule or "a function"), function()
        local kept, dropped = dedup.apply(dedup[kind] { keep = rule }, docs())
        assert.same(stay, ids(kept))
        assert.equal(2, #dropped)
        for _, line in ipairs(dropped) do
          assert.equal("copy", line.reason)
          assert.equal(kept_id, line.copy_of)
          assert.is_true(line.value >= line.limit)
        end
      end)
    end

    local ranked = {
      -- rule, who stays when `rank` goes before it
      { "first", "d" }, { "longest", "d" }, { "newest", "d" },
      { function(members)
        for i, member in ipairs(members) do if member.priority == 1 then return i end end
      end, "a" },
    }
    for _, case in ipairs(ranked) do
      it("keeps the highest number of a field before " .. tostring(case[1]):match "^%a+", function()
        local kept, dropped = dedup.apply(dedup[kind] { keep = case[1], priority = "rank" }, docs())
        table.sort(kept, function(x, y) return x.id < y.id end)
        assert.same({ 2, 2, case[2] }, { #kept, #dropped, dropped[1].copy_of })
      end)
    end

    it("lets the rule decide where the field has no number or the same", function()
      local all = docs()
      for _, doc in ipairs(all) do doc.rank = 3 end
      assert.same({ "b", "c" }, ids(dedup.apply(dedup[kind] { priority = "rank" }, all)))
      assert.same({ "b", "c" }, ids(dedup.apply(dedup[kind] { priority = "nothing" }, docs())))
    end)

    it("keeps none of a group when told so, each with the evidence", function()
      local kept, dropped = dedup.apply(dedup[kind] { keep = "none" }, docs())
      assert.same({ "c" }, ids(kept))
      assert.same({ "a", "b", "d" }, ids(dropped))
      for i, line in ipairs(dropped) do
        assert.equal(i == 2 and "a" or "b", line.copy_of)
        assert.is_true(line.value >= line.limit)
        assert.is_true(#line.passages > 0)
      end
      local same = {}
      for i = 1, 12 do same[i] = { id = i, text = text(wire) } end
      kept, dropped = dedup.apply(dedup[kind] { keep = "none" }, same)
      assert.same({ 0, 12, 2 }, { #kept, #dropped, dropped[1].copy_of })
    end)

    it("gives both sides the evidence", function()
      local all = docs()
      local kept, dropped = dedup.apply(dedup[kind](), all)
      local copies = kept[1].copies
      assert.same({ "a", "d" }, ids(copies))
      for i, copy in ipairs(copies) do
        local line = dropped[i]
        assert.equal(copy.id, line.id)
        assert.equal(copy.jaccard, line.jaccard)
        assert.equal(copy.contained, line.contains)
        assert.equal(copy.contains, line.contained)
        assert.is_true(copy.aligned > 0.5 and line.aligned > copy.aligned)
        assert.is_true(#copy.passages > 0)
        assert.equal(#copy.passages, #line.passages)
        local ours, theirs = copy.passages[1], line.passages[1]
        assert.same({ ours.first, ours.last }, { theirs.their_first, theirs.their_last })
        assert.matches("^harbour101 ", kept[1].text:sub(ours.first, ours.last))
        local copied = all[copy.id == "a" and 1 or 4]
        assert.matches("^harbour101 ", copied.text:sub(theirs.first, theirs.last))
      end
    end)

    it("marks copies and drops none when all stay", function()
      local kept, dropped = dedup.apply(dedup[kind] { keep = "all" }, docs())
      assert.same({ "a", "b", "c", "d" }, ids(kept))
      assert.same({}, dropped)
      assert.equal("b", kept[1].copy_of)
      assert.is_nil(kept[2].copy_of)
      assert.is_nil(kept[3].copy_of)
      assert.same({ "a", "d" }, ids(kept[2].copies))
    end)

    it("finds the same groups in any order", function()
      local function groups(list)
        local of = {}
        local _, dropped = dedup.apply(dedup[kind](), list)
        for _, line in ipairs(dropped) do of[line.id] = line.copy_of end
        return of
      end
      local all = docs()
      assert.same(groups(docs()), groups { all[4], all[2], all[3], all[1] })
    end)

    it("adds to the copies that a document has", function()
      local all = docs()
      all[2].copies = { { id = "before" } }
      local kept = dedup.apply(dedup[kind](), all)
      assert.same({ "before", "a", "d" }, ids(kept[1].copies))
    end)

    it("leaves short, empty and wordless documents alone, but for true copies", function()
      local kept, dropped = dedup.apply(dedup[kind](), {
        { id = 1, text = "" }, { id = 2, text = "" }, { id = 3, text = "?!" },
        { id = 4, text = "one" }, { id = 5, text = "two" }, { id = 6, text = "one two three four" },
      })
      assert.same({ 1, 2, 3, 4, 5, 6 }, ids(kept))
      assert.same({}, dropped)
    end)

    it("names documents without an id by their number", function()
      local kept = dedup.apply(dedup[kind](), { { text = text(wire) }, { text = text(wire) } })
      assert.same({ 2 }, ids(kept[1].copies))
    end)

    it("refuses what it does not know", function()
      assert.error_matches(function() dedup[kind] { keep = "lonegst" } end,
        "unknown keep rule 'lonegst', did you mean 'longest'%?")
      assert.error_matches(function() dedup[kind] { kep = "first" } end, "did you mean 'keep'")
      assert.error_matches(function()
        dedup.apply(dedup[kind] { keep = function() return 7 end }, docs())
      end, "keep returns the place of one of 3 members, not 7")
      for _, option in ipairs { "n", "min_words", "repeats" } do
        assert.error_matches(function() dedup[kind] { [option] = 0 } end,
          ("^option '%s' is a whole number, .*, not 0"):format(option))
      end
      assert.error_matches(function() dedup.apply(dedup.decontaminate(), {}) end,
        "dedup.apply runs a cluster")
      local measure = kind == "near" and "jaccard" or "aligned"
      for _, value in ipairs { 40, -1, "0.4" } do
        assert.error_matches(function() dedup[kind] { [measure] = value } end,
          "option '" .. measure .. "' is a ")
      end
      assert.has_error(function() dedup.apply(dedup[kind](), { { id = 1 } }) end)
    end)
  end)
end

describe("dedup.reuse", function()
  it("finds a story inside a longer one, which near does not", function()
    local short = story("lamp", 6)
    local docs = {
      { id = "brief", text = text(short) },
      { id = "roundup", text = text(story("tide", 20)) .. "\n" .. text(short) },
    }
    assert.same({ "roundup" }, ids(dedup.apply(dedup.reuse(), docs)))
    assert.same({ "brief", "roundup" }, ids(dedup.apply(dedup.near(), docs)))
  end)

  it("does not drop a document for the small part of it that stays elsewhere", function()
    local short = story("lamp", 6)
    local docs = {
      { id = "brief", text = text(short) },
      { id = "roundup", text = text(story("tide", 20)) .. "\n" .. text(short) },
    }
    assert.same({ "brief", "roundup" }, ids(dedup.apply(dedup.reuse { keep = "first" }, docs)))
  end)

  it("takes no frame for a copy, and no story for a frame", function()
    local frame = text(story("newsletter", 8))
    local wire = text(story("wire", 8))
    local docs = {}
    for i = 1, 20 do
      docs[#docs + 1] = { id = "own" .. i, outlet = "gazette",
        text = text(story("own" .. i .. "x", 8)) .. "\n" .. frame }
      docs[#docs + 1] = { id = "wire" .. i, outlet = "outlet" .. i,
        text = text(story("outlet" .. i .. "x", 2)) .. "\n" .. wire }
    end
    local kept, dropped = dedup.apply(dedup.reuse { keep = "first" }, docs)
    assert.equal(21, #kept)
    assert.equal(19, #dropped)
    for _, line in ipairs(dropped) do assert.equal("wire1", line.copy_of) end
  end)

  for _, kind in ipairs(both) do
    it("keeps a page whose own words are few beside its frame: dedup." .. kind, function()
      local top, bottom = text(story("menu", 20)), text(story("footer", 40))
      local docs = {}
      for i = 1, 40 do
        docs[i] = { id = i, outlet = "gazette",
          text = top .. "\n" .. text(story("own" .. i .. "x", 8)) .. "\n" .. bottom }
      end
      assert.equal(40, #dedup.apply(dedup[kind](), docs))
    end)

    it("drops many edited copies in one outlet: dedup." .. kind, function()
      local docs = {}
      for i = 1, 40 do
        docs[i] = { id = i, outlet = "gazette", text = edited(story("same", 60), 90 + i) }
      end
      assert.equal(1, #dedup.apply(dedup[kind](), docs))
    end)
  end

  it("finds many copies in one outlet: they are no frame", function()
    local docs = {}
    for i = 1, 30 do docs[i] = { id = i, outlet = "one", text = text(story("same", 10)) } end
    local kept = dedup.apply(dedup.reuse(), docs)
    assert.same({ 1 }, ids(kept))
    assert.equal(29, #kept[1].copies)
  end)

  it("calls nothing a copy of what it is unlike", function()
    local a, b, c = story("a", 6), story("b", 6), story("c", 6)
    local docs = {
      { id = "ab", text = text(a) .. "\n" .. text(b) },
      { id = "bc", text = text(b) .. "\n" .. text(c) },
      { id = "cd", text = text(c) .. "\n" .. text(story("d", 6)) },
    }
    local kept, dropped = dedup.apply(dedup.reuse { keep = "first" }, docs)
    assert.same({ "ab", "cd" }, ids(kept))
    assert.same({ "bc" }, ids(dropped))
  end)
end)

describe("dedup.near on texts of few words", function()
  it("finds two that have one shingle of three in common", function()
    local links = dedup.links(dedup.near(), {
      { id = 1, text = "factorial of number where" },
      { id = 2, text = "factorial of number here" },
      { id = 3, text = "nothing of number where" },
    })
    assert.equal(2, #links)
    assert.equal(1 / 3, links[1].evidence.jaccard)
  end)
end)
