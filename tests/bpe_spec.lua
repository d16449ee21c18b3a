local bpe = require("pumice.token").bpe

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
    assert.error_matches(function() bpe.new { "ab", 1 } end, "token 2 is a string, not a number")
    assert.error_matches(function() bpe.new "ab" end, "a list of strings, not a string")
    assert.error_matches(function() bpe.parse() end, "bytes of a file, not a nil")
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
