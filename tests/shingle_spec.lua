local shingle = require "pumice.shingle"

describe("shingle.words", function()
  local counts = {
    -- text, n, distinct shingles
    { "", 3, 0 },
    { "?!", 3, 0 },
    { "one", 3, 1 },
    { "one two", 3, 1 },
    { "one two three", 3, 1 },
    { "one two three four", 3, 2 },
    { "to be or not to be", 2, 4 },
    { ("a "):rep(1000), 3, 1 },
  }
  for _, case in ipairs(counts) do
    local text, n, expected = table.unpack(case)
    it(("gives %d for %q with n = %d"):format(expected, text:sub(1, 30), n), function()
      assert.equal(expected, #shingle.words(text, { n = n }))
    end)
  end

  local same = {
    { "The US, in 2015.", "the us in 2015" },
    { "Éric a été là", "éric a été là" },
    { "“not allies, but vassals”", "\"Not allies -- but vassals.\"" },
    { "Ｆｕｌｌ width", "full width" },
    { "hy\u{AD}phen\u{200B}ated words", "hyphenated words" },
    { "北京 大学", "北京大学" },
  }
  for _, case in ipairs(same) do
    it(("finds %q and %q the same"):format(case[1], case[2]), function()
      local a, b = shingle.words(case[1], { n = 2 }), shingle.words(case[2], { n = 2 })
      assert.equal(1.0, a:jaccard(b))
    end)
  end

  it("counts words", function()
    assert.equal(4, shingle.words("one two, three - four"):units())
  end)

  it("gives the places of shingles when asked to", function()
    local s = shingle.words("a b a b", { n = 2, positions = true })
    local places = {}
    for _, place in pairs(s:positions()) do places[#places + 1] = place end
    table.sort(places)
    assert.same({ 1, 2 }, places)
    assert.error_matches(function() shingle.words("a b"):positions() end, "positions = true")
  end)

  it("refuses what it cannot do", function()
    assert.error_matches(function() shingle.words("a", { n = 0 }) end, "1 to 64, not 0")
    assert.error_matches(function() shingle.words("a", { n = 65 }) end, "1 to 64, not 65")
    assert.error_matches(function() shingle.words("a", { with = 3 }) end, "unknown option")
    assert.error_matches(function() shingle.words(nil) end, "a text is a string")
  end)
end)

--- The sets of words of two texts, compared in plain Lua.
local function compare(a, b)
  local function set(text)
    local words, known, count = {}, {}, 0
    for word in text:gmatch("%w+") do words[#words + 1] = word end
    for i = 1, #words - 1 do
      local pair = words[i] .. " " .. words[i + 1]
      if not known[pair] then known[pair], count = true, count + 1 end
    end
    return known, count
  end
  local x, nx = set(a)
  local y, ny = set(b)
  local shared = 0
  for pair in pairs(x) do if y[pair] then shared = shared + 1 end end
  return shared, nx, ny
end

local function random_text(random, words, vocabulary)
  local text = {}
  for i = 1, words do text[i] = "w" .. random(vocabulary) end
  return table.concat(text, " ")
end

describe("Shingles", function()
  local seed = 42
  local function random(n)
    seed = (seed * 1103515245 + 12345) % 2147483648
    return (seed >> 8) % n + 1
  end

  it("compares as sets of word pairs do", function()
    for _ = 1, 200 do
      local a, b = random_text(random, 1 + random(60), 8), random_text(random, 1 + random(60), 8)
      local shared, nx, ny = compare(a, b)
      if nx > 0 and ny > 0 then
        local x, y = shingle.words(a, { n = 2 }), shingle.words(b, { n = 2 })
        assert.equal(shared, x:shared(y))
        assert.equal(nx - shared, #x:without(y))
        assert.equal(shared / (nx + ny - shared), x:jaccard(y))
        assert.equal(shared / nx, x:containment(y))
        assert.equal(shared / ny, y:containment(x))
      end
    end
  end)

  it("shares a fingerprint with any text that has w + n - 1 words of it", function()
    for _ = 1, 100 do
      local n, w = random(4), random(6)
      local run = random_text(random, w + n - 1, 1000)
      local options = { n = n, positions = true }
      local function around()
        return random_text(random, 50, 1000) .. " " .. run .. " " .. random_text(random, 50, 1000)
      end
      local a = shingle.words(around(), options):fingerprint { w = w }
      local b = shingle.words(around(), options):fingerprint { w = w }
      assert.is_true(a:shared(b) > 0)
    end
  end)

  it("samples the same hashes in every text", function()
    local a = shingle.words(random_text(random, 3000, 9000))
    local b = shingle.words(random_text(random, 3000, 9000))
    local x, y = a:sample(8), b:sample(8)
    assert.is_true(math.abs(#x - #a / 8) < 100)
    assert.equal(#x, x:shared(a:sample(8)))
    assert.equal(#x:without(y), #x - x:shared(y))
    assert.error_matches(function() a:sample(6) end, "6: not a power of two")
    assert.error_matches(function() x:shared(b) end, "do not compare")
  end)

  it("joins sets, at the sparser rate", function()
    local a = shingle.words(random_text(random, 300, 200))
    local b = shingle.words(random_text(random, 300, 200))
    local all = a:with(b)
    assert.equal(#a + #b - a:shared(b), #all)
    assert.equal(#a, all:shared(a))
    assert.equal(1.0, a:sample(4):with(b):jaccard(all:sample(4)))
  end)

  it("packs and unpacks", function()
    local a = shingle.words(random_text(random, 100, 50), { n = 4 })
    local b = assert(shingle.unpack(a:pack()))
    assert.equal(1.0, a:jaccard(b))
    assert.same({ nil, "not a packed set of shingles" }, { shingle.unpack("x") })
    assert.same({ nil, "a damaged set of shingles" },
      { shingle.unpack(a:pack():sub(1, 4) .. ("\0"):rep(16)) })
  end)

  it("does not compare different widths", function()
    local a, b = shingle.words("a b c", { n = 2 }), shingle.words("a b c", { n = 3 })
    assert.error_matches(function() a:jaccard(b) end, "of 2 words and of 3 words do not compare")
  end)

  it("does not compare different kinds, packed or not", function()
    local kinds = {
      ["3 words"] = shingle.words("a b c d"), ["3 characters"] = shingle.chars("abcd", { n = 3 }),
      ["3 counted words"] = shingle.words("a b c d", { counted = true }),
      ["3 counted characters"] = shingle.chars("abcd", { n = 3, counted = true }),
    }
    for name, one in pairs(kinds) do
      for other_name, other in pairs(kinds) do
        other = assert(shingle.unpack(other:sample(1):pack()))
        if name == other_name then
          assert.equal(1.0, one:jaccard(other))
          assert.equal(1.0, shingle.similarity(one:sketch(), other:sketch()))
        else
          local said = ("shingles of %s and of %s do not compare"):format(name, other_name)
          for _, method in ipairs { "jaccard", "containment", "with", "without" } do
            assert.error_matches(function() one[method](one, other) end, said, 1, true)
          end
          assert.error_matches(function() shingle.similarity(one:sketch(), other:sketch()) end,
            "different shingles do not compare: .*" .. name .. ".*" .. other_name)
        end
      end
    end
  end)

  it("says what a wrong argument is, and what it may be", function()
    local s = shingle.words "a b c d"
    for said, call in pairs {
      ["a text is a string, or the Spans of its words, not a nil"] =
        function() shingle.words(nil) end,
      ["option 'n' is a whole number, 1 to 64, not 65"] =
        function() shingle.chars("a", { n = 65 }) end,
      ["not with a string"] = function() s:jaccard("a b c d") end,
      ["make them with { positions = true }"] = function() s:fingerprint() end,
      ["'w' is a whole number, at least 1, not 0"] =
        function() s:fingerprint { w = 0 } end,
      ["a sample of one in x: not a power of two"] = function() s:sample "x" end,
      ["packed shingles are a string, as Shingles:pack makes it, not a number"] =
        function() shingle.unpack(5) end,
    } do
      assert.error_matches(call, said, 1, true)
    end
  end)

  it("of an empty text share nothing", function()
    local none = shingle.words("")
    assert.equal(0.0, none:jaccard(none))
    assert.equal(0.0, none:containment(shingle.words("a")))
    assert.equal(0, #none:sample(8))
  end)
end)

describe("shingle.words over Spans", function()
  local found, token = pcall(require, "pumice.token")
  if not found then return end
  it("takes the characters of the tokens", function()
    local words = token.words("The cat, the dog"):without { "the", "The" }
    assert.equal(1.0, shingle.chars(words):jaccard(shingle.chars "cat dog"))
  end)

  it("takes each token for a word", function()
    local spans = token.words("Don't say so, he said.")
    assert.equal(1.0, shingle.words(spans):jaccard(shingle.words("dont say so he said")))
  end)
end)
