local dedup = require "pumice.dedup"
local made = require "made_corpus"

local ids = made.ids

describe("dedup.exact", function()
  local texts = {
    { "Caf\u{E9} open", "cafe  open", true },
    { "\u{201C}No\u{201D}", '"no"', true },
    { "a b", "a b ", true },
    { "", "", true },
    { "a b", "ab", false },
    { "a", "", false },
    { "bad \xFF", "bad \xFF", true },
    { "bad \xFF", "BAD \xFF", false },
  }
  for _, case in ipairs(texts) do
    local a, b, same = table.unpack(case)
    it(("takes %q and %q for %s"):format(a, b, same and "one" or "two"), function()
      local kept = dedup.apply(dedup.exact(), { { id = 1, text = a }, { id = 2, text = b } })
      assert.equal(same and 1 or 2, #kept)
    end)
  end

  it("gives both sides the evidence", function()
    local kept, dropped = dedup.apply(dedup.exact { keep = "first" }, {
      { id = "a", text = "one two" }, { id = "b", text = "One  Two" },
      { id = "c", text = "one" },
    })
    assert.same({ "a", "c" }, ids(kept))
    assert.same({ { id = "b", jaccard = 1, contained = 1, contains = 1, aligned = 1,
      passages = { { first = 1, last = 7, their_first = 1, their_last = 8 } } } }, kept[1].copies)
    assert.equal("a", dropped[1].copy_of)
    assert.same({ { first = 1, last = 8, their_first = 1, their_last = 7 } },
      dropped[1].passages)
  end)

  it("compares another field, and lets those without it pass", function()
    local kept = dedup.apply(dedup.exact { by = "url", keep = "newest" }, {
      { id = 1, url = "x", date = "2024-01-01", text = "one" },
      { id = 2, url = "x", date = "2024-01-02", text = "two" },
      { id = 3, text = "one" }, { id = 4, url = 7, text = "one" },
      { id = 5, url = 7, text = "one" },
    })
    assert.same({ 2, 3, 4, 5 }, ids(kept))
  end)

  it("keeps by a field, or none", function()
    local docs = {
      { id = 1, text = "a" }, { id = 2, text = "A", rank = 1 }, { id = 3, text = "b" },
    }
    assert.same({ 2, 3 }, ids(dedup.apply(dedup.exact { priority = "rank" }, docs)))
    local kept, dropped = dedup.apply(dedup.exact { keep = "none" }, docs)
    assert.same({ 3 }, ids(kept))
    assert.same({ 2, 1 }, { dropped[1].copy_of, dropped[2].copy_of })
    assert.error_matches(function() dedup.exact { priority = 1 } end, "'priority' is a string")
  end)

  it("keeps by a function, and all", function()
    local docs = { { id = 1, text = "x" }, { id = 2, text = "x" }, { id = 3, text = "x" } }
    assert.same({ 3 }, ids(dedup.apply(dedup.exact { keep = function(m) return #m end }, docs)))
    local kept = dedup.apply(dedup.exact { keep = "all" }, docs)
    assert.same({ 1, 2, 3 }, ids(kept))
    assert.equal(1, kept[3].copy_of)
  end)

  it("finds what comparing all with all finds", function()
    local random, docs, of, expected = made.random(3), {}, {}, {}
    for i = 1, 2000 do
      local text = ("text %d"):format(random(1200))
      docs[i] = { id = i, text = text }
      if not of[text] then
        of[text] = i
        expected[#expected + 1] = i
      end
    end
    local kept, dropped = dedup.apply(dedup.exact { keep = "first" }, docs)
    assert.same(expected, ids(kept))
    for _, line in ipairs(dropped) do assert.equal(of[docs[line.id].text], line.copy_of) end
  end)

  it("takes 300 bytes at most for each of many copies", function()
    local cluster, count = dedup.exact(), 20000
    local sketches = setmetatable({}, { __len = function() return count end,
      __index = function(_, i)
        return i <= count and cluster.sketch { id = "document " .. i, text = "one text" } or nil
      end })
    collectgarbage()
    local before = collectgarbage("count")
    local fate_of = cluster.resolve(sketches, {})
    collectgarbage()
    local taken = (collectgarbage("count") - before) * 1024 / count
    assert.is_true(taken < 300, taken)
    assert.equal("document 1", fate_of(count).copy_of)
    assert.equal(count - 1 - 1000, fate_of(1).more)
  end)
end)
