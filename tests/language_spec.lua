local language = require "pumice.language"

local RIGHTS = {
  de = "Alle Menschen sind frei und gleich an Würde und Rechten geboren.",
  en = "All human beings are born free and equal in dignity and rights.",
  es = "Todos los seres humanos nacen libres e iguales en dignidad y derechos.",
  fi = "Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan.",
  fr = "Tous les êtres humains naissent libres et égaux en dignité et en droits.",
  he = "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.",
  ja = "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。",
  ko = "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
  no = "Alle mennesker er født frie og med samme menneskeverd og menneskerettigheter.",
  pl = "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw.",
  ru = "Все люди рождаются свободными и равными в своем достоинстве и правах.",
  zh = "人人生而自由，在尊严和权利上一律平等。",
}

describe("language.detect", function()
  for code, sentence in pairs(RIGHTS) do
    it("is not sure of code and addresses", function()
    for _, line in ipairs {
      "for (int i = 0; i < count; i++) { sum += list[i]; }",
      "def main(argv): return os.path.join(base_path, name)",
      "https://www.example.com/path/to/page?id=1234&ref=abc",
      '<div class="container"><a href="index.html">home</a></div>',
    } do
      local _, confidence = language.detect(line)
      assert.is_true(confidence < 0.5, line)
    end
    local plain = "It was read on the train (in the U.S.), i.e. by two of them: him and her."
    local _, confidence = language.detect(plain)
    local _, joined = language.detect(plain .. " See https://example.com/a_b")
    assert.is_true(confidence > 0.9 and joined > 0.8 and joined < confidence)
  end)

  it("finds " .. code, function()
      local found, confidence, shares = language.detect(sentence)
      assert.equal(code, found)
      assert.is_true(confidence > 0.7 and confidence <= 1)
      assert.equal(code, shares[1].language)
    end)
  end

  it("is less sure of less", function()
    local _, long = language.detect(RIGHTS.fr)
    local _, short = language.detect("Tous")
    assert.is_true(short < long)
  end)

  it("says why it gives none", function()
    assert.same({ nil, "no language can be told", {} }, { language.detect("") })
    assert.same({ nil, "no language can be told", {} }, { language.detect("1, 2; 3.") })
    local code, reason = language.detect("ok", { at_least = 0.99 })
    assert.is_nil(code)
    assert.matches("not sure enough", reason)
    code, reason = language.detect("caf\xE9")
    assert.is_nil(code)
    assert.matches("invalid UTF%-8", reason)
  end)

  it("looks at pieces from all over a long text", function()
    local long = RIGHTS.de:rep(2000, " ") .. RIGHTS.ja:rep(2000)
    local _, _, shares = language.detect(long)
    local found = {}
    for _, entry in ipairs(shares) do found[entry.language] = entry.share end
    assert.is_true(found.de > 0.1 and found.ja > 0.1)
    assert.equal("zh", (language.detect(RIGHTS.zh:rep(3000))))
  end)

  it("names the option it does not know", function()
    assert.error_matches(function() language.detect("", { hnit = "de" }) end,
      "did you mean 'hint'")
  end)
end)

describe("language.paragraphs", function()
  it("gives each paragraph its language and its place", function()
    local s = table.concat({ RIGHTS.de, RIGHTS.en, "***", RIGHTS.ru }, "\n\n")
    local list = language.paragraphs(s)
    local got = {}
    for i, p in ipairs(list) do got[i] = { p.language or "none", s:sub(p.first, p.last) } end
    assert.same({
      { "de", RIGHTS.de }, { "en", RIGHTS.en }, { "none", "***" }, { "ru", RIGHTS.ru },
    }, got)
    assert.equal(0, list[3].confidence)
    assert.same({}, language.paragraphs(""))
  end)
end)
