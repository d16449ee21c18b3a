--- Damage of many kinds at known places among sound records: the rejects are
--- the answer key, in order, with code, line, offset and the bytes as they came;
--- all else is kept as it was.
local files = require "files"
local json = require "pumice.json"
local program = require "program"

local MAX_RECORD = 4000

--- Lines that are no record, each made from a sound one and its number.
local LINES = {
  function(line) return line:sub(1, -2) end, -- cut off
  function(line) return line:sub(1, #line // 2) end,
  function(line) return line:sub(2) end,
  function(line) return line:gsub('":', '"', 1) end, -- no colon
  function(line) return line:gsub(",", "", 1) end,
  function(line) return line:gsub("}$", ",}") end,
  function(line) return line:gsub('"', "'") end,
  function(line) return line:gsub('"id"', "id") end,
  function(line) return line .. line end,
  function(line) return line .. " // seen" end,
  function(line) return "[" .. line .. "]" end, -- no object
  function(_, n) return tostring(n) end,
  function() return "null" end,
  function(_, n) return ('{"id":%d,"a":%s%s}'):format(n, ("["):rep(600), ("]"):rep(600)) end,
  -- what JSON does not have
  function(_, n) return ('{"id":%d,"a":NaN}'):format(n) end,
  function(_, n) return ('{"id":%d,"a":-Infinity}'):format(n) end,
  function(_, n) return ('{"id":%d,"a":01}'):format(n) end,
  function(_, n) return ('{"id":%d,"a":1.}'):format(n) end,
  function(_, n) return ('{"id":%d,"a":+1}'):format(n) end,
  function(_, n) return ('{"id":%d,"a":0x1F}'):format(n) end,
  function(_, n) return ('{"id":%d,"a":True}'):format(n) end,
  -- strings
  function(_, n) return ('{"id":%d,"a":"\0"}'):format(n) end,
  function(_, n) return ('{"id":%d,"a":"one\ttwo"}'):format(n) end,
  function(_, n) return ('{"id":%d,"a":"\\x41"}'):format(n) end,
  function(_, n) return ('{"id":%d,"a":"\\u12G4"}'):format(n) end,
  function(_, n) return ('{"id":%d,"a":"\\uD800"}'):format(n) end, -- half of a pair
  function(_, n) return ('{"id":%d,"a":"\\uDC00\\uD800"}'):format(n) end,
  -- encodings
  function(_, n) return ('{"id":%d,"a":"caf\xE9"}'):format(n) end, -- Latin-1
  function(_, n) return ('{"id":%d,"a":"\xC0\xAF"}'):format(n) end, -- overlong
  function(_, n) return ('{"id":%d,"a":"\xED\xA0\x80"}'):format(n) end, -- a surrogate
  function(_, n) return ('{"id":%d,"a":"\xF5\x80\x80\x80"}'):format(n) end, -- too large
  function(_, n) return ('{"id":%d,"a":"\xE2\x82"}'):format(n) end, -- a part of a character
  function(line) return (line:gsub(".", "%0\0")) end, -- UTF-16
  function(line) return "\xEF\xBB\xBF" .. line end, -- a byte order mark that is not first
  function(_, n) return ('{"id":%d,"a":"%s"}'):format(n, ("long"):rep(MAX_RECORD // 4)),
    "too-long" end,
}

local DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

local function base64(bytes)
  local bits = bytes:gsub(".", function(c)
    local digits = {}
    for i = 7, 0, -1 do digits[#digits + 1] = c:byte() >> i & 1 end
    return table.concat(digits)
  end)
  bits = bits .. ("0"):rep(-#bits % 6)
  local text = bits:gsub("%d%d%d%d%d%d", function(six)
    local n = tonumber(six, 2) + 1
    return DIGITS:sub(n, n)
  end)
  return text .. ("="):rep(-#text % 4)
end

--- What --rejects says of `raw`, but for the reason.
local function expected(key, raw)
  if key.code == "too-long" then raw = raw:sub(1, 256) end
  key.raw = utf8.len(raw) and raw or nil
  key.raw_base64 = not key.raw and base64(raw) or nil
  return key
end

--- Records with damage: one of a hundred, at random.
---@return string bytes
---@return string sound  the records that are
---@return table[] key
local function damaged_lines(count)
  local parts, sound, key, offset, damages = {}, {}, {}, 0, 0
  math.randomseed(7)
  for n = 1, count do
    local line = ('{"id":%d,"text":"Text of n\u{fa}mero %d.\\n","n":1.0}'):format(n, n)
    if n > 1 and math.random(100) == 1 then
      damages = damages + 1
      local raw, code = LINES[damages % #LINES + 1](line, n)
      line = raw
      key[#key + 1] = expected({ line = n, offset = offset,
        code = code == "too-long" and code or "bad-json" }, raw)
    else
      sound[#sound + 1] = line
    end
    parts[n] = line
    offset = offset + #line + 1
  end
  parts[#parts + 1], sound[#sound + 1] = "", ""
  return table.concat(parts, "\n"), table.concat(sound, "\n"), key
end

--- Runs over a file; returns what was kept and the rejects, without reasons.
local function quarantine(name, options)
  local kept, said, status = program.run(("@/%s --max-record %d -j 2 %s"):format(name,
    MAX_RECORD, options or ""))
  assert.equal(1, status, said)
  local list = {}
  for line in program.read("rejects"):gmatch("[^\n]+") do
    local reject = json.decode(line)
    assert.equal(program.folder .. "/" .. name, reject.file)
    assert.is_string(reject.reason)
    list[#list + 1] = { line = reject.line, offset = reject.offset, code = reject.code,
      raw = reject.raw, raw_base64 = reject.raw_base64 }
  end
  return kept, list
end

--- The same key, and a message that shows the first that differs.
local function check(key, rejects)
  for i = 1, math.max(#key, #rejects) do assert.same(key[i], rejects[i]) end
end

describe("a quarantine", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  for _, packing in ipairs { { "in.jsonl" }, { "in.jsonl.gz", "gzip -1" },
    { "in.jsonl.zst", "zstd -1 -q" } } do
    local name, command = table.unpack(packing)
    it(("holds what is damaged among 100000 lines, no more and no less: %s"):format(name),
      function()
        local bytes, sound, key = damaged_lines(100000)
        assert.is_true(#key > 900)
        program.write(name, command and files.through(command, bytes) or bytes)
        local kept, rejects = quarantine(name)
        check(key, rejects)
        assert.is_true(kept == sound)
      end)
  end

  --- Members or frames of 100 lines each. Before some stand bytes that are
  --- none, in some the sum at the end is wrong: their lines are there by then.
  local function damaged_members(command, sum)
    local parts, sound, key, offset, given = {}, {}, {}, 0, 0
    local function damage()
      key[#key + 1] = expected({ line = given + 1, offset = offset, code = "cannot-read" }, "")
    end
    for n = 1, 40 do
      local lines = {}
      for i = 1, 100 do lines[i] = ('{"id":%d,"text":"%d"}\n'):format(n * 100 + i, i * i) end
      local plain = table.concat(lines)
      parts[n] = files.through(command, plain)
      if n % 10 == 5 then
        parts[n] = "no member " .. parts[n]
        damage()
      end
      sound[#sound + 1] = plain
      offset, given = offset + #plain, given + 100
      if n % 10 == 8 then
        local at = #parts[n] - sum
        parts[n] = parts[n]:sub(1, at - 1) .. string.char(parts[n]:byte(at) ~ 1)
          .. parts[n]:sub(at + 1)
        damage()
      end
    end
    return table.concat(parts), table.concat(sound), key
  end

  local packings = {
    -- file, command, bytes from the sum to the end
    { "in.jsonl.gz", "gzip -1", 4 },
    { "in.jsonl.zst", "zstd -1 -q", 0 },
  }
  for _, case in ipairs(packings) do
    local name, command, sum = table.unpack(case)
    it("holds the damage of a compressed file: " .. name, function()
      local bytes, sound, key = damaged_members(command, sum)
      program.write(name, bytes)
      local kept, rejects = quarantine(name)
      check(key, rejects)
      assert.is_true(kept == sound)
    end)
  end

  it("holds the rows of CSV that are damaged", function()
    local kinds = {
      function(n) return ('%d,"open'):format(n), "bad-csv" end,
      function(n) return ('%d,"text" behind'):format(n), "bad-csv" end,
      function(n) return ("%d"):format(n), "ragged-row" end,
      function(n) return ("%d,one,two"):format(n), "ragged-row" end,
    }
    local parts, key, offset, line, sound = { "id,text\r\n" }, {}, 9, 2, 0
    for n = 1, 20000 do
      local row, lines = ('%d,"a ""quoted"" field\nof %d"'):format(n, n), 2
      if n % 100 == 0 then
        local code
        row, code = kinds[n // 100 % #kinds + 1](n)
        lines = 1
        key[#key + 1] = expected({ line = line, offset = offset, code = code }, row)
      else
        sound = sound + 1
      end
      parts[n + 1] = row .. "\r\n"
      offset, line = offset + #row + 2, line + lines
    end
    program.write("in.csv", table.concat(parts))
    local kept, rejects = quarantine("in.csv")
    check(key, rejects)
    assert.equal(sound, select(2, kept:gsub("\n", "")))
  end)

  it("holds the records of WARC that are damaged", function()
    local function record(n, body, length, http)
      local block = ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n%s\r\n%s"):format(
        http or "", body)
      return ("WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%d>\r\n"
        .. "WARC-Target-URI: http://a/%d\r\nContent-Length: %s\r\n\r\n%s\r\n\r\n"):format(
        n, n, length or #block, block)
    end
    local kinds = {
      function(n) return record(n, "short", 5), "bad-length" end,
      function(n) return record(n, "long", 3000), "bad-length" end,
      function(n) return record(n, "none", "many"), "bad-warc" end,
      function(n) return record(n, "\31\139\8 no gzip", nil, "Content-Encoding: gzip\r\n"),
        "bad-encoding" end,
      function(n) return record(n, "x", nil, "Content-Encoding: secret\r\n"),
        "unknown-encoding" end,
      function() return "bytes that are no record\r\n", "bad-warc" end,
    }
    local parts, key, offset, sound = {}, {}, 0, {}
    for n = 1, 5000 do
      local bytes = record(n, ("<p>%d</p>"):format(n))
      if n % 100 == 0 then
        local code
        bytes, code = kinds[n // 100 % #kinds + 1](n)
        key[#key + 1] = expected({ offset = offset, code = code }, bytes)
      else
        sound[#sound + 1] = ("<urn:uuid:%d>"):format(n)
      end
      parts[n] = bytes
      offset = offset + #bytes
    end
    program.write("in.warc", table.concat(parts))
    local kept, rejects = quarantine("in.warc")
    check(key, rejects)
    assert.same(sound, program.fields(kept, "id"))
  end)
end)
