local token = require "pumice.token"
local unicode_data = require "unicode_data"

--- Runs every line of one of Unicode's files through `split`.
local function conforms(path, split, least)
  local failures, count = {}, 0
  for number, segments in unicode_data.break_tests(path) do
    count = count + 1
    local got = split(table.concat(segments)):strings()
    if table.concat(got, "|") ~= table.concat(segments, "|") then
      failures[#failures + 1] = number
    end
  end
  assert.same({}, failures)
  if count > 0 then assert.is_true(count >= least, "only " .. count .. " cases were read") end
end

describe("token.words", function()
  it("passes every line of Unicode's WordBreakTest", function()
    conforms("auxiliary/WordBreakTest.txt",
      function(text) return token.words(text, { all = true }) end, 1823)
  end)

  local cases = {
    { "", {} },
    { " .,\n", {} },
    { "The quick, brown fox.", { "The", "quick", "brown", "fox" } },
    { "don't 'quote' 3.14 1,000 e.g. a.b", { "don't", "quote", "3.14", "1,000", "e.g", "a.b" } },
    { "snake_case __init__ ___ _", { "snake_case", "__init__" } },
    { "it’s “so”—naïve", { "it’s", "so", "naïve" } },
    { "日本語 カタカナ ひら", { "日", "本", "語", "カタカナ", "ひ", "ら" } },
    { "привет, мир", { "привет", "мир" } },
    { "a\xFFb\xC3", { "a", "b" } },
  }
  for _, case in ipairs(cases) do
    local text, expected = table.unpack(case)
    it(("splits %q"):format(text), function()
      assert.same(expected, token.words(text):strings())
    end)
  end

  it("makes each malformed byte a segment of its own", function()
    local bad = "\xFF\xE2\x80a\xC0\x80\xED\xA0\x80\xF5\x80\xC3"
    assert.equal(#bad, #token.words(bad, { all = true }))
  end)

  it("names the option it does not know", function()
    assert.error_matches(function() token.lines("a", { emtpy = true }) end,
      "unknown option 'emtpy', did you mean 'empty'")
  end)

  it("names the argument that is no text", function()
    assert.error_matches(function() token.words(nil) end, "string expected, got nil")
  end)
end)

describe("token.graphemes", function()
  it("passes every line of Unicode's GraphemeBreakTest", function()
    conforms("auxiliary/GraphemeBreakTest.txt", token.graphemes, 602)
  end)
end)

describe("token.sentences", function()
  it("passes every line of Unicode's SentenceBreakTest", function()
    conforms("auxiliary/SentenceBreakTest.txt",
      function(text) return token.sentences(text, { all = true }) end, 502)
  end)

  it("leaves out white space, and sentences of nothing else", function()
    assert.same({ "One.", "Two." }, token.sentences("\n\n  One.  \nTwo. \u{2003}\n"):strings())
  end)
end)

describe("token.lines", function()
  local cases = {
    { "", {} },
    { "\n", { "" } },
    { "a", { "a" } },
    { "a\n\nb", { "a", "", "b" } },
    { "a\r\nb\rc\u{85}d\u{2028}e\u{2029}f\n\r", { "a", "b", "c", "d", "e", "f", "" } },
    { "a\xC2\xE2\x80\nb", { "a\xC2\xE2\x80", "b" } },
  }
  for _, case in ipairs(cases) do
    local text, expected = table.unpack(case)
    it(("splits %q"):format(text), function()
      assert.same(expected, token.lines(text):strings())
      assert.equal(text, token.lines(text, { all = true }):join(""))
    end)
  end
end)

describe("token.paragraphs", function()
  local cases = {
    { "", {} },
    { " \n\n", {} },
    { "\n\na\nb\n\t\n\n c \n", { "a\nb", "c" } },
    { "a\u{2029}b\r\n\r\nc", { "a", "b", "c" } },
  }
  for _, case in ipairs(cases) do
    local text, expected = table.unpack(case)
    it(("splits %q"):format(text), function()
      assert.same(expected, token.paragraphs(text):strings())
      assert.equal(text, token.paragraphs(text, { all = true }):join(""))
    end)
  end
end)

describe("token.set", function()
  it("holds what it was given, once", function()
    local set = token.set { "a", "b", "a", c = true, d = false, [""] = true }
    assert.equal(4, #set)
    assert.is_true(set.a and set.c and set[""])
    assert.is_false(set.d)
  end)

  it("refuses what is no string", function()
    assert.error_matches(function() token.set { 1 } end, "a set is a list of strings")
    assert.error_matches(function() token.set { [true] = "a" } end, "a set is a list of strings")
  end)
end)
