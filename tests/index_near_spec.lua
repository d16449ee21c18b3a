local index = require "pumice.index"
local shingle = require "pumice.shingle"

local seed = 11
local function random(n)
  seed = (seed * 1103515245 + 12345) % 2147483648
  return (seed >> 8) % n + 1
end

local function words(count)
  local list = {}
  for i = 1, count do list[i] = "w" .. random(1000000) end
  return table.concat(list, " ")
end

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
      assert.same(expected, near:groups())
    end)
  end

  it("leaves empty documents alone", function()
    local near = index.near()
    assert.same({}, near:groups())
    near:add(1, shingle.sketch(""))
    near:add(2, shingle.sketch(""))
    assert.same({}, near:groups())
  end)

  it("refuses sketches that do not compare", function()
    local near = index.near()
    near:add(1, shingle.sketch("one two three"))
    near:add(2, shingle.sketch("one two three", { seed = 2 }))
    assert.error_matches(function() near:groups() end, "different seeds")
    assert.error_matches(function() index.near { jacard = 1 } end, "did you mean 'jaccard'")
  end)
end)
