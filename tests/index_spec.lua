local index = require "pumice.index"
local made = require "made_corpus"

--- What `index.repeats` is to give, by looking at every window.
local function windows(texts, min, later)
  local count = {}
  for _, text in ipairs(texts) do
    for i = 1, #text - min + 1 do
      local window = text:sub(i, i + min - 1)
      count[window] = (count[window] or 0) + 1
    end
  end
  local seen, all = {}, {}
  for t, text in ipairs(texts) do
    local runs = {}
    for i = 1, #text - min + 1 do
      local window = text:sub(i, i + min - 1)
      if count[window] > 1 and (not later or seen[window]) then
        local last = runs[#runs]
        if last and i <= last[2] + 1 then
          last[2] = i + min - 1
        else
          runs[#runs + 1] = { i, i + min - 1 }
        end
      end
      seen[window] = true
    end
    all[t] = runs
  end
  return all
end

local function ranges(spans)
  local list = {}
  for i, first, last in spans:each() do list[i] = { first, last } end
  return list
end

describe("index.repeats", function()
  for seed = 1, 20 do
    it("gives what looking at every window gives, seed " .. seed, function()
      local texts = made.texts(seed, 30)
      for _, min in ipairs { 16, 30, 100 } do
        for _, later in ipairs { false, true } do
          local found = index.repeats(texts, { min = min, later = later })
          local expected = windows(texts, min, later)
          for t = 1, #texts do assert.same(expected[t], ranges(found[t])) end
        end
      end
    end)
  end

  it("takes no text, empty texts and short ones", function()
    assert.same({}, index.repeats {})
    for _, spans in ipairs(index.repeats { "", "a", "", "a", ("x"):rep(99) }) do
      assert.equal(0, #spans)
    end
  end)

  it("says what is wrong", function()
    assert.error_matches(function() index.repeats({}, { min = 15 }) end, "16 to 65536, not 15")
    assert.error_matches(function() index.repeats({}, { mni = 15 }) end, "did you mean 'min'")
    assert.error_matches(function() index.repeats { 7 } end, "texts are strings")
  end)
end)

describe("index.seen", function()
  it("remembers what a table remembers", function()
    local seen, table_of, count = index.seen(), {}, 0
    local random = made.random(7)
    for _ = 1, 20000 do
      local s = tostring(random(10000))
      assert.equal(table_of[s] ~= nil, seen:has(s))
      assert.equal(table_of[s] ~= nil, seen:add(s))
      if not table_of[s] then table_of[s], count = true, count + 1 end
    end
    assert.equal(count, #seen)
  end)

  for _, rate in ipairs { 0.1, 0.01, 0.001 } do
    it(("is wrong of new strings at a rate of %g as a filter, never of old ones"):format(rate),
      function()
        local n = 50000
        local seen = index.seen { capacity = n, false_positives = rate }
        for i = 1, n do seen:add("old" .. i) end
        local wrong = 0
        for i = 1, n do
          assert.is_true(seen:has("old" .. i))
          if seen:has("new" .. i) then wrong = wrong + 1 end
        end
        assert.is_true(wrong < n * rate * 1.3 + 15)
        assert.is_true(wrong > n * rate * 0.7 - 15)
      end)
  end

  it("adds packed keys and says which were there", function()
    local seen = index.seen()
    local a, b, zero = index.key "a", index.key "b", ("\0"):rep(16)
    assert.same({ 3, 5 }, seen:add_keys(a .. b .. a .. zero .. zero))
    assert.is_nil(seen:add_keys "")
    assert.equal(3, #seen)
    assert.is_true(seen:has "b")
    assert.error_matches(function() seen:add_keys "short" end, "keys have 16 bytes")
  end)

  it("says what is wrong", function()
    assert.error_matches(function() index.seen { capacity = 0 } end, "at least 1, not 0")
    assert.error_matches(function() index.seen { capacity = 9, false_positives = 1 } end,
      "rate is between 0 and 1")
  end)
end)
