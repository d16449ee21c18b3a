local text = require "pumice.text"

describe("text.matchable", function()
  local cases = {
    -- text, options, matchable form
    { "", nil, "" },
    { "plain ascii, as it is - 100%.", nil, "plain ascii, as it is - 100%." },
    { "The \u{201C}Caf\u{E9}\u{201D}\u{2014}it\u{2019}s", nil, "the \"cafe\"-it's" },
    { " \t a\u{A0}\u{3000}\n\nb ", nil, " a b " },
    { "Wa\u{142}\u{119}sa STRASSE Stra\u{DF}e", nil, "walesa strasse strasse" },
    { "e\u{301}\u{323}X\u{30A}", nil, "ex" },
    { "E\u{301}", { marks = false }, "\u{E9}" },
    { "\u{C9}A", { marks = false, case = false }, "\u{C9}A" },
    { "\u{C9}A", { case = false }, "EA" },
    { "so\u{AD}ft\u{200B} \u{FEFF}hyphen", nil, "soft hyphen" },
    { "so\u{AD}ft", { case = false, marks = false }, "soft" },
    { "\u{FB01}ne\u{2026} \u{BD} \u{FF21}", nil, "fine... 1\u{2044}2 a" },
    { "U.S.-led, \u{201C}x\u{201D}!", { punctuation = "drop" }, "usled x" },
    { "U.S.-led, \u{201C}x\u{201D}!", { punctuation = "blank" }, "u s led x " },
    { "a - b", { punctuation = "drop" }, "a b" },
    { "a \u{37A}\u{AF} \u{AF}", { marks = false }, "a \u{3B9} \u{304} \u{304}" },
    { "a \u{2474} (1)", { punctuation = "blank" }, "a 1 1 " },
    { "a, b", { punctuation = "blank", squeeze = false }, "a  b" },
    { "12 May 2020, \u{661}", { digits = true }, "00 may 0000, 0" },
    { "\u{2460}\u{2481} 2\u{B2}", { digits = true }, "0(00) 00" },
    { "a\u{A0}b\tc", { squeeze = false }, "a b\tc" },
    { "\u{2018}a\u{2019}\u{2013}", { quotes = false, dashes = false },
      "\u{2018}a\u{2019}\u{2013}" },
    { "\u{415}\u{416}\u{418}\u{41A}", nil, "\u{435}\u{436}\u{438}\u{43A}" },
    { "\u{AC01}\u{1100}\u{1161}", nil, "\u{AC01}\u{AC00}" },
  }
  for _, case in ipairs(cases) do
    local given, opts, expected = table.unpack(case, 1, 3)
    it(("gives %q for %q"):format(expected, given), function()
      local m = text.matchable(given, opts)
      assert.equal(expected, m.text)
      assert.equal(expected, text.matchable(expected, opts).text)
      if #m.text > 0 then assert.equal(m.text, text.matchable(m:source(1, #m.text), opts).text) end
    end)
  end

  local sources = {
    -- text, stretch of the form, its source
    { "\u{201C}The  Caf\u{E9}\u{201D}", "cafe", "Caf\u{E9}" },
    { "\u{201C}The  Caf\u{E9}\u{201D}", "e c", "e  C" },
    { "\u{201C}The  Caf\u{E9}\u{201D}", " ", "  " },
    { "xe\u{301}\u{323}y", "e", "e\u{301}\u{323}" },
    { "xe\u{301}\u{323}y", "x", "x" },
    { "a\u{BD}b", "2", "\u{BD}" },
    { "soft\u{AD}hyphen", "fthy", "ft\u{AD}hy" },
    { "\u{416}\u{417}\u{418}", "\u{437}", "\u{417}" },
    { "a \u{A0} b", "a", "a" },
    { "a \u{A0} b", "b", "b" },
  }
  for _, case in ipairs(sources) do
    local given, stretch, expected = table.unpack(case, 1, 3)
    it(("maps %q in %q back to %q"):format(stretch, given, expected), function()
      local m = text.matchable(given)
      local first, last = m.text:find(stretch, 1, true)
      local from, to = m:range(first, last)
      assert.equal(expected, given:sub(from, to))
      assert.equal(expected, m:source(first, last))
    end)
  end

  it("maps any range to bytes whose form holds it", function()
    local pieces = { "a", "B", " ", "  ", "\n", "e\u{301}", "\u{E9}", "\u{201C}", "\u{2026}",
      "\u{AD}", "\u{FB03}", "\u{DF}", "\u{1F600}", ".", "\u{A0}", "\u{301}", "\u{4E2D}", "1",
      "\u{142}", "\u{416}", "\u{FF76}\u{FF9E}", "\u{B4}" }
    local seed = 7
    local function random(n)
      seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
      return seed // 65536 % n + 1
    end
    local options = {
      {}, { marks = false }, { punctuation = "drop" }, { punctuation = "blank" },
      { case = false, quotes = false, dashes = false, spaces = false, squeeze = false },
    }
    for _ = 1, 1000 do
      local parts = {}
      for i = 1, random(20) do parts[i] = pieces[random(#pieces)] end
      local opts = options[random(#options)]
      local m = text.matchable(table.concat(parts), opts)
      for _ = 1, #m.text > 0 and 5 or 0 do
        local first = random(#m.text)
        local last = first + random(#m.text - first + 1) - 1
        local own = text.matchable(m:source(first, last), opts).text
        assert.is_truthy(own:find(m.text:sub(first, last), 1, true))
      end
    end
  end)

  it("gives an empty range for an empty stretch", function()
    local m = text.matchable("\u{201C}ab")
    assert.same({ 4, 3 }, { m:range(2, 1) })
    assert.same({ 6, 5 }, { m:range(4, 3) })
    assert.same({ 1, 0 }, { text.matchable(""):range(1, 0) })
  end)

  it("takes one position for a range of one byte", function()
    local m = text.matchable("xÀ")
    assert.same({ { 2, 3 }, "À" }, { { m:range(2) }, m:source(2) })
  end)

  it("raises at positions outside", function()
    local m = text.matchable("ab")
    assert.error_matches(function() m:range(3) end, "position outside")
    assert.error_matches(function() m:range(0, 1) end, "position outside")
    assert.error_matches(function() m:range(1, 3) end, "position outside")
    assert.error_matches(function() m:range(2, 0) end, "before the first one")
  end)

  it("says where bad bytes are, and what punctuation may be", function()
    assert.same({ nil, "invalid UTF-8: byte 0xFF at 1", 1 }, { text.matchable("\xFF") })
    assert.error_matches(function() text.matchable("a", { punctuation = "cut" }) end, "not 'cut'")
  end)
end)
