local pack = require "pumice.pack"

local function trip(value)
  return pack.unpack(pack.pack(value))
end

--- A random plain value. Tables get string, integer, float and boolean keys.
local function random_value(depth)
  local kind = math.random(depth > 0 and 8 or 6)
  if kind == 1 then return math.random(0) end
  if kind == 2 then return math.random(-200, 200) end
  if kind == 3 then return (math.random() - 0.5) * 10.0 ^ math.random(-300, 300) end
  if kind == 4 then return math.random() < 0.5 end
  if kind <= 6 then
    local bytes = {}
    for i = 1, math.random(0, 20) do bytes[i] = string.char(math.random(0, 255)) end
    return table.concat(bytes)
  end
  local t = {}
  for i = 1, math.random(0, 5) do t[i] = random_value(depth - 1) end
  for _ = 1, math.random(0, 5) do
    t[random_value(0)] = random_value(depth - 1)
  end
  return t
end

describe("pack", function()
  local values = {
    true, false, 0, -1, 1, 63, 64, -64, -65, math.maxinteger, math.mininteger,
    0.0, 1.0, 0.1, -1e308, 5e-324, math.huge, -math.huge, 2^53,
    "", "a", "\0\255\n", ("x"):rep(300),
    {}, { 1, 2, 3 }, { a = 1 }, { 1, nil, 3 }, { [0] = 1, [1] = 2, [3] = 4 },
    { [1.5] = "a", [true] = "b", [false] = "c", [""] = "d", [-1] = "e" },
    { { { {} } } }, { a = { b = { c = { 1, { d = "x" } } } } },
  }
  for i, value in ipairs(values) do
    it(("gives back %s (row %d)"):format(tostring(value), i), function()
      local back = trip(value)
      assert.same(value, back)
      assert.equal(math.type(value), math.type(back))
    end)
  end

  it("gives back nil", function()
    assert.is_nil(trip(nil))
  end)

  it("keeps each bit of a float", function()
    assert.equal("-0.0", tostring(trip(-0.0)))
    local nan = trip(0 / 0)
    assert.is_true(nan ~= nan)
  end)

  it("gives back two thousand random values, and equal bytes for them", function()
    math.randomseed(20, 26)
    for _ = 1, 2000 do
      local value = random_value(4)
      local bytes = pack.pack(value)
      local back = pack.unpack(bytes)
      assert.same(value, back)
      assert.equal(bytes, pack.pack(back))
    end
  end)

  it("gives equal bytes for tables filled in another order", function()
    local a, b = {}, {}
    for i = 1, 1000 do a["key" .. i], a[i * 1.5] = i, i end
    for i = 1000, 1, -1 do b[i * 1.5], b["key" .. i] = i, i end
    assert.equal(pack.pack(a), pack.pack(b))
  end)

  it("does not depend on how a table came to have its array part", function()
    local grown = {}
    for i = 1, 100 do grown[i] = i end
    for i = 100, 4, -1 do grown[i] = nil end
    assert.equal(pack.pack { 1, 2, 3 }, pack.pack(grown))
  end)

  local cycle = { list = { {} } }
  cycle.list[1].back = cycle
  local refused = {
    { { counts = { 1, 2, print } }, "^[^:]*state%.counts%[3%] is a function" },
    { print, "state is a function" },
    { { a = { [2.5] = coroutine.create(print) } }, "state%.a%[2%.5%] is a thread" },
    { { ["two words"] = io.stdout }, 'state%["two words"%] is a userdata' },
    { { [{}] = 1 }, "state has a key that is a table" },
    { { x = setmetatable({}, {}) }, "state%.x has a metatable" },
    { cycle, "state%.list%[1%]%.back holds itself" },
  }
  for _, case in ipairs(refused) do
    it("refuses with " .. case[2], function()
      assert.error_matches(function() pack.pack(case[1], "state") end, case[2])
    end)
  end

  it("takes 200 levels and no more", function()
    local deep = {}
    for _ = 2, 200 do deep = { deep } end
    assert.same(deep, trip(deep))
    assert.error_matches(function() pack.pack { deep } end, "deeper than 200")
  end)
end)

describe("unpack", function()
  it("raises at every cut of a packed value", function()
    local bytes = pack.pack { 1, "two", { three = 3.5 }, [true] = false }
    for i = 0, #bytes - 1 do
      assert.error_matches(function() pack.unpack(bytes:sub(1, i)) end, "damaged at byte")
    end
    assert.error_matches(function() pack.unpack(bytes .. "\0") end, "damaged at byte")
  end)

  local damaged = {
    { "\10", "a kind that is none" },
    { "\5\128\0", "a length in a longer form" },
    { "\5\255\255\255\255\255\255\255\255\255\1", "a length near 2^64" },
    { "\6\255\255\255\255\15\0", "more elements than bytes" },
    { "\6\0\1\0\0", "nil as a key" },
    { ("\6\1\0"):rep(201) .. "\6\0\0", "more than 200 levels" },
  }
  for _, case in ipairs(damaged) do
    it("raises at " .. case[2], function()
      assert.error_matches(function() pack.unpack(case[1]) end, "damaged at byte")
    end)
  end

  it("never does worse than raise, for random changes of packed values", function()
    math.randomseed(19, 71)
    for _ = 1, 2000 do
      local bytes = pack.pack(random_value(4))
      local i = math.random(#bytes)
      bytes = bytes:sub(1, i - 1) .. string.char(math.random(0, 255)) .. bytes:sub(i + 1)
      local ok, value = pcall(pack.unpack, bytes)
      if ok then pack.pack(value) else assert.matches("damaged", value) end
    end
  end)
end)

describe("core's unpack_item", function()
  local unpack_item = require("pumice.core").pack.unpack_item

  it("gives each value of a list alone", function()
    math.randomseed(5)
    for _ = 1, 200 do
      local list = {}
      for i = 1, math.random(20) do list[i] = random_value(3) end
      local bytes = pack.pack(list)
      for i, value in ipairs(list) do assert.same(value, unpack_item(bytes, i)) end
      assert.is_nil(unpack_item(bytes, #list + 1))
    end
  end)

  it("raises where the bytes up to the value are damaged", function()
    local bytes = pack.pack { { "first", x = 1 }, "second" }
    for size = 0, #bytes - 1 do
      assert.error_matches(function() unpack_item(bytes:sub(1, size), 2) end, "damaged at byte")
    end
    assert.error_matches(function() unpack_item(pack.pack "no list", 0) end, "begin at 1")
    assert.is_nil(unpack_item(pack.pack "no list", 1))
  end)
end)
