--- Sketches of Shingles: what they estimate, how far they err, and what they
--- refuse.
local made = require "made_corpus"
local shingle = require "pumice.shingle"

local random = made.random(7)
local function words(count) return made.words(random, count) end

--- Two texts of which a share of the words is the same run, in the same order.
local function pair(count, share)
  local run = words(math.floor(count * share))
  local own = count - math.floor(count * share)
  return shingle.words(run .. " " .. words(own)), shingle.words(run .. " " .. words(own))
end

--- Root mean square error and mean error beside the standard error of MinHash.
local function errors(method, bits)
  local squares, sum, variance, count = 0, 0, 0, 0
  for _, share in ipairs { 0.2, 0.5, 0.7, 0.9 } do
    for _, length in ipairs { 60, 300, 2000 } do
      local a, b = pair(length, share)
      local exact = a:jaccard(b)
      for i = 1, 20 do
        local options = { k = 128, bits = bits, seed = i }
        local error = shingle.similarity(a[method](a, options), b[method](b, options)) - exact
        squares, sum, count = squares + error ^ 2, sum + error, count + 1
        variance = variance + exact * (1 - exact) / 128
      end
    end
  end
  return math.sqrt(squares / count), sum / count, math.sqrt(variance / count)
end

describe("Shingles:sketch", function()
  it("errs less than MinHash should, to neither side, with 128 slots and 20 seeds", function()
    local rms, bias, theory = errors("sketch", 32)
    assert.is_true(rms <= 0.92 * theory, ("%.4f, theory %.4f"):format(rms, theory))
    assert.is_true(math.abs(bias) < 0.006, ("%.4f"):format(bias))
  end)

  it("errs hardly more with 8 bits a slot", function()
    local rms, bias, theory = errors("sketch", 8)
    assert.is_true(rms <= 0.98 * theory, ("%.4f, theory %.4f"):format(rms, theory))
    assert.is_true(math.abs(bias) < 0.006, ("%.4f"):format(bias))
  end)

  it("has a head of 20 bytes and k slots", function()
    local s = shingle.words("one two three four")
    for _, k in ipairs { 1, 100, 128, 4096 } do
      assert.equal(20 + 4 * k, #s:sketch { k = k })
      assert.equal(20 + k, #s:sketch { k = k, bits = 8 })
    end
  end)

  it("of an empty text is like nothing", function()
    local none, one = shingle.words(""), shingle.words("one")
    for _, bits in ipairs { 8, 32 } do
      local empty = none:sketch { bits = bits }
      assert.equal(0.0, shingle.similarity(empty, empty))
      assert.equal(0.0, shingle.similarity(empty, one:sketch { bits = bits }))
    end
    assert.equal(one:sketch(), shingle.merge(none:sketch(), one:sketch()))
  end)

  it("refuses what it cannot do", function()
    local s = shingle.words("one two three four")
    assert.error_matches(function() s:sketch { k = 0 } end, "1 to 4096, not 0")
    assert.error_matches(function() s:sketch { k = 4097 } end, "1 to 4096, not 4097")
    assert.error_matches(function() s:sketch { bits = 16 } end, "'bits' is 32 or 8, not 16")
    assert.error_matches(function() s:sketch { slots = 9 } end, "unknown option 'slots'")
  end)
end)

describe("Shingles:minhash", function()
  it("errs as theory says, to neither side", function()
    local rms, bias, theory = errors("minhash", 32)
    assert.is_true(rms <= 1.1 * theory and rms >= 0.85 * theory)
    assert.is_true(math.abs(bias) < 0.008)
  end)
end)

describe("Shingles:simhash", function()
  it("estimates the cosine of the sets", function()
    local sum, expected, count = 0, 0, 40
    for _ = 1, count do
      local a, b = pair(300, 0.8)
      sum = sum + shingle.similarity(a:simhash(), b:simhash())
      expected = expected + a:shared(b) / math.sqrt(#a * #b)
    end
    assert.is_true(math.abs(sum - expected) / count < 0.06)
  end)

  it("is 0 for an empty text", function()
    assert.equal(0, shingle.words(""):simhash())
  end)
end)

describe("shingle.sketch", function()
  it("is the sketch of the set of word shingles", function()
    for _, text in ipairs { "", "one", "Ein Wort, zwei Wörter, drei", words(3000) } do
      for n = 1, 5 do
        local options = { k = 64, bits = 32, seed = 9 }
        local expected = shingle.words(text, { n = n }):sketch(options)
        options.n = n
        assert.equal(expected, shingle.sketch(text, options))
      end
    end
  end)
end)

describe("shingle.similarity", function()
  local a = shingle.words("one two three four five")
  local differing = {
    -- another sketch, what the message says
    { a:minhash(), "different methods" },
    { a:sketch { k = 64 }, "different sizes" },
    { a:sketch { bits = 8 }, "different sizes" },
    { a:sketch { seed = 2 }, "different seeds" },
    { shingle.words("one", { n = 2 }):sketch(), "different shingles" },
    { a:sample(2):sketch(), "different shingles" },
    { "", "not a sketch" },
    { a:sketch():sub(1, -2), "damaged" },
    { a:sketch():gsub("..$", "\1\2"), "damaged" },
  }
  for _, case in ipairs(differing) do
    local other, message = table.unpack(case)
    it("refuses " .. message, function()
      assert.error_matches(function() shingle.similarity(a:sketch(), other) end, message)
      assert.error_matches(function() shingle.merge(a:sketch(), other) end, message)
    end)
  end
end)

describe("shingle.merge", function()
  it("gives the sketch of both sets", function()
    for _, counts in ipairs { { 3, 5 }, { 40, 900 }, { 2000, 2000 } } do
      local a, b = shingle.words(words(counts[1])), shingle.words(words(counts[2]))
      assert.equal(a:with(b):sketch(), shingle.merge(a:sketch(), b:sketch()))
      assert.equal(a:with(b):minhash(), shingle.merge(a:minhash(), b:minhash()))
    end
  end)

  it("refuses slots of 8 bits", function()
    local s = shingle.words("one"):sketch { bits = 8 }
    assert.error_matches(function() shingle.merge(s, s) end, "8 bits do not merge")
  end)
end)

describe("shingle.words { counted = true }", function()
  it("compares bags", function()
    local function bag(text) return shingle.words(text, { n = 1, counted = true }) end
    local a, b = bag("a a a b"), bag("a a b b c")
    assert.equal(4, #a)
    assert.equal(3 / 6, a:jaccard(b)) -- the lesser counts 2 + 1, the greater 3 + 2 + 1
    assert.equal(3 / 4, a:containment(b))
  end)
end)

describe("shingle.bands", function()
  it("finds the bands with a curve that turns at the threshold", function()
    for _, threshold in ipairs { 0.3, 0.5, 0.7, 0.9 } do
      local b, r, curve = shingle.bands(128, threshold)
      assert.is_true(b * r <= 128)
      assert.is_true(curve(threshold + 0.1) > 0.85)
      assert.is_true(curve(threshold - 0.2) < 0.25)
    end
  end)

  it("minds misses when told to", function()
    local _, _, usual = shingle.bands(128, 0.5)
    local _, _, careful = shingle.bands(128, 0.5, { misses = 0.9 })
    assert.is_true(careful(0.5) > usual(0.5) + 0.2)
  end)

  it("refuses what is no number of slots and no share", function()
    assert.error_matches(function() shingle.bands(0, 0.5) end, "at least one slot, not 0")
    assert.error_matches(function() shingle.bands(128, 50) end, "0 to 1, not 50")
  end)

  it("has the curve that sketches have", function()
    local bands, rows, curve = shingle.bands(128, 0.5)
    for _, share in ipairs { 0.5, 0.7, 0.85 } do
      local found, expected, rounds = 0, 0, 300
      local a, b = pair(400, share)
      for i = 1, rounds do
        local x, y = a:sketch { seed = i }, b:sketch { seed = i }
        local keys = assert(shingle.unpack(shingle.band_keys(x, rows)))
        local shared = keys:shared(assert(shingle.unpack(shingle.band_keys(y, rows))))
        assert.equal(bands, #keys)
        if shared > 0 then found = found + 1 end
        expected = expected + curve(a:jaccard(b))
      end
      assert.is_true(math.abs(found - expected) / rounds < 0.1,
        ("%d found, %.1f expected"):format(found, expected))
    end
  end)
end)
