local json = require "pumice.json"

--- Applies `change` to the record of `line` and returns the line written.
local function edited(line, change)
  local doc = assert(json.record(line))
  change(doc)
  return tostring(doc)
end

describe("json.record", function()
  local lines = {
    '{}', ' { } ', '{"a":1}', '{"a":1}\r\n', '\t{"a" : 1 , "b"\n: [ ] }',
    '{"n":null,"t":true,"f":false,"a":[],"o":{},"s":""}',
    '{"i":12345678901234567890,"f":1.0,"e":1E400,"z":-0,"p":1.50e+02}',
    '{"a":1,"a":2,"b":3,"a":4}',
    '{"\\u0061":"\\u00e9\\/\\ud83d\\ude00","é":"é\u{1F600}\u{2028}"}',
    '{"deep":{"x":[[[{"y":[1,{"z":null}]}]]]}}',
    '{"":0}',
  }
  for _, line in ipairs(lines) do
    it(("writes %q as it came, also when all was read"):format(line), function()
      assert.equal(line, tostring(json.record(line)))
      assert.equal(line, edited(line, function(doc)
        for key, value in pairs(doc) do assert.same(value, doc[key]) end
      end))
    end)
  end

  local values = {
    -- text of the value, what it reads as
    { '"abc"', "abc" }, { '""', "" }, { '"\\u00e9\\n\\"\\/"', 'é\n"/' },
    { '"\\ud83d\\ude00"', "\u{1F600}" }, { '"\\u0000"', "\0" },
    { "1", 1 }, { "-1", -1 }, { "1.0", 1.0 }, { "1e2", 100.0 }, { "-0", -0.0 },
    { "9223372036854775807", math.maxinteger }, { "-9223372036854775808", math.mininteger },
    { "9223372036854775808", 2.0 ^ 63 }, { "1e400", math.huge },
    { "true", true }, { "false", false }, { "null", json.null },
    { "[]", {} }, { '[1,"a",[]]', { 1, "a", {} } }, { '{"a":{"b":null}}', { a = { b = json.null } } },
  }
  for _, case in ipairs(values) do
    it(("reads %s"):format(case[1]), function()
      local value = json.record('{"k":' .. case[1] .. "}").k
      assert.same(case[2], value)
      assert.equal(math.type(case[2]), math.type(value))
      if value == 0 then assert.equal("-0.0", tostring(value)) end
    end)
  end

  local edits = {
    -- line, change, what is written
    { '{"a": 1, "b": 2}', function(d) d.a = 3 end, '{"a": 3, "b": 2}' },
    { '{"a": 1, "b": 2}', function(d) d.c = { x = 1 } end, '{"a": 1, "b": 2, "c": {"x": 1}}' },
    { '{"a":1,"b":2}', function(d) d.c = { 1, 2 } end, '{"a":1,"b":2,"c":[1,2]}' },
    { '{"a": 1}', function(d) d.b = 2 end, '{"a": 1, "b": 2}' },
    { '{}', function(d) d.b = 2 d.a = 1 end, '{"b":2,"a":1}' },
    { '{"a":1,"b":2,"c":3}', function(d) d.a = nil end, '{"b":2,"c":3}' },
    { '{"a":1,"b":2,"c":3}', function(d) d.b = nil end, '{"a":1,"c":3}' },
    { '{"a":1,"b":2,"c":3}', function(d) d.c = nil end, '{"a":1,"b":2}' },
    { '{ "a":1, "b":2, "c":3 }', function(d) d.a = nil d.b = nil end, '{ "c":3 }' },
    { '{"a":1,"b":2,"c":3}', function(d) d.b = nil d.c = nil end, '{"a":1}' },
    { '{"a":1,"b":2}', function(d) d.a = nil d.b = nil end, '{}' },
    { '{"a":1,"b":2}', function(d) d.a = nil d.b = nil d.c = 3 end, '{"c":3}' },
    { '{"a":1,"b":2}', function(d) d.a = nil d.a = 5 end, '{"a":5,"b":2}' },
    { '{"a":1}', function(d) d.x = 1 d.y = 2 d.x = nil d.x = 3 end, '{"a":1,"y":2,"x":3}' },
    { '{"a":"\\u00e9"}', function(d) d.a = "é" end, '{"a":"\\u00e9"}' },
    { '{"a":1.50}', function(d) d.a = 1.5 end, '{"a":1.50}' },
    { '{"a":1.0}', function(d) d.a = 1 end, '{"a":1}' },
    { '{"a":1,"b":1,"a":2}', function(d) d.a = 3 end, '{"b":1,"a":3}' },
    { '{"a":1,"b":1,"a":2}', function(d) d.a = nil end, '{"b":1}' },
    { '{"a":1,"b":1,"a":2}', function(d) d.b = 3 end, '{"a":1,"b":3,"a":2}' },
    { '{"tags":["a"]}', function(d) d.tags[1] = nil end, '{"tags":[]}' },
    { '{"tags":["a"]}', function(d) d.tags = {} end, '{"tags":[]}' },
    { '{"tags":{"a":1}}', function(d) d.tags = {} end, '{"tags":{}}' },
    { '{"m":{"t":["a", "b"],"n":1.0}}', function(d) d.m.t[2] = "x" end,
      '{"m":{"t":["a", "x"],"n":1.0}}' },
    { '{"m":[1.0, 2.00]}', function(d) table.insert(d.m, 3) end, '{"m":[1.0, 2.00, 3]}' },
    { '{"m":{"a":1.0, "b":2.00}}', function(d) d.m.c = "x" d.m.a = nil end,
      '{"m":{"b":2.00, "c":"x"}}' },
    { '{"m":{"x":1e400,"y":1},"k":1e400}', function(d) d.m.y = 2 end,
      '{"m":{"x":1e400,"y":2},"k":1e400}' },
    { '{"m":{"a":1,"a":2.0}}', function(d) d.m.a = 2.0 end, '{"m":{"a":1,"a":2.0}}' },
    { '{"m":{"a":1,"a":2.0}}', function(d) d.m.a = 3 end, '{"m":{"a":3}}' },
    { '{"m":{"a":[1]}}', function(d) d.m.a = { b = 1 } end, '{"m":{"a":{"b":1}}}' },
    { '{"m":{"a":1}}', function(d) d.m = d.m d.m.a = 2 end, '{"m":{"a":2}}' },
    { '{"a":{}}', function(d) d.a.x = json.null end, '{"a":{"x":null}}' },
    { '{"a":[ ]}', function(d) d.a[1] = true end, '{"a":[true ]}' },
    { '{"t":"a"}', function(d) d.t = 'q"\\\n\1/\u{2028}' end,
      '{"t":"q\\"\\\\\\n\\u0001/\u{2028}"}' },
  }
  for i, case in ipairs(edits) do
    it(("makes %s of %s (row %d)"):format(case[3], case[1], i), function()
      assert.equal(case[3], edited(case[1], case[2]))
    end)
  end
end)
