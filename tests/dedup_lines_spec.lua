local dedup = require "pumice.dedup"
local made = require "made_corpus"

local documents, ids = made.documents, made.ids

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
