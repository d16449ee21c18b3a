--- A record writes the line it was given, also after all was read. After one
--- field was set or removed, a second record sees that and all others as they
--- were. What decode reads, encode writes for decode to read again. A key that comes
--- twice in an object is found if and only if there is one.
local core = require "pumice.core"
local is_same = require "same"
local is_twice = require "twice"

local json = core.json
local record = core.record.maker(function() return false end)
local encode = json.encoder(function() return 0 end)

local function same(a, b)
  return is_same(a, b, json.type)
end

local function check_value(line)
  local value = json.decode(line)
  if value == nil then return end
  local ok, text = pcall(encode, value)
  assert(not ok and text:find "infinite" or same(value, json.decode(text)))
  return value
end

--- Sets one field to `new`, or removes it (false), and adds another.
local function check_change(line, fields, changed, new)
  local one = record(line)
  one[changed] = new or nil
  one.added = changed
  local again = assert(record(tostring(one)))
  assert(again.added == changed)
  if changed ~= "added" then
    if new == false then
      assert(again[changed] == nil)
    elseif new == "~" then
      assert(again[changed] == "~")
    else
      assert(next(again[changed]) == nil)
    end
  end
  for k, v in pairs(fields) do assert(k == changed or k == "added" or same(v, again[k])) end
end

--- Changes a table within a field.
local function check_inside(line, changed)
  local deep = record(line)
  local inside = deep[changed]
  if type(inside) ~= "table" then return end
  if json.type(inside) == "array" then
    table.remove(inside, (#inside + 1) // 2)
  else
    inside.new = 1
  end
  local ok, text = pcall(tostring, deep)
  if ok then
    assert(same(inside, record(text)[changed]))
  else
    assert(text:find "infinite")
  end
end

return function(line)
  local value = check_value(line)
  local doc = record(line)
  if not doc then return end
  assert(tostring(doc) == line)
  local _, key = core.record.of_line(line)
  assert((key ~= nil) == is_twice(line, json.decode))
  local fields = {}
  for k, v in pairs(doc) do fields[k] = v end
  assert(same(fields, value) and tostring(doc) == line)
  for changed in pairs(fields) do
    for _, new in ipairs { "~", false, {} } do check_change(line, fields, changed, new) end
    check_inside(line, changed)
  end
end
