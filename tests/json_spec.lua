local json = require "pumice.json"

--- A random value that JSON can hold, and that reads back as it is.
local function random_value(depth)
  local kind = math.random(depth > 0 and 8 or 6)
  if kind == 1 then return math.random(0) end
  if kind == 2 then return math.random(-200, 200) end
  if kind == 3 then return (math.random() - 0.5) * 10.0 ^ math.random(-300, 300) end
  if kind == 4 then return ({ true, false, json.null })[math.random(3)] end
  if kind <= 6 then
    local chars = {}
    for i = 1, math.random(0, 20) do
      local range = ({ { 0, 0x7F }, { 0, 0x7FF }, { 0x800, 0xD7FF }, { 0xE000, 0x10FFFF } })
        [math.random(4)]
      chars[i] = utf8.char(math.random(range[1], range[2]))
    end
    return table.concat(chars)
  end
  local t = {}
  if kind == 7 then
    for i = 1, math.random(0, 100) // 10 do t[i] = random_value(depth - 1) end
    return json.array(t)
  end
  for _ = 1, math.random(0, 8) do
    t["k" .. math.random(99)] = random_value(depth - 1)
  end
  return t
end

describe("json.decode", function()
  local values = {
    { "1", 1 }, { " \t\r\n1 ", 1 }, { '"a"', "a" }, { "null", json.null }, { "[]", {} },
    { "{}", {} }, { '{"a":{"b":[1,{"c":[]}]}}', { a = { b = { 1, { c = {} } } } } },
    { '{"a":1,"a":2}', { a = 2 } }, { "[0,-1,1e2,0.5,-0.25]", { 0, -1, 100.0, 0.5, -0.25 } },
  }
  for _, case in ipairs(values) do
    it(("reads %s"):format(case[1]), function()
      assert.same(case[2], json.decode(case[1]))
    end)
  end

  it("marks arrays, so that they come out as arrays", function()
    assert.equal('[[],{},{"a":[]}]', json.encode(json.decode '[[],{},{"a":[]}]'))
  end)

  it("reads arrays and objects of any length in their order", function()
    for _, n in ipairs { 31, 32, 33, 63, 64, 65, 127, 128, 129, 1000 } do
      local list, fields = {}, {}
      for i = 1, n do list[i], fields[i] = i, ('"k%d":%d'):format(i, i) end
      assert.same(list, json.decode("[" .. table.concat(list, ",") .. "]"))
      local object = json.decode("{" .. table.concat(fields, ",") .. "}")
      for i = 1, n do assert.equal(i, object["k" .. i]) end
    end
  end)

  it("gives nil, a message and the byte", function()
    assert.same({ n = 3, nil, "unexpected ']'", 4 }, table.pack(json.decode "[1,]"))
    assert.same({ n = 3, nil, "more text behind the value", 3 }, table.pack(json.decode "1 2"))
    assert.same({ n = 3, nil, "the text is cut short", 1 }, table.pack(json.decode ""))
  end)

  it("takes 512 levels and no more", function()
    assert.is_table(json.decode(("["):rep(512) .. ("]"):rep(512)))
    assert.same({ n = 3, nil, "nested deeper than 512", 513 },
      table.pack(json.decode(("["):rep(100000))))
  end)

  it("refuses bytes that are no UTF-8 unless asked to keep them", function()
    assert.is_nil(json.decode '"\xFF"')
    assert.equal("\xFF", json.decode('"\xFF"', { invalid = "keep" }))
  end)

  it("finds the special byte of a string at any place", function()
    for _, special in ipairs { '\\n', '\\"', '\\\\', "\\u00e9", "é", "\u{1F600}" } do
      local plain = special:byte(1) ~= 92 and special
        or ({ n = "\n", ['"'] = '"', ["\\"] = "\\", u = "é" })[special:sub(2, 2)]
      for before = 0, 150 do
        local a, b = ("a"):rep(before), ("b"):rep(150 - before)
        local text = '"' .. a .. special .. b .. '"'
        assert.equal(a .. plain .. b, json.decode(text))
        assert.same({ n = 3, nil, "control byte in a string", before + #special + 2 },
          table.pack(json.decode('"' .. a .. special .. "\31" .. b .. '"')))
      end
    end
  end)
end)

describe("json.encode", function()
  local values = {
    { 1, "1" }, { -0.0, "-0.0" }, { 1.0, "1.0" }, { 0.1, "0.1" }, { 100.0, "100.0" },
    { 1e15, "1000000000000000.0" }, { 1e16, "1e+16" }, { 1.5e300, "1.5e+300" },
    { 0.0001, "0.0001" }, { 0.00001, "1e-05" }, { 5e-324, "5e-324" },
    { 2 / 3, "0.6666666666666666" },
    { 1.7976931348623157e308, "1.7976931348623157e+308" }, { 2.0 ^ 53, "9007199254740992.0" },
    { math.mininteger, "-9223372036854775808" }, { math.maxinteger, "9223372036854775807" },
    { "", '""' }, { 'a"\\/\b\f\n\r\t\0\31\127', '"a\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\127"' },
    { "é\u{2028}\u{1F600}", '"é\u{2028}\u{1F600}"' }, { true, "true" }, { json.null, "null" },
    { {}, "{}" }, { json.array {}, "[]" }, { json.object {}, "{}" }, { { 1, { 2 } }, "[1,[2]]" },
    { { b = 1, a = 2, [""] = 3 }, '{"":3,"a":2,"b":1}' },
    { json.object { 5, 6, x = 7 }, '{"1":5,"2":6,"x":7}' },
  }
  for _, case in ipairs(values) do
    it(("writes %s"):format(case[2]), function()
      assert.equal(case[2], json.encode(case[1]))
    end)
  end

  local refused = {
    { print, "value is a function, which JSON cannot hold" },
    { { a = { print } }, "value%.a%[1%] is a function" },
    { nil, "value is a nil" },
    { json.array { x = 1 }, "value has both elements and the key 'x'" },
    { json.object { [1] = 1, ["1"] = 2 }, "has both the number 1 and its text as keys" },
    { { [1.5] = 1 }, "value has the number 1.5 as a key" },
    { { [{}] = 1 }, "value has a table as a key" },
  }
  for _, case in ipairs(refused) do
    it("refuses: " .. case[2], function()
      assert.error_matches(function() json.encode(case[1]) end, case[2])
    end)
  end

  it("takes 512 levels and no more", function()
    local deep = {}
    for _ = 2, 512 do deep = { deep } end
    assert.same(deep, json.decode(json.encode(deep)))
    assert.error_matches(function() json.encode { deep } end, "nested deeper than 512")
  end)

  it("puts each element on its own line where it is given an indent", function()
    assert.equal('{\n  "a": [\n    1,\n    {}\n  ],\n  "b": []\n}',
      json.encode({ a = { 1, {} }, b = json.array {} }, { indent = 2 }))
  end)

  it("gives what decode reads back: 1000 random values", function()
    math.randomseed(8259)
    for _ = 1, 1000 do
      local value = random_value(4)
      local text = json.encode(value)
      local back, message, byte = json.decode(text)
      assert.is_nil(message, byte)
      assert.same(value, back)
      assert.equal(text, json.encode(back))
    end
  end)

  it("needs as many digits as reading back takes: 5000 random floats", function()
    math.randomseed(754)
    for _ = 1, 5000 do
      local f = string.unpack("d", string.pack("j", math.random(0)))
      if f == f and f ~= math.huge and f ~= -math.huge then
        local text = json.encode(f)
        assert.equal(f, tonumber(text), text)
        assert.equal(f, json.decode(text))
        local digits = #text:gsub("%.0$", ""):gsub("e.*", ""):gsub("%D", ""):gsub("^0+", "")
        assert.is_true(digits <= 17, text)
        local most = #("%.17g"):format(f):gsub("e.*", ""):gsub("%D", "")
        assert.is_true(digits <= most, text)
      end
    end
  end)

  it("is read by Python, which writes what decode reads", function()
    local python = os.execute("python3 -c 1 2>/dev/null")
    if not python then pending("python3 is not here") return end
    math.randomseed(3, 11)
    local path, lines = os.tmpname(), {}
    for i = 1, 300 do lines[i] = json.encode { v = random_value(4) } end
    local file = assert(io.open(path, "wb"))
    file:write(table.concat(lines, "\n"), "\n")
    file:close()
    local pipe = assert(io.popen("python3 -c '" .. [[
import json, sys
for line in open(sys.argv[1], encoding="utf-8", newline="\n"):
    value = json.loads(line)
    print(json.dumps(value, sort_keys=True))
]] .. "' " .. path))
    local count = 0
    for line in pipe:lines() do
      count = count + 1
      assert.same(json.decode(lines[count]), json.decode(line))
      assert.equal(line, tostring(json.record(line)))
    end
    pipe:close()
    os.remove(path)
    assert.equal(#lines, count)
  end)
end)

describe("json.record", function()
  it("writes back random lines with one field changed, all others as they were", function()
    math.randomseed(19, 99)
    for _ = 1, 1000 do
      local parts, keys = {}, {}
      for i = 1, math.random(1, 12) do
        keys[i] = "f" .. i
        parts[i] = ('"f%d"%s:%s%s'):format(i, (" "):rep(math.random(0, 1)),
          (" "):rep(math.random(0, 2)), json.encode(random_value(3)))
      end
      local line = "{" .. table.concat(parts, ", ") .. "}"
      local doc = json.record(line)
      local changed = math.random(#keys)
      for _, key in ipairs(keys) do -- reading changes nothing
        if math.random() < 0.5 then assert(doc[key] ~= nil) end
      end
      local value = random_value(2)
      doc[keys[changed]] = value
      local written = tostring(doc)
      local again = json.record(written)
      assert.same(value, again[keys[changed]])
      again[keys[changed]], doc[keys[changed]] = "same", "same"
      parts[changed] = parts[changed]:match("^[^:]*: *") .. '"same"'
      assert.equal("{" .. table.concat(parts, ", ") .. "}", tostring(again))
      assert.equal(tostring(again), tostring(doc))
    end
  end)

  it("writes what a script made of a nested value: 1000 random changes", function()
    math.randomseed(20, 17)
    local function change(t, depth)
      local keys = {}
      for key in pairs(t) do keys[#keys + 1] = key end
      table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
      local is_array = json.type(t) == "array"
      local key = keys[math.random(math.max(#keys, 1))]
      local way = math.random(4)
      if key and type(t[key]) == "table" and depth > 0 and way > 1 then
        change(t[key], depth - 1)
      elseif way == 1 and is_array then
        table.insert(t, math.random(#t + 1), random_value(1))
      elseif way == 1 then
        t["new" .. math.random(9)] = random_value(1)
      elseif key and way == 2 and is_array then
        table.remove(t, key)
      elseif key and way == 2 then
        t[key] = nil
      elseif key then
        t[key] = random_value(1)
      end
    end
    for _ = 1, 1000 do
      local line = '{"id":1, "v":' .. json.encode({ v = random_value(4) }, { indent = 1 }) .. "}"
      local doc = json.record(line)
      for _ = 1, math.random(3) do change(doc.v, 4) end
      local written = tostring(doc)
      local back = assert(json.record(written))
      assert.same(doc.v, back.v)
      assert.equal(written, tostring(doc))
    end
  end)
end)

describe("json.array and json.object", function()
  it("mark the table that they are given", function()
    local t = {}
    assert.equal(t, json.array(t))
    assert.equal("array", json.type(t))
    assert.equal(t, json.object(t))
    assert.equal("object", json.type(t))
    assert.error_matches(function() json.array(setmetatable({}, {})) end, "has a metatable already")
  end)
end)

describe("json.type", function()
  local kinds = {
    { "x", "string" }, { 1, "number" }, { 1.5, "number" }, { true, "boolean" },
    { json.null, "null" }, { {}, "object" }, { { 1 }, "array" }, { json.array {}, "array" },
    { json.record "{}", "object" }, { print, nil }, { io.stdout, nil },
  }
  for i, case in ipairs(kinds) do
    it(("says %s (row %d)"):format(case[2], i), function()
      assert.equal(case[2], json.type(case[1]))
    end)
  end
end)
