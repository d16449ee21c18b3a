local text = require "pumice.text"

describe("text.punctuation", function()
  local cases = {
    { "\u{AB}a\u{BB} \u{201E}b\u{201C} \u{2039}c\u{203A} 5\u{2032}", "\"a\" \"b\" 'c' 5'" },
    { "a\u{2014}b \u{2013} c\u{2010}d \u{2212}1", "a--b - c-d -1" },
    { "a\u{A0}b\u{202F}c\u{3000}d\u{2003}", "a b c d " },
    { "so\u{2026} \u{FB01}sh, \u{FB03}, \u{132}", "so... fish, ffi, IJ" },
    { "\u{300C}\u{4E2D}\u{300D} \u{E6}", "\u{300C}\u{4E2D}\u{300D} \u{E6}" },
  }
  for _, case in ipairs(cases) do
    it(("gives %q"):format(case[2]), function()
      assert.equal(case[2], text.punctuation(case[1]))
      assert.equal(case[2], text.punctuation(case[2]))
    end)
  end

  local typographic = {
    { [["So," he said, "don't go."]],
      "\u{201C}So,\u{201D} he said, \u{201C}don\u{2019}t go.\u{201D}" },
    { [[("'A' is it")]], "(\u{201C}\u{2018}A\u{2019} is it\u{201D})" },
    { [[the '90s, 6'2", a " b]], "the \u{2019}90s, 6\u{2019}2\", a \" b" },
    { "a--b --- c - d e-f ----", "a\u{2014}b \u{2014} c \u{2013} d e-f ----" },
    { "so... and ....", "so\u{2026} and ...." },
  }
  for _, case in ipairs(typographic) do
    it(("makes %q typographic"):format(case[1]), function()
      assert.equal(case[2], text.punctuation(case[1], { to = "typographic" }))
      assert.equal(case[2], text.punctuation(case[2], { to = "typographic" }))
    end)
  end

  it("touches only the classes asked for", function()
    local s = "\u{2019}\u{2013}\u{A0}\u{2026}\u{FB01}"
    local function only(class)
      local opts = { quotes = false, dashes = false, spaces = false, ellipses = false,
        ligatures = false, [class] = true }
      return text.punctuation(s, opts)
    end
    assert.equal("'\u{2013}\u{A0}\u{2026}\u{FB01}", only "quotes")
    assert.equal("\u{2019}-\u{A0}\u{2026}\u{FB01}", only "dashes")
    assert.equal("\u{2019}\u{2013} \u{2026}\u{FB01}", only "spaces")
    assert.equal("\u{2019}\u{2013}\u{A0}...\u{FB01}", only "ellipses")
    assert.equal("\u{2019}\u{2013}\u{A0}\u{2026}fi", only "ligatures")
  end)

  it("says where bad bytes are, and which forms there are", function()
    assert.same({ nil, "invalid UTF-8: byte 0x80 at 2", 2 }, { text.punctuation("a\x80") })
    assert.error_matches(function() text.punctuation("a", { to = "latex" }) end, "not to 'latex'")
  end)
end)

describe("text.squeeze", function()
  local cases = {
    { "", "" }, { " ", "" }, { "\n", "\n" }, { "a  b", "a b" }, { "\ta\t\tb \n", " a b\n" },
    { "a\n\n\n\n\nb", "a\n\nb" }, { "a \r\n \r\n\t\nb", "a\n\nb" }, { "a\rb", "a\nb" },
    { "a\u{A0} \u{3000}b\u{2009}", "a b" },
    { "\u{E9}  \u{3042}\u{2019} x", "\u{E9} \u{3042}\u{2019} x" },
    { "  a\n    b", " a\n b" },
  }
  for _, case in ipairs(cases) do
    it(("makes %q of %q"):format(case[2], case[1]), function()
      assert.equal(case[2], text.squeeze(case[1]))
      assert.equal(case[2], text.squeeze(case[2]))
    end)
  end
end)
