local clusters = require "pumice.dedup.clusters"

local function links(list)
  local result = {}
  for i, pair in ipairs(list) do result[i] = { a = pair[1], b = pair[2] } end
  return result
end

local function always() return true end

--- Groups as { kept, copy, copy, ... }.
local function shape(groups)
  local list = {}
  for i, group in ipairs(groups) do
    list[i] = { group.kept }
    for _, copy in ipairs(group.copies) do table.insert(list[i], copy.member) end
  end
  return list
end

describe("clusters.components", function()
  local cases = {
    { {}, {} },
    { { { 1, 2 } }, { { 1, 2 } } },
    { { { 4, 9 }, { 1, 2 }, { 2, 4 } }, { { 1, 2, 4, 9 } } },
    { { { 5, 6 }, { 1, 3 } }, { { 1, 3 }, { 5, 6 } } },
    { { { 1, 2 }, { 1, 2 }, { 2, 1 } }, { { 1, 2 } } },
  }
  for i, case in ipairs(cases) do
    it("joins what hangs together, case " .. i, function()
      assert.same(case[2], clusters.components(links(case[1])))
    end)
  end

  it("does so for a chain of a hundred thousand", function()
    local chain = {}
    for i = 1, 100000 do chain[i] = { a = i, b = i + 1 } end
    assert.equal(100001, #clusters.components(chain)[1])
  end)
end)

describe("clusters.groups", function()
  local cases = {
    -- links, ranks, groups
    { { { 1, 2 }, { 2, 3 }, { 1, 3 } }, { 1, 2, 3 }, { { 1, 2, 3 } } },
    { { { 1, 2 }, { 2, 3 }, { 1, 3 } }, { 3, 2, 1 }, { { 3, 1, 2 } } },
    { { { 1, 2 }, { 2, 3 } }, { 1, 2, 3 }, { { 1, 2 } } },
    { { { 1, 2 }, { 2, 3 } }, { 2, 1, 3 }, { { 2, 1, 3 } } },
    { { { 1, 2 }, { 2, 3 }, { 3, 4 } }, { 1, 2, 3, 4 }, { { 1, 2 }, { 3, 4 } } },
  }
  for i, case in ipairs(cases) do
    local list, ranks, expected = table.unpack(case)
    it("keeps the best and what is like it, case " .. i, function()
      local choice = { ranks = ranks, is_copy = always }
      assert.same(expected, shape(clusters.groups(links(list), choice)))
    end)

    it("chooses the same by a function, case " .. i, function()
      local choose = function(members)
        local best = 1
        for place, member in ipairs(members) do
          if ranks[member] < ranks[members[best]] then best = place end
        end
        return best
      end
      assert.same(expected,
        shape(clusters.groups(links(list), { choose = choose, is_copy = always })))
    end)
  end

  it("asks whether the link makes that member a copy", function()
    local asked = {}
    local groups = clusters.groups(links { { 1, 2 } }, {
      ranks = { 1, 2 },
      is_copy = function(link, member)
        asked = { link.a, link.b, member }
        return false
      end,
    })
    assert.same({}, groups)
    assert.same({ 1, 2, 2 }, asked)
  end)

  it("does not depend on the order of the links", function()
    local seed = 5
    local function random(n)
      seed = seed * 1103515245 + 12345 & 0x7FFFFFFF
      return (seed >> 8) % n + 1
    end
    for _ = 1, 50 do
      local list, ranks = {}, {}
      for i = 1, 20 do ranks[i] = (i * 7) % 20 + 1 end
      for i = 1, 25 do
        local a, b = random(20), random(20)
        if a ~= b then list[#list + 1] = { a = math.min(a, b), b = math.max(a, b), i = i } end
      end
      local choice = { ranks = ranks, is_copy = always }
      local expected = shape(clusters.groups(list, choice))
      for i = #list, 2, -1 do
        local j = random(i)
        list[i], list[j] = list[j], list[i]
      end
      assert.same(expected, shape(clusters.groups(list, choice)))
    end
  end)
end)
