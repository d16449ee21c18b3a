local text = require "pumice.text"

local function steps_of(...)
  local _, steps = text.repair(...)
  local names = {}
  for _, s in ipairs(steps) do names[#names + 1] = s.step .. " " .. s.count end
  return table.concat(names, ", ")
end

describe("text.repair", function()
  local cases = {
    -- text, repaired, steps
    { "", "", "" },
    { "good \u{E9} \u{4E2D} \u{1F600}\n\ttext", "good \u{E9} \u{4E2D} \u{1F600}\n\ttext", "" },
    { "caf\xE9 and na\xEFve \u{2019}", "caf\u{E9} and na\u{EF}ve \u{2019}", "stray_bytes 2" },
    { "it\x92s \x93so\x94", "it\u{2019}s \u{201C}so\u{201D}", "stray_bytes 3" },
    { "fin\xA0\xBB", "fin\u{A0}\u{BB}", "stray_bytes 2" },
    { "caf\xE9", "caf\u{E9}", "stray_bytes 1" },
    { "cut \xE2\x80 off", "cut \u{FFFD} off", "invalid_bytes 1" },
    { "cut \xF0\x9F\x98", "cut \u{FFFD}", "invalid_bytes 1" },
    { "a\x81b", "a\u{FFFD}b", "invalid_bytes 1" },
    -- cp1251 "привет и": mostly not alone, so the lone one is not cp1252
    { "\xEF\xF0\xE8\xE2\xE5\xF2 \xE8 ", ("\u{FFFD}"):rep(6) .. " \u{FFFD} ", "invalid_bytes 7" },
    { "\xED\xA0\xBD\xED\xB8\x80!", "\u{1F600}!", "surrogates 1" },
    { "\xED\xA0\xBD!", "\u{FFFD}\u{FFFD}\u{FFFD}!", "invalid_bytes 3" },
    { "\u{93}hi\u{94}\u{85}", "\u{201C}hi\u{201D}\u{2026}", "c1 3" },
    { "a\u{81}b", "ab", "controls 1" },
    { "\u{FEFF}a\u{FEFF}b", "ab", "bom 2" },
    { "a\0b\x7F\x1B[31mred\x1B[0m\x1B", "abred", "controls 5" },
    { "a\r\nb\rc\n", "a\nb\nc\n", "line_ends 2" },
    { "a\u{2028}b\u{2029}c\fd", "a\nb\n\nc\nd", "separators 3" },
    { "zero\u{200B}width\u{AD}\u{2060}", "zerowidth", "zero_width 3" },
    { "a\u{200D}b\u{200C}c", "abc", "zero_width 2" },
    -- ZWNJ in Persian, ZWJ after a virama at the end of a word, in a family
    { "\u{645}\u{6CC}\u{200C}\u{62E}", "\u{645}\u{6CC}\u{200C}\u{62E}", "" },
    { "\u{645}\u{200C}\u{200C} ", "\u{645} ", "zero_width 2" },
    { "\u{D28}\u{D4D}\u{200D} ", "\u{D28}\u{D4D}\u{200D} ", "" },
    { "\u{1F468}\u{200D}\u{1F469}\u{1F3FD}\u{200D}\u{2764}\u{FE0F}\u{200D}\u{1F525}",
      "\u{1F468}\u{200D}\u{1F469}\u{1F3FD}\u{200D}\u{2764}\u{FE0F}\u{200D}\u{1F525}", "" },
    { "\u{1F468}\u{200D}x", "\u{1F468}x", "zero_width 1" },
    { "\u{E01}\u{200B}\u{E02}\u{200B}.", "\u{E01}\u{200B}\u{E02}.", "zero_width 1" },
    { "\u{202E}abc\u{200F}", "\u{202E}abc\u{200F}", "" },
  }
  for _, case in ipairs(cases) do
    local given, expected, steps = table.unpack(case)
    it(("makes %q of %q"):format(expected, given), function()
      assert.equal(expected, (text.repair(given)))
      assert.equal(steps, steps_of(given))
      assert.equal(expected, (text.repair(expected)))
      assert.equal(expected, text.replay(given, select(2, text.repair(given))))
    end)
  end

  it("replays only steps it knows", function()
    assert.error_matches(function() text.replay("a") end, "a list as repair returns it, not a nil")
    assert.error_matches(function() text.replay("a", { "bom" }) end,
      "step 1 is { step = name }, not a string", 1, true)
    assert.error_matches(function() text.replay("a", { { step = "boms" } }) end,
      "unknown step 'boms', did you mean 'bom'")
  end)

  it("does only the steps that are asked for", function()
    assert.equal("a\r\nb", (text.repair("\u{FEFF}a\r\nb", { line_ends = false })))
    assert.equal("abc", (text.repair("\u{202E}abc\u{200F}", { bidi = true })))
    assert.equal("caf\u{FFFD}", (text.repair("caf\xE9", { stray_bytes = false })))
    assert.error_matches(function() text.repair("a", { boms = true }) end,
      "unknown option 'boms', did you mean 'bom'")
  end)
end)

describe("text.profile", function()
  it("counts each kind", function()
    local s = "ab\0\1\x7F\t\r\n\u{85}\u{FEFF}\u{200B}\u{AD}\u{2066}\u{61C}\u{FFFD}\xFF\xE2\x80!"
    assert.same({
      bytes = #s, characters = 18, invalid = 3, nul = 1, controls = 2, c1 = 1, bom = 1,
      zero_width = 2, bidi = 2, replacement = 1,
    }, text.profile(s))
  end)

  it("finds nothing in good text", function()
    local counts = text.profile("na\u{EF}ve \u{2019}\u{4E2D}\u{1F600}\n")
    assert.same({ bytes = 18, characters = 10, invalid = 0, nul = 0, controls = 0, c1 = 0, bom = 0,
      zero_width = 0, bidi = 0, replacement = 0 }, counts)
  end)
end)

describe("text.repair of mojibake", function()
  local cases = {
    -- text, repaired, steps
    { "cafÃ©", "café", "mojibake 1" },
    { "donâ€™t", "don’t", "mojibake 1" },
    { "donâ\u{80}\u{99}t", "don’t", "mojibake 1" },
    { "donГўв‚¬в„ўt", "don’t", "mojibake 4" },
    { "schÃƒÂ¶n", "schön", "mojibake 3" },
    { "Ñ€Ð°Ð±Ð¾Ñ‚Ð°", "работа", "mojibake 6" },
    { "СЂР°Р±РѕС‚Р°", "работа", "mojibake 6" },
    { "caf√©", "café", "mojibake 1" },
    { "caf├⌐s", "cafés", "mojibake 1" },
    { "é, Ã¨ et Ã ", "é, è et à", "mojibake 2" },
    { "voilÃ  la ville", "voilà la ville", "mojibake 1" },
    { "Ð ÑƒÑ�Ñ�ÐºÐ¸Ð¹", "Ру��кий", "mojibake 7" },
    { "ðŸ˜€!", "😀!", "mojibake 1" },
    { "í ½í¸€!", "😀!", "mojibake 1" },
    -- what looks like it and is none
    { "MARQUÉ…", "MARQUÉ…", "" },
    { "5×£35", "5×£35", "" },
    { "√π", "√π", "" },
    { "Brontë…”", "Brontë…”", "" },
    { "ВІКІ", "ВІКІ", "" },
    { "│ ├─ a", "│ ├─ a", "" },
    { "C O N C L U S Ã O", "C O N C L U S Ã O", "" },
    -- a word of capitals has no small letter at its end
    { "ХИТ СЕЗОНА: ПРОЦЕС…", "ХИТ СЕЗОНА: ПРОЦЕС…", "" },
    { "TELÉ™", "TELÉ™", "" },
    -- a quote that closes one
    { "Spolek „DŮM DOMŮ“", "Spolek „DŮM DOMŮ“", "" },
    { "Det er »PÅ« og »AF«", "Det er »PÅ« og »AF«", "" },
    { "ООО „ПРОГРЕСС“", "ООО „ПРОГРЕСС“", "" },
    { "litery „Ś”, „Ż” i „Ł”", "litery „Ś”, „Ż” i „Ł”", "" },
    { "Serbisch (»З« und »Ж« vertauscht)", "Serbisch (»З« und »Ж« vertauscht)", "" },
    -- rare characters of other scripts
    { "à ½ prix, à ¼", "à ½ prix, à ¼", "" },
    { "НІ RGB, НІ RGBA", "НІ RGB, НІ RGBA", "" },
    -- "in" in Russian, and what was a no-break space
    { "x = open()\n\nВ Python\n\ny = x", "x = open()\n\nВ Python\n\ny = x", "" },
    { "close (В\u{A0}Basic)", "close (В\u{A0}Basic)", "" },
    { "for 5В USD", "for 5\u{A0}USD", "mojibake 1" },
    { "ÂŞIK VEYSEL", "ÂŞIK VEYSEL", "" },
    -- references
    { "&lt;3 &amp;amp; &EACUTE;t&eacute; &#x20AC;&#128;", "<3 & Été €€", "entities 7" },
    { "a & b; &c; &#0; &#xD800; &nosuch;", "a & b; &c; &#0; &#xD800; &nosuch;", "" },
    { "<p>&eacute;", "<p>&eacute;", "" },
    { "é is &eacute;", "é is &eacute;", "" },
    { "Ã&copy;t&eacute;", "ét&eacute;", "entities 1, mojibake 1" },
  }
  for _, case in ipairs(cases) do
    local s, repaired, steps = table.unpack(case)
    it(("makes %q of %q"):format(repaired, s), function()
      assert.equal(repaired, (text.repair(s)))
      assert.equal(steps, steps_of(s))
      local _, list = text.repair(s)
      assert.equal(repaired, text.replay(s, list))
      assert.same({ repaired, {} }, { text.repair(repaired) })
    end)
  end

  it("says what a text had been read as", function()
    local _, list = text.repair("donГўв‚¬в„ўt")
    assert.same({ "windows-1251", "windows-1252" }, list[1].from)
  end)

  it("reads references beside characters beyond ASCII when told to", function()
    local repaired, list = text.repair("é is &eacute;", { entities = "every" })
    assert.equal("é is é", repaired)
    assert.equal(repaired, text.replay("é is &eacute;", list))
    assert.error_matches(function() text.repair("", { entities = "all" }) end, "not all")
  end)

  it("leaves mojibake and references when told to", function()
    local s = "cafÃ© &lt;"
    assert.equal(s, (text.repair(s, { mojibake = false, entities = false })))
  end)

  it("reads a long text as it reads a short one", function()
    local piece = "Ã‰tÃ© Ã  la plage, lâ€™hiver en ville. "
    local long = piece:rep(5000)
    assert.equal((text.repair(piece)):rep(5000), (text.repair(long)))
  end)
end)
