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

describe("bpe.new", function()
  local encoder = bpe.new { "th", "the", " the", "he" }

  it("merges the lowest id first", function()
    -- "he" comes after "th": so t-he is never made
    assert.same({ 257 }, encoder:encode("the"):table())
    assert.same({ 32, 120, 259 }, encoder:encode(" xhe"):table())
  end)

  it("takes a piece that is a token as it is", function()
    local odd = bpe.new { "abc" } -- no two tokens make it
    assert.same({ 256 }, odd:encode("abc"):table())
    assert.same({ 97, 98, 99, 100 }, odd:encode("abcd"):table())
  end)

  it("gives the bytes back, whatever they are", function()
    for _, text in ipairs { "", "\0", ALL_BYTES, ALL_BYTES:reverse(), "\xC3", "the\xE2\x82the" } do
      local ids = encoder:encode(text)
      assert.equal(text, encoder:decode(ids))
      assert.equal(#ids, encoder:count(text))
      assert.equal(text, encoder:spans(text):join(""))
    end
  end)

  it("knows tokens and ids", function()
    assert.equal(260, #encoder)
    assert.equal("the", encoder:token(257))
    assert.equal(257, encoder:id "the")
    assert.is_nil(encoder:token(260))
    assert.is_nil(encoder:token(-1))
    assert.is_nil(encoder:token(1 << 40))
    assert.is_nil(encoder:id "nope")
    assert.is_nil(encoder:id "")
  end)

  it("raises at tokens that cannot be", function()
    assert.error_matches(function() bpe.new { "ab", "ab" } end, "another token has that id")
    assert.error_matches(function() bpe.new { "" } end, "no bytes")
    assert.error_matches(function() bpe.new({}, { pattern = "(" }) end, "missing closing")
    assert.error_matches(function() bpe.new({}, { patern = "r50k" }) end,
      "unknown option 'patern', did you mean 'pattern'?", 1, true)
  end)
end)

describe("Ids", function()
  local encoder = bpe.new { "ab" }
  local ids = encoder:encode("abcab")

  it("is read by place", function()
    assert.equal(3, #ids)
    assert.equal(256, ids[1])
    assert.equal(99, ids[2])
    assert.is_nil(ids[0])
    assert.is_nil(ids[4])
    assert.same({ 256, 99, 256 }, ids:table())
  end)

  it("is sliced as strings are", function()
    local cases = { { 1, 2 }, { 2 }, { -1 }, { -2, -2 }, { 3, 2 }, { 0, 99 }, { -99, 1 } }
    for _, case in ipairs(cases) do
      local i, j = table.unpack(case)
      local marks = ("xyx"):sub(i, j):gsub("x", "ab"):gsub("y", "c")
      assert.equal(marks, encoder:decode(ids:slice(i, j)))
    end
  end)

  it("is equal to others with the same ids", function()
    assert.is_true(ids == encoder:encode("abcab"))
    assert.is_false(ids == encoder:encode("abca"))
    assert.equal("3 ids: 256 99 256", tostring(ids))
  end)
end)

describe("decode", function()
  local encoder = bpe.new({ "ab" }, { special = { ["<end>"] = 1000 } })

  it("takes arrays and special tokens", function()
    assert.equal("ab<end>c", encoder:decode { 256, 1000, 99 })
    assert.equal("", encoder:decode {})
  end)

  it("names the id that is not known", function()
    assert.same({ nil, "no token has the id 500, at 2" }, { encoder:decode { 97, 500 } })
    assert.same({ nil, "no token has the id -1, at 1" }, { encoder:decode { -1 } })
    assert.same({ nil, "no token has the id 4294967393, at 1" },
      { encoder:decode { (1 << 32) + 97 } })
  end)

  it("raises at what is no id", function()
    assert.error_matches(function() encoder:decode { 97, "x" } end, "id 2 is a string")
    assert.error_matches(function() encoder:decode { 1.5 } end, "id 1 is a number, not an integer")
    assert.error_matches(function() encoder:decode "x" end, "table expected")
    for _, method in ipairs { "encode", "count", "spans" } do
      assert.error_matches(function() encoder[method](encoder) end, "a text is a string, not a nil")
    end
  end)
end)

describe("special tokens", function()
  local encoder = bpe.new({ "en" }, { special = { ["<end>"] = 1000, ["<end>>"] = 1001 } })

  it("are text unless asked for", function()
    assert.equal(4, encoder:count "<end>")
    assert.same({ 97, 1000, 98 }, encoder:encode("a<end>b", { special = true }):table())
    assert.equal(3, encoder:count("a<end>b", { special = true }))
    assert.same({ "a", "<end>", "b" }, encoder:spans("a<end>b", { special = true }):strings())
  end)

  it("are found leftmost, longest", function()
    assert.same({ 1001, 1000, 60 }, encoder:encode("<end>><end><", { special = true }):table())
  end)

  it("have an id and a text", function()
    assert.equal(1000, encoder:id "<end>")
    assert.equal("<end>", encoder:token(1000))
  end)

  it("need an integer as id, of no other token", function()
    assert.error_matches(function() bpe.new({}, { special = { x = "1" } }) end,
      "'x' has no integer")
    assert.error_matches(function() bpe.new({}, { special = { x = 97 } }) end, "another token")
  end)
end)

describe("a pattern", function()
  local function pieces(pattern, text)
    -- Every piece is a token of its own when nothing else can be merged to it.
    local tokens = {}
    for first = 1, #text do
      for last = first + 1, #text do tokens[text:sub(first, last)] = true end
    end
    local list = {}
    for token in pairs(tokens) do list[#list + 1] = token end
    table.sort(list)
    return bpe.new(list, { pattern = pattern }):spans(text):strings()
  end

  it("of PCRE2 cuts, and what it passes over is a piece", function()
    assert.same({ "ab", "12", "c" }, pieces("\\d+", "ab12c"))
    assert.same({ "a", "b" }, pieces("(?=b)|x", "ab")) -- an empty match cuts
  end)

  it("has White_Space as \\s, and the end as $", function()
    assert.same({ "a", "\u{180E}", "b" }, pieces("\\w+", "a\u{180E}b"))
    assert.same({ "a\u{180E}b" }, pieces("\\S+", "a\u{180E}b"))
    assert.same({ "a\n", "\n" }, pieces("a\\n|\\n$", "a\n\n"))
    assert.same({ "$", "a" }, pieces("[$]", "$a"))
  end)

  it("known by its words is the one written out", function()
    local text = "It's  HTTPServer 12345\n\n x"
    local spelt = [['s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+]]
    local cases = {
      r50k = { "It", "'s", " ", " HTTPServer", " 12345", "\n\n", " x" },
      cl100k = { "It", "'s", " ", " HTTPServer", " ", "123", "45", "\n\n", " x" },
      o200k = { "It's", " ", " HTTPServer", " ", "123", "45", "\n\n", " x" },
      qwen2 = { "It", "'s", " ", " HTTPServer", " ", "1", "2", "3", "4", "5", "\n\n", " x" },
      [spelt] = { "It", "'s", " ", " HTTPServer", " 12345", "\n\n", " x" },
      ["(?:" .. spelt .. ")"] = { "It", "'s", " ", " HTTPServer", " 12345", "\n\n", " x" },
    }
    for pattern, expected in pairs(cases) do assert.same(expected, pieces(pattern, text)) end
  end)

  it("that blows a limit is no end of the text", function()
    local encoder = bpe.new({}, { pattern = "(a+)+$" })
    assert.same({ nil, "match limit" }, { encoder:encode(("a"):rep(40) .. "b") })
    assert.same({ nil, "match limit" }, { encoder:count(("a"):rep(40) .. "b") })
    assert.same({ nil, "match limit" }, { encoder:spans(("a"):rep(40) .. "b") })
  end)

  it("leaves bytes that are no character as pieces", function()
    local encoder = bpe.new({}, { pattern = "." })
    assert.equal("a\xFF\xC3b", encoder:decode(encoder:encode "a\xFF\xC3b"))
  end)
end)

describe("bpe.parse of a rank file", function()
  local lines = {}
  local base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  for byte = 0, 255 do
    local high, low = byte >> 2, (byte & 3) << 4
    lines[byte + 1] = ("%s%s== %d"):format(base64:sub(high + 1, high + 1),
      base64:sub(low + 1, low + 1), byte)
  end
  local ranks = table.concat(lines, "\n") .. "\ndGg= 300\n"

  it("takes a pattern and special tokens", function()
    local encoder = assert(bpe.parse(ranks, { pattern = "cl100k", special = { ["<e>"] = 301 } }))
    assert.same({ 300, 101 }, encoder:encode("the"):table())
    assert.equal(ALL_BYTES, encoder:decode(encoder:encode(ALL_BYTES)))
    assert.equal(301, encoder:id "<e>")
  end)

  it("says what is wrong", function()
    refuses("no known rank file, SHA-256", ranks)
    refuses("not the rank file of cl100k_base: its SHA-256 is", ranks, { name = "cl100k_base" })
    refuses("no token for byte 97", ranks:gsub("YQ== 97\n", ""), { pattern = "r50k" })
    refuses("no token for byte 116", ranks:gsub("dA== 116\n", ""), { pattern = "r50k" })
    refuses("line 257: not a token in base64", ranks:gsub("dGg=", "dGg"), { pattern = "r50k" })
    refuses("line 257: another token", ranks:gsub("300", "7"), { pattern = "r50k" })
    refuses("missing terminating ]", ranks, { pattern = "[" })
  end)

  it("raises at a name or a pattern that cannot be", function()
    assert.error_matches(function() bpe.parse(ranks, { name = "cl100k" }) end,
      "unknown encoding 'cl100k'")
    assert.error_matches(function() bpe.parse(ranks, { pattern = {} }) end, "is a string")
  end)
end)

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
      { type = "Split", pattern = { Regex = "[a-z]+" }, behavior = "Removed", invert = true },
      { type = "Digits", individual_digits = false }))))
    assert.same({ "a", "--", "a", "12" }, encoder:spans("a--a12"):strings())
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

describe("bpe.load", function()
  it("names the file it cannot read", function()
    local encoder, message = bpe.load "/no/such/file"
    assert.is_nil(encoder)
    assert.matches("/no/such/file", message, 1, true)
  end)

  it("is not for recipes in their sandbox", function()
    local recipe_sees = require("pumice.engine.sandbox").environment().pumice.token
    assert.is_nil(recipe_sees.bpe.load)
    assert.equal(bpe.new, recipe_sees.bpe.new)
    assert.equal(2, #recipe_sees.words "to be")
  end)
end)
