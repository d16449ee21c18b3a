local index = require "pumice.index"
local made = require "made_corpus"
local shingle = require "pumice.shingle"

local random = made.random(11)
local function words(count) return made.words(random, count) end

describe("index.near", function()
  for _, bits in ipairs { 8, 32 } do
    it(("groups copies and nothing else, with %d bits"):format(bits), function()
      local near, expected = index.near(), {}
      local function add(id, text) near:add(id, shingle.sketch(text, { bits = bits })) end
      for i = 1, 200 do
        local text = words(200 + random(300))
        add(i, text)
        if i % 4 == 0 then
          add("copy of " .. i, words(10) .. " " .. text)
          expected[#expected + 1] = { i, "copy of " .. i }
        end
      end
      assert.equal(250, #near)
      assert.same(expected, near:clusters())
    end)
  end

  it("misses what its curve allows, and no more", function()
    local texts = made.texts(3, 2000, 60, 4)
    for _, jaccard in ipairs { 0.3, 0.5 } do
      local near, sets = index.near { jaccard = jaccard }, {}
      for i, text in ipairs(texts) do
        sets[i] = shingle.words(text)
        near:add(i, sets[i]:sketch())
      end
      local group = {}
      for g, members in ipairs(near:clusters()) do
        for _, i in ipairs(members) do group[i] = g end
      end
      local _, _, curve = shingle.bands(128, jaccard)
      local pairs_found, missed, expected, variance = 0, 0, 0, 0
      for b = 2, #texts do
        for a = 1, b - 1 do
          local j = sets[a]:jaccard(sets[b])
          if j >= jaccard then
            local miss = 1 - curve(j)
            expected, variance = expected + miss, variance + miss * (1 - miss)
            pairs_found = pairs_found + 1
            if not group[a] or group[a] ~= group[b] then missed = missed + 1 end
          end
        end
      end
      -- Pairs of one document are not independent: four deviations are allowed.
      assert.is_true(pairs_found > 50)
      assert.is_true(missed <= expected + 4 * math.sqrt(variance) + 1,
        ("%d of %d missed, %.1f expected"):format(missed, pairs_found, expected))
    end
  end)

  for _, bits in ipairs { 8, 32 } do
    it(("finds by query and in pairs those with a band in common, %d bits"):format(bits), function()
      local texts = made.texts(3, 400, 60, 4)
      local near, sketches, keys, all = index.near { jaccard = 0.4 }, {}, {}, {}
      local _, rows = shingle.bands(128, 0.4)
      for b, text in ipairs(texts) do
        sketches[b] = shingle.sketch(text, { bits = bits })
        keys[b] = shingle.unpack(shingle.band_keys(sketches[b], rows))
        local expected = {}
        for a = 1, b - 1 do
          if keys[a]:shared(keys[b]) > 0 then
            local found = { id = a, similarity = shingle.similarity(sketches[a], sketches[b]) }
            expected[#expected + 1] = found
            all[#all + 1] = { a = a, b = b, similarity = found.similarity }
          end
        end
        table.sort(expected, function(x, y)
          if x.similarity ~= y.similarity then return x.similarity > y.similarity end
          return x.id < y.id
        end)
        assert.same(expected, near:query(sketches[b]))
        near:add(b, sketches[b])
      end
      assert.is_true(#all > 50)
      assert.same(all, near:pairs())
    end)
  end

  it("leaves empty documents alone", function()
    local near = index.near()
    assert.same({}, near:clusters())
    assert.same({}, near:pairs())
    assert.same({}, near:query(shingle.sketch("")))
    near:add(1, shingle.sketch(""))
    near:add(2, shingle.sketch(""))
    assert.same({}, near:clusters())
    assert.same({}, near:pairs())
    assert.same({}, near:query(shingle.sketch("")))
    near:add(3, shingle.sketch("a b c d"))
    assert.same({ { id = 3, similarity = 1.0 } }, near:query(shingle.sketch("a b c d")))
  end)

  it("refuses sketches that do not compare", function()
    local near = index.near()
    near:add(1, shingle.sketch("one two three"))
    near:add(2, shingle.sketch("one two three", { seed = 2 }))
    assert.error_matches(function() near:clusters() end, "different seeds")
    assert.error_matches(function() near:pairs() end, "different seeds")
    local other = shingle.sketch("one two three", { k = 64 })
    assert.error_matches(function() near:query(other) end, "different")
    assert.error_matches(function() index.near { jacard = 1 } end, "did you mean 'jaccard'")
    assert.error_matches(function() index.near { jaccard = 50 } end, "0 to 1, not 50")
  end)
end)
