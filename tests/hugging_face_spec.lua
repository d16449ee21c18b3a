local bpe = require("pumice.token").bpe
local json = require "pumice.json"

--- The letters of a tokenizer.json that stand for bytes, and the other way.
local letter_of = {}
do
  local next_free = 0x100
  for byte = 0, 255 do
    local visible = byte >= 33 and byte <= 126 or byte >= 161 and byte ~= 173
    letter_of[byte] = utf8.char(visible and byte or next_free)
    if not visible then next_free = next_free + 1 end
  end
end

local function letters(bytes)
  return (bytes:gsub(".", function(c) return letter_of[c:byte()] end))
end

--- A tokenizer.json: the bytes, then what the merges make.
local function tokenizer(merges, changes)
  local vocab, id = {}, 256
  for byte = 0, 255 do vocab[letter_of[byte]] = byte end
  local list = {}
  for i, merge in ipairs(merges) do
    local left, right = letters(merge[1]), letters(merge[2])
    list[i] = left .. " " .. right
    if not vocab[left .. right] then
      vocab[left .. right] = id
      id = id + 1
    end
  end
  local file = {
    model = { type = "BPE", vocab = vocab, merges = json.array(list) },
    pre_tokenizer = { type = "ByteLevel", add_prefix_space = false, use_regex = true },
    normalizer = json.null,
  }
  for name, value in pairs(changes or {}) do file[name] = value end
  return json.encode(file)
end

