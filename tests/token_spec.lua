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

  it("pairs flags only where nothing stands between the two", function()
    local flag, heart, join = "\u{1F1FB}", "\u{2661}", "\u{200D}"
    assert.same({ flag .. join .. heart .. join, flag },
      token.words(flag .. join .. heart .. join .. flag, { all = true }):strings())
    assert.same({ flag .. join .. flag, flag },
      token.words(flag .. join .. flag .. flag, { all = true }):strings())
  end)

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

describe("token.sentences with the rules of a language", function()
  local en = {
    { "Mr. Brown met Dr. A. Clarke. They talked.", 2 },
    { "A. I. Wood met W. A. Reed and J. A. Lamb. He and J. A man came.", 3 },
    { "See Lamb v. Bd. of Educ., 12 U.S. 34, 56 (1954). The court agreed.", 2 },
    { "She joined Field & Sons Ltd. in May. It closed.", 2 },
    { "They moved to the U.S. The house was sold.", 2 },
    { "The U.S. Senate met on Jan. 5. It rained.", 2 },
    { "By noon on Friday it opened at 9 a.m. Monday trade was slow.", 1 },
    { "At 6 a.m. Mrs. Hill woke. The shop had opened by 5 p.m. Nobody came.", 3 },
    { "It cost 3.50. Version 2.0.1 came later. See p. 5, fig. B and no. 7.", 3 },
    { "Really?! Yes... I think so. Well... Perhaps.", 4 },
    { "He paused. . . . Then he went on.", 2 },
    { 'She said, "Go home." He went. "Why?" he asked.', 3 },
    { "He left (it was late. Very late.) and slept. They stayed.", 2 },
    { "1. Cut it 2. Fold it 3. Glue it", 3 },
    { "a) red b) green", 2 },
    { "Read https://example.org/a.b?c=1. Then run it.", 2 },
    { "We went home.The dog slept.", 2 },
    { "i saw it. it was big! was it yours? no.", 4 },
    { "He likes it :) She does not. ;-) Fine.", 3 },
    { "A title\nThe text under it\ngoes on here.\n\nNext", 3 },
    { "Growth slowed.[12] Prices rose.", 2 },
  }
  for _, case in ipairs(en) do
    it(("finds %d sentences in %q"):format(case[2], case[1]), function()
      local got = token.sentences(case[1], { rules = "en" })
      assert.equal(case[2], #got, got:join(" | "))
      assert.equal(case[1], token.sentences(case[1], { rules = "en", all = true }):join(""))
    end)
  end

  it("sees through the line ends of wrapped text", function()
    local text = "It was agreed that the harbour should be closed for as long as Captain\n"
      .. "Ferris wished, and that nobody but the old pilot and his daughter Mary\n"
      .. "Anne would be told of it before the first ships had come back to port.\n"
      .. "They all went home.\n"
    assert.equal(2, #token.sentences(text, { rules = "en" }))
  end)

  local others = {
    { "de", "Am 3. Mai kam Dr. Weber z. B. nicht. Er war krank.", 2 },
    { "de", "„Ich komme.“ Er ging.", 2 },
    { "de", "Die Fa. Lenz & Co. KG zahlt. Gut.", 2 },
    { "de", "Dr. med. Lenz und Dr. rer. nat. Voss kamen. »Ja.« Er ging.", 3 },
    { "fr", "« Tu viens ? » dit-il. « Non.\u{202F}», dit-elle. « Non\u{A0}!\u{A0}» Il partit.", 4 },
    { "es", "Compró Minas del Sur, S. A. de C. V. en mayo. Era cara.", 2 },
    { "ru", "Были хлеб, соль и т. д. Иван ушёл.", 2 },
    { "fr", "M. Durand habite av. Foch. Il dort.", 2 },
    { "es", "El Sr. Gil vive en la Avda. Sur. No sale.", 2 },
    { "ru", "В 1999 г. А. П. Иванов жил на ул. Садовой. Потом он уехал.", 2 },
    { "it", "La sig.ra Neri, l'ing. Bassi ecc. abitano in v.le Europa. Non escono.", 2 },
    { "pt", "O Sr. Lima mora na Av. Central. Não sai.", 2 },
    { "nl", "Mevr. de Wit en dhr. Bos bijv. komen om 9 uur. Het regent.", 2 },
    { "da", "Den 3. maj kom hr. Holm bl.a. med toget. Han var træt.", 2 },
    { "sv", "Hr. Ek kom t.ex. kl. 9 med Dr. Berg. Han var trött.", 2 },
    { "pl", "Dnia 3. maja prof. Lis mieszkał przy ul. Długiej. Potem wyjechał.", 2 },
    { "cs", "Dne 3. května byl Ing. Malý např. v Brně. Potom odjel.", 2 },
    { "sk", "Dňa 3. mája bol Ing. Malý napr. v Nitre. Potom odišiel.", 2 },
    { "bg", "През 1999 г. проф. Колев живя на ул. Дунав. После замина.", 2 },
    { "uk", "У 1999 р. проф. Гнатюк жив на вул. Садовій. Потім він поїхав.", 2 },
    { "kk", "Проф. Серіков 1999 ж. Алматыда тұрды. Кейін ол кетті.", 2 },
    { "el", "Πού πας; Πάω σπίτι. Ο κ. Νίκου μένει εδώ.", 3 },
    { "hy", "Նա եկավ: Ժամը 10:30 էր. անձրև էր։ Գնաց:", 3 },
    { "ar", "قال: سأعود غدا. متى؟ الساعة 10:30.", 4 },
    { "fa", "او رفت. کی؟ ساعت ۱۰:۳۰.", 3 },
    { "ur", "وہ گیا۔ کب؟ شام کو۔", 3 },
    { "hi", "डॉ. वर्मा आए। वे कब गए? शाम को|", 3 },
    { "mr", "डॉ. जोशी आले. ते कधी गेले?", 2 },
    { "ja", "彼は「雨だ。帰ろう。」と言った。そして帰った（傘はない。）。", 2 },
    { "zh", "他说：「下雨了。走吧。」她走了。", 2 },
    { "my", "သူ လာသည်၊ သွားသည်။ မိုး ရွာသည်။", 2 },
    { "am", "እሱ መጣ። መቼ፧ ማታ።", 3 },
  }
  for _, case in ipairs(others) do
    it(("finds %d sentences in %q"):format(case[3], case[2]), function()
      local got = token.sentences(case[2], { rules = case[1] })
      assert.equal(case[3], #got, got:join(" | "))
    end)
  end

  it("takes rules of the caller's own", function()
    local rules = { others = "blk", starters = { "The" }, lower_starts = true }
    assert.equal(1, #token.sentences("At blk. Seven", { rules = rules }))
    assert.equal(2, #token.sentences("At blk. The end", { rules = rules }))
  end)

  it("names the rule it does not know, and what is none", function()
    local wrong = {
      { { titels = "Mr" }, "did you mean 'titles'" },
      { { titles = 5 }, "the rule 'titles' is words in a string or a list, not a number" },
      { { ordinals = "yes" }, "'ordinals' is a boolean" },
      { 5, "'rules' is a language or a table of rules, not a number" },
    }
    for _, case in ipairs(wrong) do
      assert.error_matches(function() token.sentences("a", { rules = case[1] }) end, case[2])
    end
  end)

  it("names a language it has no rules for", function()
    assert.error_matches(function() token.sentences("a", { rules = "xx" }) end,
      "no sentence rules for the language 'xx'; there are am ar bg .* zh$")
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

describe("lines and paragraphs, of any pieces", function()
  local ENDS = { "\r\n", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}" }

  --- One byte after the other.
  local function plain_lines(text)
    local lines, at, start = {}, 1, 1
    while at <= #text do
      local found
      for _, ending in ipairs(ENDS) do
        if not found and text:sub(at, at + #ending - 1) == ending then found = ending end
      end
      if found then lines[#lines + 1] = { text:sub(start, at - 1), found } end
      at = at + (found and #found or 1)
      if found then start = at end
    end
    if start <= #text then lines[#lines + 1] = { text:sub(start), "" } end
    return lines
  end

  --- White space parts them, and PS.
  local function plain_paragraphs(text)
    local paragraphs, parts, parted = {}, {}, false
    local function finish()
      if parts[1] then paragraphs[#paragraphs + 1] = table.concat(parts):match("^%s*(.-)%s*$") end
      parts = {}
    end
    for _, line in ipairs(plain_lines(text)) do
      local blank = not line[1]:find("%S")
      if blank or parted then finish() end
      if not blank then
        parts[#parts + 1] = line[1]
        parts[#parts + 1] = line[2] == "\u{2029}" and "" or "\n"
        parted = line[2] == "\u{2029}"
      end
    end
    finish()
    return paragraphs
  end

  local pieces = { "\n", "\r", "\n\n", "\r\n", "\u{85}", "\u{2028}", "\u{2029}", "\xC2", "\xE2\x80",
    "\xE2", "a", " ", "\t", ("b"):rep(60), ("c"):rep(1000), ("\u{2014}"):rep(300), "\u{E9}" }
  it("are those of a plain reading", function()
    for _ = 1, 100 do
      local some, used = {}, {}
      for i = 1, 4 do used[i] = pieces[math.random(#pieces)] end
      for i = 1, math.random(0, 40) do some[i] = used[math.random(#used)] end
      local text, lines = table.concat(some), {}
      for i, line in ipairs(plain_lines(text)) do lines[i] = line[1] end
      assert.same(lines, token.lines(text):strings())
      assert.equal(text, token.lines(text, { all = true }):join(""))
      local found = token.paragraphs(text):strings()
      for i, paragraph in ipairs(found) do -- line ends inside are all as good as LF
        found[i] = paragraph:gsub("\r\n?", "\n"):gsub("\u{85}", "\n"):gsub("\u{2028}", "\n")
      end
      assert.same(plain_paragraphs(text), found)
      assert.equal(text, token.paragraphs(text, { all = true }):join(""))
    end
  end)
end)

describe("token.split", function()
  it("gives what is between separators", function()
    assert.same({ "" }, token.split("", "::"):strings())
    assert.same({ "", "a", "", "b:c", "" }, token.split("::a::::b:c::", "::"):strings())
    assert.error_matches(function() token.split("a", "") end, "the separator is empty")
  end)
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
