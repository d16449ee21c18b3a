local inspect = require "pumice.inspect"
local cpu_time = require "cpu_time"

describe("inspect.value", function()
  local cyclic = { name = "a" }
  cyclic.self = cyclic
  local cases = {
    { nil, "nil" }, { 1, "1" }, { 1.0, "1.0" }, { true, "true" },
    { "plain", '"plain"' },
    { "žluť 漢字 👩‍👩‍👧", '"žluť 漢字 👩‍👩‍👧"' },
    { 'said "no"', "'said \"no\"'" },
    { [["it's"]], [["\"it's\""]] },
    { "a\n\t\\\0", [["a\n\t\\\x00"]] },
    { "\xFFa\xC3", [["\xFFa\xC3"]] },
    { "a\u{200B}b\u{AD}c\u{85}\u{FEFF}", [["a\u{200B}b\u{AD}c\u{85}\u{FEFF}"]] },
    { {}, "{}" },
    { { 1, 2, "three" }, '{ 1, 2, "three" }' },
    { { b = 1, a = 2, [10] = 3, [2.5] = 4, [true] = 5 },
      "{ [2.5] = 4, [10] = 3, a = 2, b = 1, [true] = 5 }" },
    { { ["end"] = 1, ["a b"] = 2 }, '{ ["a b"] = 2, ["end"] = 1 }' },
    { cyclic, '{ name = "a", self = <cycle> }' },
    { setmetatable({}, { __tostring = function() return "an object" end }), "an object" },
    { setmetatable({ 1 }, { __tostring = function() error("no") end }), "{ 1 }" },
    { setmetatable({ 1 }, { __index = error, __len = error, __pairs = error }), "{ 1 }" },
    { print, "function (C)" },
  }
  for _, case in ipairs(cases) do
    it("shows " .. case[2], function()
      assert.equal(case[2], inspect.value(case[1]))
    end)
  end

  it("shows a table twice if it is there twice, and is no cycle", function()
    local t = { 1 }
    assert.equal("{ { 1 }, { 1 } }", inspect.value { t, t })
  end)

  it("cuts a long string at a whole character and tells its length", function()
    local text = ("e\u{301}"):rep(300)
    local shown = inspect.value(text)
    assert.equal('"' .. ("e\u{301}"):rep(200) .. '"... (900 bytes)', shown)
  end)

  it("tells how much of a table it leaves out", function()
    local t = {}
    for i = 1, 250 do t[i] = i end
    assert.matches("%.%.%. 150 more", inspect.value(t))
    assert.matches("%.%.%. 247 more", inspect.value(t, { items = 3 }))
  end)

  it("stays within its lines", function()
    local t = {}
    for i = 1, 500 do t["key" .. i] = { name = ("x"):rep(100) } end
    local _, newlines = inspect.value(t):gsub("\n", "")
    assert.equal(39, newlines)
  end)

  it("stops at its depth", function()
    local t = {}
    for _ = 1, 100 do t = { t } end
    assert.equal("{ { {...} } }", inspect.value(t, { depth = 2 }))
  end)

  it("shows the elements of Spans", function()
    local words = require("pumice.token").words("to be")
    assert.matches('{ "to", "be" }$', inspect.value(words))
  end)

  it("takes milliseconds whatever the size", function()
    local list, map, nested = {}, {}, {}
    for i = 1, 1e6 do list[i] = i end
    for i = 1, 3e5 do map["key" .. i] = i end
    local text = ("text"):rep(1000)
    for i = 1, 300 do
      nested[i] = {}
      for j = 1, 300 do nested[i]["k" .. j] = text end
    end
    for _, value in ipairs { list, map, nested } do
      assert.is_true(cpu_time.within(0.1, function() inspect.value(value) end))
    end
  end)

  it("shows any bytes as valid UTF-8 that loads back", function()
    math.randomseed(7)
    for _ = 1, 2000 do
      local bytes = {}
      for i = 1, math.random(0, 30) do bytes[i] = string.char(math.random(0, 255)) end
      local text = table.concat(bytes)
      local shown = inspect.value(text)
      assert.is_truthy(utf8.len(shown))
      assert.equal(text, load("return " .. shown)())
    end
  end)
end)
