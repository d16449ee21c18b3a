local regex = require "pumice.regex"
local token = require "pumice.token"

describe("Spans", function()
  local words = token.words("to be or not to be")

  it("gives pieces, ranges and iterators of the same", function()
    assert.equal(6, #words)
    assert.same({ "to", "be", "or", "not", "to", "be" }, words:strings())
    assert.is_nil(words[0])
    assert.is_nil(words[7])
    assert.same({}, { words:range(7) })
    local seen = {}
    for i, first, last in words:each() do
      assert.same({ first, last }, { words:range(i) })
      seen[i] = words:text():sub(first, last)
    end
    assert.same(seen, words:strings())
    seen = {}
    for i, word in ipairs(words) do seen[i] = word end
    assert.same(seen, words:strings())
  end)

  it("prints what it is", function()
    assert.equal("6 spans over 18 bytes", tostring(words))
  end)

  it("slices as string.sub does", function()
    local letters = token.graphemes("abcdef")
    for i = -8, 8 do
      for j = -8, 8 do
        assert.equal(("abcdef"):sub(i, j), letters:slice(i, j):join(""))
      end
    end
  end)

  it("joins nothing to the empty string", function()
    assert.equal("", token.words(""):join(", "))
  end)

  it("asks the same of a list, of keys, of a set and of a function", function()
    local list, keys = { "be", "not" }, { be = true, ["not"] = true, to = false }
    local function ask(word) return keys[word] end
    local many = { be = true, ["not"] = true }
    for i = 1, 20 do many["word" .. i] = true end
    for _, question in ipairs { list, keys, token.set(list), ask, many } do
      assert.equal(3, words:count(question))
      assert.same({ "be", "not", "be" }, words:where(question):strings())
      assert.same({ "to", "or", "to" }, words:without(question):strings())
    end
  end)

  it("tells the function which span it is", function()
    assert.same({ "or" }, words:where(function(_, i) return i == 3 end):strings())
  end)

  it("takes lengths in bytes and in characters", function()
    local mixed = token.words("a äö abcd")
    assert.same({ "äö", "abcd" }, mixed:where({ min = 2 }):strings())
    assert.same({ "a", "äö" }, mixed:where({ max_chars = 2 }):strings())
    assert.same({ "äö" }, mixed:where({ min_chars = 2, max_chars = 2 }):strings())
    assert.error_matches(function() mixed:count { min = 1, max_chars = 2 } end, "not in both")
    assert.error_matches(function() mixed:count { min = "2" } end, "'min' is an integer, not 2")
    assert.error_matches(function() mixed:count { min = 2.5 } end, "an integer, not 2.5", 1, true)
    assert.equal(1, mixed:count { a = true, min = true })
  end)

  it("names what it cannot ask", function()
    assert.error_matches(function() words:count(3) end, "a set of strings, a regex, a function")
    assert.error_matches(function() words:count({ 1, 2 }) end, "a set is a list of strings")
  end)

  it("raises what the function raises", function()
    assert.error_matches(function() words:where(function() error("mine") end) end, "mine")
  end)

  it("asks a regex of each piece as a text of its own", function()
    local text = ("one 1\n\r\ntwo two, 22\né\n three\r\nAda Lovelace\nAda\nLovelace\n x "):rep(3)
      .. "end \xFF 4\n5"
    for _, pattern in ipairs { "\\d+", "^\\d", "\\d$", "\\w+ \\w+", "\\s", "^$", "a*", "[^\\n]{5,}",
      "\\btwo\\b", "[A-Z][a-z]+\\s[A-Z]", "(?<!o)e", ".", "e|é", "\\be", "\\B", "z", "(?i)ADA" } do
      local re = assert(regex.new(pattern))
      for _, whole in ipairs { text, (text:gsub("\xFF", "")) } do
        for _, spans in ipairs { token.lines(whole), token.words(whole), token.graphemes(whole),
          token.words(whole):ngrams(3) } do
          local expected = {}
          for _, piece in ipairs(spans) do
            if re:test(piece) then expected[#expected + 1] = piece end
          end
          assert.same(expected, spans:where(re):strings(), pattern)
          assert.equal(#expected, spans:count(re))
          assert.equal(#spans - #expected, #spans:without(re))
        end
      end
    end
  end)

  it("raises at a limit of a regex", function()
    local re = regex.new("(a+)+$", { match_limit = 1000 })
    local lines = token.lines("b\n" .. ("a"):rep(40) .. "b\n")
    assert.error_matches(function() lines:where(re) end, "match limit")
  end)

  it("makes n-grams, up to as long as there are spans", function()
    assert.same({ "to be or not to", "be or not to be" }, words:ngrams(5):strings())
    assert.same(words:strings(), words:ngrams(1):strings())
    assert.equal(0, #words:ngrams(7))
    assert.error_matches(function() words:ngrams(0) end, "n is at least 1")
  end)

  it("counts strings of any length and place as a plain loop does", function()
    local parts, expected = {}, {}
    for i = 1, 5000 do parts[i] = ("w"):rep(i % 40) .. (i * i) % 997 end
    for n = 81, 0, -1 do parts[#parts + 1] = ("w"):rep(n % 41) .. n % 41 end
    for _, word in ipairs(parts) do expected[word] = (expected[word] or 0) + 1 end
    local spans = token.words(table.concat(parts, " "))
    assert.same(expected, spans:frequencies())
  end)

  it("hashes equal strings to equal numbers", function()
    local hashes = words:hash()
    assert.equal(hashes[1], hashes[5])
    assert.not_equal(hashes[1], hashes[2])
    assert.not_equal(hashes[1], words:hash(1)[1])
  end)

  it("lowers the pieces and nothing else", function()
    local lower = token.words("ÄÖ, \u{23A}\u{130} \xFFX Ж"):lower()
    assert.equal("äö, \u{2C65}i \xFFx ж", lower:text())
    assert.same({ "äö", "\u{2C65}i", "x", "ж" }, lower:strings())
    assert.equal("TO be", token.words("TO BE"):slice(2):lower():text())
  end)

  it("replaces pieces by string, table and function", function()
    assert.equal("% % % % % %", words:replace("%"))
    assert.equal("2 be or not 2 be", words:replace { to = 2 })
    assert.equal("to be or not! to be", words:replace(function(word, i)
      return i == 4 and word .. "!"
    end))
    assert.error_matches(function() words:replace(function() return {} end) end,
      "not by a table")
    assert.error_matches(function() words:ngrams(2):replace("") end, "spans 1 and 2 overlap")
  end)

  it("does not pile up memory in a loop that drops it", function()
    local function resident()
      local status <close> = assert(io.open("/proc/self/status"))
      return tonumber(status:read("a"):match("VmRSS:%s*(%d+)"))
    end
    local text, before = ("word "):rep(20000), resident()
    for _ = 1, 8000 do token.words(text) end
    assert.is_true(resident() - before < 500000, "1.2 GB of spans were not freed")
  end)
end)
