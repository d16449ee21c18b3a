local dedup = require "pumice.dedup"
local made = require "made_corpus"

local core = require "pumice.core"
local folded = require "pumice.dedup.folded"
local index = require "pumice.index"
local token = require "pumice.token"

local documents, ids = made.documents, made.ids

describe("unit_keys", function()
  local pieces = { "one", "Two", "caf\u{E9}", "CAFE\u{301}", "\u{201C}no\u{201D}", " ", "  ", "\t",
    ",", "\u{2003}", "\u{AD}", "\xFF", "\u{4E2D}\u{6587}", "\n", "\n\n", "\r\n", "-", "\u{2014}",
    "1,000.5" }
  local random = made.random(11)

  --- The same, unit by unit.
  local function plainly(units, least, fold)
    local kept, keys = {}, {}
    for i, unit in ipairs(units) do
      if #token.words(unit) >= least then
        kept[#kept + 1] = { units:range(i) }
        keys[#keys + 1] = index.key(fold and folded(unit) or unit)
      end
    end
    return kept, table.concat(keys)
  end

  it("gives what folding, counting and hashing each unit gives", function()
    for _ = 1, 500 do
      local text = {}
      for i = 1, random(60) do text[i] = pieces[random(#pieces)] end
      local units = token.lines(table.concat(text), { empty = random(2) == 1 })
      local least, fold = random(5) - 1, random(2) == 1
      local expected, expected_keys = plainly(units, least, fold)
      local kept, keys = core.unit_keys.of(units, least, fold)
      local ranges = {}
      for i = 1, #kept do ranges[i] = { kept:range(i) } end
      assert.same(expected, ranges)
      assert.equal(expected_keys, keys)
    end
  end)

  it("counts the words of long units", function()
    local units = token.lines(("word "):rep(1000) .. "\n" .. ("word "):rep(999))
    assert.equal(1, #(core.unit_keys.of(units, 1000, true)))
    assert.equal(0, #(core.unit_keys.of(units, 1001, true)))
  end)
end)

describe("dedup.lines", function()
  it("cuts lines that stood before, in any document", function()
    local kept, dropped = dedup.apply(dedup.lines(), {
      { id = 1, text = "one two three\nfour five six\r\none two three" },
      { id = 2, text = "Four Five Six\nseven eight nine\nmenu\n" },
      { id = 3, text = "menu\nmenu" },
      { id = 4, text = "seven eight nine\n" },
    })
    assert.same({ 1, 2, 3 }, ids(kept))
    assert.equal("one two three\nfour five six\r\n", kept[1].text)
    assert.equal("seven eight nine\nmenu\n", kept[2].text)
    assert.equal("repeated", dropped[1].reason)
    assert.equal(1, dropped[1].value)
    assert.equal(1, dropped[1].limit)
    assert.equal(2, dropped[1].copy_of)
  end)

  it("leaves each line that is long enough once", function()
    local docs = documents(5, 300)
    local function lines(list)
      local set, count, twice = {}, 0, 0
      for _, doc in ipairs(list) do
        for line in doc.text:gmatch "[^\n]+" do
          if select(2, line:gsub("%w+", "")) >= 3 then
            if set[line] then twice = twice + 1 else count = count + 1 end
            set[line] = true
          end
        end
      end
      return count, twice
    end
    local before, repeated = lines(docs)
    local after, twice = lines((dedup.apply(dedup.lines { fold = false }, docs)))
    assert.is_true(repeated > 50)
    assert.equal(before, after)
    assert.equal(0, twice)
  end)

  it("takes paragraphs, and marks", function()
    local docs = {
      { text = "one two\nthree\n\nfour five six" }, { text = "new\n\none two\nthree\n\nend" },
    }
    local kept = dedup.apply(dedup.lines { unit = "paragraph", mark = true }, docs)
    assert.equal("new\n\none two\nthree\n\nend", kept[2].text)
    assert.same({ { first = 6, last = 18 } }, kept[2].repeats)
    assert.error_matches(function() dedup.lines { min_words = -1 } end, "at least 0, not %-1")
    assert.error_matches(function() dedup.lines { unit = "lines" } end, "did you mean 'line'")
  end)
end)
