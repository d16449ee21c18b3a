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
    { "[]", {} }, { '[1,"a",[]]', { 1, "a", {} } },
    { '{"a":{"b":null}}', { a = { b = json.null } } },
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
    { '{"m":[1.0, 2.00, 3e0]}', function(d) table.remove(d.m, 1) end, '{"m":[2.00, 3e0]}' },
    { '{"m":[1.0,2.00,3e0]}', function(d) table.remove(d.m, 2) end, '{"m":[1.0,3e0]}' },
    { '{"m":[1e400,[{"a":1e0}],3e0]}', function(d) d.m = { d.m[2], 5 } end,
      '{"m":[[{"a":1.0}],5]}' },
    { '{"m":[1e0,[{"a":1e0}],3e0]}', function(d) table.remove(d.m, 1) d.m[2] = 7 end,
      '{"m":[[{"a":1e0}],7]}' },
    { '{"m":[1e0,2e0,3e0]}', function(d) table.insert(d.m, 1, "x") end,
      '{"m":["x",1e0,2e0,3e0]}' },
    { '{"m":[ 1e0,  2e0 ]}', function(d) table.insert(d.m, 2, "x") end, '{"m":[ 1e0,  "x",2e0 ]}' },
    { '{"m":[1e0]}', function(d) table.insert(d.m, 1, "x") end, '{"m":["x",1e0]}' },
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

  local damaged = {
    -- line, message, byte
    { "", "the text is cut short", 1 },
    { "  ", "the text is cut short", 3 },
    { "[1]", "a record is an object, { ... }", 1 },
    { ' "a"', "a record is an object, { ... }", 2 },
    { '{"a":1', "the text is cut short", 7 },
    { '{"a":"x', "a string is cut short", 8 },
    { '{"a":"x\\', "a string is cut short", 9 },
    { '{"a":1}}', "more text behind the value", 8 },
    { '{"a":1,}', "unexpected '}'", 8 },
    { '{"a" 1}', "unexpected '1'", 6 },
    { "{a:1}", "unexpected 'a'", 2 },
    { '{"a":NaN}', "unexpected 'N'", 6 },
    { '{"a":nul}', "unexpected 'n'", 6 },
    { '{"a":01}', "a number starts with 0", 6 },
    { '{"a":1.}', "unexpected '}'", 8 },
    { '{"a":1e+}', "unexpected '}'", 9 },
    { '{"a":-}', "unexpected '}'", 7 },
    { '{"a":+1}', "unexpected '+'", 6 },
    { '{"a":[1,]}', "unexpected ']'", 9 },
    { '{"a":[1}}', "unexpected '}'", 8 },
    { '{"a":"\n"}', "control byte in a string", 7 },
    { '{"a":"\0"}', "control byte in a string", 7 },
    { '{"a":"\\x41"}', "unknown escape in a string", 7 },
    { '{"a":"\\u12g4"}', "\\u without four hexadecimal digits", 7 },
    { '{"a":"\\ud800"}', "lone surrogate in a string", 7 },
    { '{"a":"\\ud800\\u0041"}', "lone surrogate in a string", 7 },
    { '{"a":"\\udc00"}', "lone surrogate in a string", 7 },
    { '{"a":"x\xC3"}', "invalid UTF-8 in a string", 8 },
    { '{"a":"\xED\xA0\x80"}', "invalid UTF-8 in a string", 7 },
    { '{"\xFF":1}', "invalid UTF-8 in a string", 3 },
    { "\u{FEFF}{}", "a byte order mark before the value", 1 },
    { '{"a":' .. ("["):rep(512) .. ("]"):rep(512) .. "}", "nested deeper than 512", 517 },
  }
  for _, case in ipairs(damaged) do
    it(("refuses %q at byte %d"):format(case[1]:sub(1, 30), case[3]), function()
      assert.same({ n = 3, nil, case[2], case[3] }, table.pack(json.record(case[1])))
    end)
  end

  it("takes 511 levels in a field", function()
    local line = '{"a":' .. ("["):rep(511) .. ("]"):rep(511) .. "}"
    assert.equal(line, edited(line, function(doc) assert.is_table(doc.a) end))
  end)

  it("keeps bytes that are no UTF-8 where it is asked to", function()
    local line = '{"text":"caf\xE9","id":1}'
    local doc = json.record(line, { invalid = "keep" })
    assert.equal("caf\xE9", doc.text)
    doc.id = 2
    assert.equal('{"text":"caf\xE9","id":2}', tostring(doc))
    doc.text = doc.text .. "!"
    assert.error_matches(function() tostring(doc) end, "doc%.text has invalid UTF%-8 at byte 4")
  end)

  it("names the option or the value that it does not know", function()
    assert.error_matches(function() json.record("{}", { invlid = "keep" }) end, "invlid")
    assert.error_matches(function() json.record("{}", { invalid = "drop" }) end, "'drop'")
    assert.error_matches(function() json.record(5) end, "string expected, got number")
  end)

  local cycle = {}
  cycle.down = { cycle }
  local refused = {
    { print, "doc%.x is a function, which JSON cannot hold$" },
    { 0 / 0, "doc%.x is NaN" }, { -math.huge, "doc%.x is infinite" },
    { { a = { 1, 2, print } }, "doc%.x%.a%[3%] is a function" },
    { { 1, nil, 3 }, "doc%.x has a hole at element 2" },
    { { 1, a = 2 }, "doc%.x has both elements and the key 'a'" },
    { { [5] = 1 }, "doc%.x has the number 5 as a key" },
    { { [true] = 1 }, "doc%.x has the boolean true as a key" },
    { { a = { "ok", "\xFF" } }, "doc%.x%.a%[2%] has invalid UTF%-8 at byte 1" },
    { { ["a\xFF"] = 1 }, "has invalid UTF%-8 at byte 2" },
    { cycle, "doc%.x%.down%[1%] holds itself" },
    { io.stdout, "doc%.x is a userdata" },
  }
  for _, case in ipairs(refused) do
    it("refuses to write: " .. case[2], function()
      for _, line in ipairs { "{}", '{"x":0}', '{"x":{"a":[1],"down":[1]}}' } do
        assert.error_matches(function()
          edited(line, function(doc) doc.x = case[1] end)
        end, case[2])
      end
    end)
  end

  it("names the place of a bad value in a table that it gave", function()
    assert.error_matches(function()
      edited('{"m":{"t":[1,2]}}', function(doc) doc.m.t[2] = print end)
    end, "doc%.m%.t%[2%] is a function")
    assert.error_matches(function()
      edited('{"m":{"t":[1,2]}}', function(doc) doc.m.t[2] = doc.m end)
    end, "doc%.m%.t%[2%] holds itself")
  end)

  it("has fields named by strings only", function()
    local doc = json.record '{"1":"one"}'
    assert.is_nil(doc[1])
    assert.error_matches(function() doc[1] = 2 end, "the name of a field is a string, not a number")
  end)

  it("loops in the order of the line, then of setting; a key twice counts once", function()
    local doc = json.record '{"z":1,"a":2,"z":3,"m":4}'
    doc.y = 5
    doc.b = 6
    doc.m = nil
    local seen = {}
    for key, value in pairs(doc) do seen[#seen + 1] = key .. "=" .. value end
    assert.same({ "a=2", "z=3", "y=5", "b=6" }, seen)
  end)

  it("may be emptied in a loop over it", function()
    local doc = json.record '{"a":1,"b":2}'
    doc.c, doc.d = 3, 4
    for key in pairs(doc) do doc[key] = nil end
    assert.equal("{}", tostring(doc))
  end)

  it("is made of a table, its fields in the order of their names", function()
    local doc = json.record { text = "x", id = "a/b.txt", n = 1.0 }
    assert.equal('{"id":"a/b.txt","n":1.0,"text":"x"}', tostring(doc))
    assert.error_matches(function() json.record { "x" } end, "names as keys")
    assert.error_matches(function() json.record { [print] = 1 } end, "names as keys")
  end)

  it("is copied when it is given a record", function()
    local a = json.record '{"x":1}'
    a.y = 2
    local b = json.record(a)
    b.x = 3
    assert.equal('{"x":1,"y":2}', tostring(a))
    assert.equal('{"x":3,"y":2}', tostring(b))
  end)

  it("is written inside of another one and of a table", function()
    local a = json.record ' {"n": 1.50} '
    local b = json.record "{}"
    b.of = a
    assert.equal('{"of":{"n": 1.50}}', tostring(b))
    assert.equal('[{"n": 1.50}]', json.encode { a })
    a.b = b
    assert.error_matches(function() tostring(b) end, "holds itself")
  end)

  it("holds a thousand fields, some of them twice", function()
    local parts = {}
    for i = 1, 1000 do parts[i] = ('"k%d":%d.0'):format(i % 900, i) end
    local line = "{" .. table.concat(parts, ", ") .. "}"
    assert.equal(line, edited(line, function(doc)
      assert.equal(1000.0, doc.k100)
      assert.equal(500.0, doc.k500)
      local count = 0
      for _ in pairs(doc) do count = count + 1 end
      assert.equal(900, count)
    end))
    local doc = json.record(edited(line, function(doc) doc.k100, doc.k5, doc.new = nil, "x", 1 end))
    assert.equal("x", doc.k5)
    assert.is_nil(doc.k100)
    assert.equal(500.0, doc.k500)
    assert.equal(1, doc.new)
  end)

  it("stays a record when the core is opened once more", function()
    local doc, shingles = json.record '{"a":1}', require("pumice.shingle").words("a b")
    local core = package.loaded["pumice.core"]
    package.loaded["pumice.core"] = nil
    local again = require "pumice.core"
    package.loaded["pumice.core"] = core
    assert.equal("object", json.type(doc))
    assert.equal("object", again.json.type(doc))
    assert.equal(1, shingles:jaccard(shingles))
    assert.equal(2, #require("pumice.regex").spans("ab", "[ab]"))
    assert.equal('{"a":1}', json.encode { doc }:sub(2, -2))
  end)

  it("survives that the collector runs at each step", function()
    collectgarbage("generational")
    local long = ("ab\\n"):rep(200)
    for _ = 1, 50 do
      local doc = json.record('{"t":"' .. long .. '","m":{"a":[1,2,{"b":"' .. long .. '"}]}}')
      doc.m.a[3].c = doc.t
      collectgarbage("step")
      assert.equal(doc.t, json.record(tostring(doc)).m.a[3].c)
    end
    collectgarbage("incremental")
  end)
end)
