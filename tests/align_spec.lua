local align = require "pumice.align"
local cpu_time = require "cpu_time"

local function words(text)
  local list = {}
  for word in text:lower():gmatch("%w+") do list[#list + 1] = word end
  return table.concat(list, " ")
end

describe("align.reuse", function()
  local first = "The council of the northern harbour has voted to repair the old lighthouse, "
    .. "which lost its lamp in the storm of last November, its chairman said on Friday."
  local second = "Fishermen who sail at night have long asked for the light to be lit again; "
    .. "two boats ran aground within sight of the harbour wall in January."

  it("finds a text in itself, whole", function()
    local found = align.reuse(first, first)
    assert.same({ { first = 1, last = #first - 1, their_first = 1, their_last = #first - 1 } },
      found.passages)
    assert.equal(1.0, found.aligned)
    assert.equal(1.0, found.jaccard)
  end)

  it("goes on over small edits, other quotes and other spellings", function()
    local edited = first:gsub("Friday", "Thursday night"):gsub("harbour", "harbor")
      :gsub("The council", "“The council”")
    local found = align.reuse(first, edited)
    assert.equal(1, #found.passages)
    local p = found.passages[1]
    assert.equal("The council” of", edited:sub(p.their_first, p.their_first + 16))
    assert.is_true(found.aligned > 0.9)
    assert.is_true(found.contained < 1)
  end)

  it("finds passages that have moved", function()
    local found = align.reuse(first .. "\n" .. second, second .. "\n" .. first)
    assert.equal(2, #found.passages)
    assert.is_true(found.passages[1].their_first > found.passages[2].their_first)
    assert.is_true(found.passages[1].last < found.passages[2].first)
  end)

  it("finds nothing in a text about the same thing", function()
    local found = align.reuse(first, second)
    assert.same({}, found.passages)
    assert.equal(0.0, found.aligned)
  end)

  it("says which text contains which", function()
    local found = align.reuse(first, first .. " " .. second)
    assert.equal(1.0, found.contained)
    assert.is_true(found.contains < 0.6)
    assert.equal(1.0, found.aligned)
    assert.is_true(found.their_aligned < 0.6)
  end)

  it("takes texts without words", function()
    for _, pair in ipairs { { "", "" }, { "", first }, { first, "!" } } do
      local found = align.reuse(pair[1], pair[2])
      assert.same({}, found.passages)
      assert.equal(0.0, found.jaccard)
      assert.equal(0.0, found.aligned)
    end
  end)

  it("gives whole characters", function()
    local a = "« Été à l’hôtel : déjà vu, là où naît l’été éternel »"
    local found = align.reuse(a, a:upper())
    local p = found.passages[1]
    assert.equal("Été à l’hôtel : déjà vu, là où naît l’été éternel", a:sub(p.first, p.last))
  end)

  it("stays bounded on one word a million times", function()
    local text = ("word "):rep(1000000)
    assert(cpu_time.within(20, function()
      assert.equal(1, #align.reuse(text, text).passages)
    end))
  end)

  it("refuses what it cannot do", function()
    assert.error_matches(function() align.reuse("a", "a", { min_share = 5 }) end, "0 to 1, not 5")
    assert.error_matches(function() align.reuse("a", "a", { gap = 33 }) end, "0 to 32, not 33")
    assert.error_matches(function() align.reuse("a", "a", { min_word = 3 }) end,
      "did you mean 'min_words'")
    assert.error_matches(function() align.reuse("a") end, "string expected")
  end)
end)

--- What the edits make of the first text.
local function apply(edits, a, b)
  local pieces = {}
  for i, edit in ipairs(edits) do
    pieces[i] = edit.op == "same" and a:sub(edit.first, edit.last)
      or b:sub(edit.their_first, edit.their_last)
  end
  return table.concat(pieces)
end

--- Both texts, each put together from its side of the edits.
local function sides(edits, a, b)
  local one, two = {}, {}
  for i, edit in ipairs(edits) do
    one[i] = a:sub(edit.first, edit.last)
    two[i] = b:sub(edit.their_first, edit.their_last)
  end
  return table.concat(one), table.concat(two)
end

describe("align.diff", function()
  local pairs_of_texts = {
    { "", "" },
    { "", "one two" },
    { "!?", "..." },
    { "!?", "one" },
    { "one two three", "one 2 three" },
    { " \"One,\" he said. ", "“One”, she said" },
    { "a b c d e f", "d e f a b c" },
    { "café\xFF noir", "cafe\u{301} noir\r\n" },
  }
  for _, case in ipairs(pairs_of_texts) do
    local a, b = case[1], case[2]
    it(("covers %q and %q"):format(a, b), function()
      for _, exact in ipairs { false, true } do
        local edits = align.diff(a, b, { exact = exact })
        assert.same({ a, b }, { sides(edits, a, b) })
      end
    end)

    it(("turns %q into %q"):format(a, b), function()
      assert.equal(b, apply(align.diff(a, b, { exact = true }), a, b))
    end)
  end

  it("holds for random texts", function()
    local seed = 3
    local function text()
      local list = {}
      seed = seed * 1103515245 + 12345 & 0x7FFFFFFF
      for i = 1, seed >> 8 & 31 do
        seed = seed * 1103515245 + 12345 & 0x7FFFFFFF
        list[i] = (seed >> 8) % 5 .. ((seed >> 16) % 3 == 0 and ", " or " ")
      end
      return table.concat(list)
    end
    for _ = 1, 300 do
      local a, b = text(), text()
      assert.equal(b, apply(align.diff(a, b, { exact = true }), a, b))
      assert.equal(words(b), words(apply(align.diff(a, b), a, b)))
      assert.same({ a, b }, { sides(align.diff(a, b), a, b) })
    end
  end)

  --- Checks what holds for all edits with moves of at least `least` words.
  local function check_moves(a, b, least)
    local edits = align.diff(a, b, { moves = least })
    assert.same({ a, b }, { sides(edits, a, b) })
    assert.equal(words(b), words(apply(edits, a, b)))
    local moved = 0
    for i, edit in ipairs(edits) do
      if edit.op == "move" then
        local other = edits[edit.other]
        assert.equal("move", other.op)
        assert.equal(i, other.other)
        local from, to = edit, other
        if edit.last < edit.first then from, to = other, edit end
        local text = words(a:sub(from.first, from.last))
        assert.equal(text, words(b:sub(to.their_first, to.their_last)))
        assert.is_true(from.their_last < from.their_first and to.last < to.first)
        assert.is_true(select(2, text:gsub("%S+", "")) >= least)
        moved = moved + 1
      elseif edit.op ~= "same" then
        -- No passage is left out here and added there as well.
        assert.is_nil(edit.other)
      end
    end
    return moved // 2, edits
  end

  it("finds what moved, and nothing shorter than it is told to", function()
    local a = "One calm sea today. The ferry to Brim will close in October. Other news."
    local b = "Other news. The ferry to Brim will close in October. One calm sea today."
    assert.equal(0, check_moves(a, b, 5))
    assert.equal(1, check_moves(a, b, 4))
    assert.equal(2, check_moves(a, b, 2))
    local _, edits = check_moves(a, b, 2)
    assert.same({ "move", "move", "same", "move", "move" }, {
      edits[1].op, edits[2].op, edits[3].op, edits[4].op, edits[5].op })
  end)

  it("finds every sentence of a text whose sentences were shuffled", function()
    local random = require("made_corpus").random(9)
    for round = 1, 20 do
      local sentences, shuffled = {}, {}
      for i = 1, 40 do
        local list = {}
        for k = 1, 4 + random(9) do list[k] = ("w%d"):format(round * 100000 + i * 100 + k) end
        sentences[i] = table.concat(list, " ") .. ". "
        table.insert(shuffled, random(i), sentences[i])
      end
      local a, b = table.concat(sentences), table.concat(shuffled)
      local moved, edits = check_moves(a, b, 5)
      assert.is_true(moved > 5)
      for _, edit in ipairs(edits) do assert.is_true(edit.op == "same" or edit.op == "move") end
    end
  end)

  it("finds moves beside other changes in random texts", function()
    local random, found = require("made_corpus").random(2), 0
    for _ = 1, 300 do
      local list, other = {}, {}
      for i = 1, random(60) do list[i] = "w" .. random(12) end
      local cut = random(#list)
      table.move(list, cut, #list, 1, other)
      table.move(list, 1, cut - 1, #other + 1, other)
      if random(2) == 1 then other[random(#other)] = "new" end
      local a, b = table.concat(list, " ") .. " ", table.concat(other, ", ") .. " "
      found = found + check_moves(a, b, 3)
    end
    assert.is_true(found > 100)
  end)

  it("ends soon, whatever the texts", function()
    local many = 30000
    local hostile = {
      { ("a "):rep(many), ("a "):rep(many // 2) .. "b " .. ("a "):rep(many // 2) },
      { ("a b "):rep(many // 2), ("b a "):rep(many // 2) },
      { ("a "):rep(many) .. ("b "):rep(many), ("b "):rep(many) .. ("a "):rep(many) },
      { ("a b c "):rep(many // 3), ("c b a "):rep(many // 3) },
    }
    for _, texts in ipairs(hostile) do
      assert(cpu_time.within(20, function() check_moves(texts[1], texts[2], 3) end))
    end
  end)

  it("begins what was added where a sentence begins", function()
    local a, b = "He said yes. He left.", "He said yes. He said no. He left."
    local edits = align.diff(a, b)
    assert.equal("insert", edits[2].op)
    assert.equal("He said no. ", b:sub(edits[2].their_first, edits[2].their_last))
  end)

  it("sees only words unless told to be exact", function()
    local a, b = "“We” waited.", "\"we\" waited ..."
    assert.equal("same", align.diff(a, b)[1].op)
    assert.equal(1, #align.diff(a, b))
    assert.equal("replace", align.diff(a, b, { exact = true })[1].op)
  end)
end)