local function split(...)
  local parts = { ... }
  parts[#parts + 1] = { type = "ByteLevel", add_prefix_space = false, use_regex = false }
  return { pre_tokenizer = { type = "Sequence", pretokenizers = parts } }
end

local function refuses(message, text, opts)
  local encoder, why = bpe.parse(text, opts)
  assert.is_nil(encoder)
  assert.matches(message, why, 1, true)
end

local ALL_BYTES = {}
for byte = 0, 255 do ALL_BYTES[byte + 1] = string.char(byte) end
ALL_BYTES = table.concat(ALL_BYTES)

describe("bpe.parse of a tokenizer.json", function()
  it("merges by the order of the rules", function()
    -- as ids go "bc" would be first; as rules go, "ab"
    local encoder = assert(bpe.parse(tokenizer { { "a", "b" }, { "b", "c" }, { "ab", "c" } }))
    assert.same({ 258 }, encoder:encode("abc"):table())
    assert.same({ 120, 257 }, encoder:encode("xbc"):table())
    assert.equal(ALL_BYTES, encoder:decode(encoder:encode(ALL_BYTES)))
  end)

  it("merges even what is a token, unless told not to", function()
    local merges = { { "a", "b" }, { "b", "c" }, { "a", "bc" } } -- abc is never made
    local file = tokenizer(merges)
    assert.same({ 256, 99 }, bpe.parse(file):encode("abc"):table())
    file = file:gsub('"merges"', '"ignore_merges":true,%0')
    assert.same({ 258 }, bpe.parse(file):encode("abc"):table())
  end)

  it("reads merges as pairs, too", function()
    local file = tokenizer({ { "a", "b" } }):gsub('%["a b"%]', '[["a","b"]]')
    assert.same({ 256 }, bpe.parse(file):encode("ab"):table())
  end)

  it("cuts by one pattern after the other", function()
    local merges = { { "1", "2" }, { "a", "1" }, { "-", "-" }, { "a", "-" } }
    local encoder = assert(bpe.parse(tokenizer(merges, split(
      { type = "Split", pattern = { String = "--" }, behavior = "Isolated", invert = false },
      { type = "Digits", individual_digits = true }))))
    assert.same({ "a", "--", "a", "1", "2" }, encoder:spans("a--a12"):strings())
    encoder = assert(bpe.parse(tokenizer(merges, split(
      { type = "Split", pattern = { Regex = "[a-z]+" }, behavior = "Isolated", invert = true },
      { type = "Digits", individual_digits = false }))))
    assert.same({ "a", "--", "a", "12" }, encoder:spans("a--a12"):strings())
  end)

  it("reads a pattern as Oniguruma does", function()
    local texts = {
      -- pattern, text, pieces
      { "\\w+", "\u{915}\u{940}\u{2153}a\u{BD}", { "\u{915}\u{940}", "\u{2153}", "a\u{BD}" } },
      { "[\\w-]+", "-\u{915}\u{940} ", { "-\u{915}\u{940}", " " } },
      { "\\p{Han}+|[^\\P{^Greek}a]", "\u{4E2D}\u{3002}\u{4E2D}",
        { "\u{4E2D}", "\u{3002}", "\u{4E2D}" } },
      { "\\h+", "fee fie", { "fee", " ", "f", "i", "e" } },
      { "^a|b$", "aab\nabb", { "a", "ab", "\n", "a", "b", "b" } },
      { "a\\b", "aa\u{301}a", { "aa\u{301}", "a" } },
      { "[!$%&^]x", "a$x^x", { "a", "$x", "^x" } },
    }
    for _, case in ipairs(texts) do
      local merges = { { "a", "a" }, { "a", "b" }, { "b", "b" }, { "f", "e" }, { "fe", "e" },
        { "$", "x" }, { "^", "x" }, { "f", "i" }, { "\xAD", "\xE3" },
        { "\x80", "\xE2" }, { "a", "\xC2" }, { "\x93", "a" } }
      local encoder = assert(bpe.parse(tokenizer(merges, split { type = "Split",
        pattern = { Regex = case[1] }, behavior = "Isolated" })))
      local whole = {}
      for _, piece in ipairs(case[3]) do
        for _, part in ipairs(encoder:spans(piece):strings()) do whole[#whole + 1] = part end
      end
      assert.same(whole, encoder:spans(case[2]):strings())
    end
  end)

  it("normalizes first", function()
    local encoder = assert(bpe.parse(tokenizer({ { "\xC3", "\xA9" } },
      { normalizer = { type = "Sequence", normalizers = json.array { { type = "NFC" } } } })))
    assert.same({ 256 }, encoder:encode("e\u{301}"):table())
    assert.equal("\u{E9}", encoder:spans("e\u{301}"):text())
    assert.is_nil(encoder:encode "\xFF")
    assert.is_nil(encoder:count "\xFF")
    assert.is_nil(encoder:spans "\xFF")
  end)

  it("finds added tokens always, special ones when asked", function()
    local encoder = assert(bpe.parse(tokenizer({}, { added_tokens = json.array {
      { id = 500, content = "<s>", special = true },
      { id = 501, content = "  ", special = false },
      { id = 502, content = "<mask>", special = true, lstrip = true },
    } })))
    assert.same({ 501, 60, 115, 62 }, encoder:encode("  <s>"):table())
    assert.same({ 501, 500 }, encoder:encode("  <s>", { special = true }):table())
    assert.equal("<mask>", encoder:decode { 502 })
    assert.equal(502, encoder:id "<mask>")
    assert.equal(6, encoder:count("<mask>", { special = true }))
  end)

  it("refuses what it would get wrong, by name", function()
    local level = { type = "ByteLevel" }
    local function part(value) return { pre_tokenizer = value } end
    local cases = {
      { "normalizer 'Lowercase'", { normalizer = { type = "Lowercase" } } },
      { "not byte-level", part(json.null) },
      { "not byte-level", part { type = "Metaspace" } },
      { "add_prefix_space 'true'", part { type = "ByteLevel", add_prefix_space = true } },
      { "pre-tokenizer 'Punctuation'", split { type = "Punctuation" } },
      { "pre-tokenizer 'ByteLevel'", split(level) },
      { "Split with behavior 'Removed'", split { type = "Split", pattern = { String = "x" },
        behavior = "Removed", invert = false } },
      { "'Removed' and the pattern '[a-z]+'", split { type = "Split",
        pattern = { Regex = "[a-z]+" }, behavior = "Removed", invert = true } },
      { "'&&' in a class", split { type = "Split", pattern = { Regex = "[a-z&&[^x]]" },
        behavior = "Isolated" } },
      { "'{1,3}+'", split { type = "Split", pattern = { Regex = "\\d{1,3}+" },
        behavior = "Isolated" } },
      { "'(?m'", split { type = "Split", pattern = { Regex = "(?m)." }, behavior = "Isolated" } },
      { "normalizer 'NFKC' with the added token '\u{FB01}'", {
        normalizer = { type = "NFKC" },
        added_tokens = json.array { { id = 900, content = "\u{FB01}" } } } },
      { "pattern [: missing", split { type = "Split", pattern = { Regex = "[" },
        behavior = "Isolated" } },
      { "added token 1 has no content", { added_tokens = json.array { { id = 1 } } } },
      { "single_word of the added token 'x'", { added_tokens = json.array {
        { id = 900, content = "x", single_word = true } } } },
      { "special token 1: another token", { added_tokens = json.array {
        { id = 97, content = "x", special = true } } } },
    }
    for _, case in ipairs(cases) do refuses(case[1], tokenizer({}, case[2])) end
    local file = tokenizer { { "a", "b" } }
    refuses("more text", file .. "}")
    refuses("no tokenizer.json", "{}")
    refuses("no tokenizer.json", '{"model":[]}')
    refuses("merge 1 is not of two tokens", (file:gsub('"a b"', '"a c"')))
    refuses("merge 1 is not of two tokens", (file:gsub('"a b"', "7")))
    refuses("no token for byte 120", (file:gsub('"x":120,', "")))
    refuses("token 'ab' has no integer", (file:gsub('"ab":256', '"ab":"x"')))
    refuses("byte_fallback 'true'", (file:gsub('"merges"', '"byte_fallback":true,%0')))
    refuses("dropout '0.1'", (file:gsub('"merges"', '"dropout":0.1,%0')))
    refuses("end_of_word_suffix '</w>'",
      (file:gsub('"merges"', '"end_of_word_suffix":"</w>",%0')))
    refuses("has its own pattern", file, { pattern = "r50k" })
  end)
end)
