local core = require "pumice.core"
local files = require "files"

local input = core.input

local temporary, run = files.temporary, files.output

--- All events of a file, in blocks of `size`.
local function events(path, size, max_record)
  local file <close> = assert(input.open(path, max_record or 1000))
  local list = {}
  while true do
    local event, data, line, offset, detail = file:lines(size)
    if not event then return list end
    list[#list + 1] = { event, data, line, offset, detail }
    if event == "error" or event == "failed" then return list end
  end
end

local function joined(list)
  local parts = {}
  for i, event in ipairs(list) do parts[i] = event[2] end
  return table.concat(parts)
end

describe("input:lines", function()
  local text = {}
  for i = 1, 500 do text[i] = ("line %d %s\n"):format(i, ("x"):rep(i % 37)) end
  text = table.concat(text)

  for _, size in ipairs { 1, 7, 100, 4096, 1000000 } do
    it(("gives all bytes in blocks of whole lines, about %d bytes each"):format(size), function()
      local path = temporary(text)
      local list = events(path, size)
      assert.equal(text, joined(list))
      local line, offset = 1, 0
      for _, event in ipairs(list) do
        assert.equal("\n", event[2]:sub(-1))
        assert.same({ line, offset }, { event[3], event[4] })
        line = line + select(2, event[2]:gsub("\n", ""))
        offset = offset + #event[2]
      end
      os.remove(path)
    end)
  end

  it("tells gzip and zstd by their bytes, member after member", function()
    local path = temporary(text)
    for _, pack in ipairs { "gzip -c", "zstd -qc" } do
      local packed = run(("%s %s; %s %s"):format(pack, path, pack, path))
      local packed_path = temporary(packed)
      assert.equal(text .. text, joined(events(packed_path, 1000)))
      os.remove(packed_path)
    end
    os.remove(path)
  end)

  it("gives each block of zstd before the damage, however much is read at once", function()
    local lines = {}
    for i = 1, 60000 do
      lines[i] = ("line %d of many that are much alike\n"):format(i // 100)
    end
    local whole = table.concat(lines)
    local path = temporary(whole)
    local packed = run("zstd -qc --no-check " .. path)
    local at = #packed * 3 // 4
    local damaged = temporary(packed:sub(1, at) .. ("\xFF"):rep(64) .. packed:sub(at + 65))
    local lengths = {}
    for _, size in ipairs { 1, 100000, 1 << 22 } do
      local list = events(damaged, size, 1 << 24)
      assert.equal("error", list[#list][1])
      local got = joined(list)
      assert.equal(got, whole:sub(1, #got))
      assert.is_true(#got > #whole * 0.6, #got .. " of " .. #whole)
      lengths[#lengths + 1] = #got
    end
    assert.same({ lengths[1], lengths[1], lengths[1] }, lengths)
    os.remove(damaged)
    os.remove(path)
  end)

  it("passes over frames of zstd that hold no data, also when one comes first", function()
    local path = temporary(text)
    local packed, skipped = run("zstd -qc " .. path), ("<I4s4"):pack(0x184D2A50, "data")
    local last = ("<I4s4"):pack(0x184D2A5F, "more")
    local packed_path = temporary(skipped .. packed .. last .. skipped .. packed .. last)
    assert.equal(text .. text, joined(events(packed_path, 1000)))
    os.remove(packed_path)
    os.remove(path)
  end)

  it("gives what came before the damage, then the error", function()
    local path = temporary(text)
    for _, pack in ipairs { "gzip -c", "zstd -qc" } do
      local packed = run(("%s %s"):format(pack, path))
      for _, share in ipairs { 0.3, 0.9, 0.99 } do
        local cut = temporary(packed:sub(1, math.floor(#packed * share)))
        local list = events(cut, 1000)
        assert.equal("error", list[#list][1])
        assert.matches("ends too early", list[#list][5])
        assert.equal(joined(list), text:sub(1, #joined(list)))
        os.remove(cut)
      end
    end
    os.remove(path)
  end)

  it("says of damaged bytes that they are damaged", function()
    local path = temporary(text)
    local packed = run("gzip -c " .. path)
    local damaged = temporary(packed:sub(1, 200) .. "\0\0\0\0" .. packed:sub(205))
    local list = events(damaged, 1000)
    assert.equal("error", list[#list][1])
    assert.matches("^gzip: ", list[#list][5])
    os.remove(path)
    os.remove(damaged)
  end)

  it("says of a gzip member whose length is wrong that it is, and not that it is cut", function()
    local path = temporary(text)
    local packed = run("gzip -c " .. path)
    local list = events(temporary(packed:sub(1, -5) .. "\1\2\3\4"), 1000)
    assert.same({ text, "gzip: incorrect length check" },
      { joined(list), list[#list][5]:match "^[^,]+" })
    os.remove(path)
  end)

  local foreign = {
    -- what packed it, how the file begins
    { "bzip2", "BZh91AY&SY" }, { "xz", "\xFD7zXZ\0" }, { "zip", "PK\3\4" },
    { "7z", "7z\xBC\xAF\x27\x1C" }, { "lz4", "\x04\x22\x4D\x18" },
  }
  for _, case in ipairs(foreign) do
    local name, head = table.unpack(case)
    it("names what packed a file that it does not read: " .. name, function()
      local path = temporary(head .. "\nand\nso\non\n")
      local list = events(path, 1000)
      assert.equal(1, #list)
      assert.same({ "error", "" }, { list[1][1], list[1][2] })
      assert.equal(name .. ": not read here; unpack the file first, at byte 1 of the file",
        list[1][5])
      local less = temporary(head:sub(1, -2))
      assert.equal(head:sub(1, -2), joined(events(less, 1000)))
      os.remove(path)
      os.remove(less)
    end)
  end

  it("passes over a line that is too long and goes on behind it", function()
    local path = temporary("short\n" .. ("y"):rep(5000) .. "\nafter\n")
    assert.same({
      { "block", "short\n", 1, 0, 6 },
      { "long", ("y"):rep(256), 2, 6, 5001 },
      { "block", "after\n", 3, 5007, 6 },
    }, events(path, 64, 1000))
    os.remove(path)
  end)

  local edges = {
    -- name, bytes, events
    { "an empty file", "", {} },
    { "a last line without its end", "a\nb",
      { { "block", "a\n", 1, 0, 2 }, { "block", "b", 2, 2, 1 } } },
    { "a byte order mark", "\xEF\xBB\xBFa\n", { { "block", "a\n", 1, 3, 2 } } },
    { "nothing but a line end", "\n", { { "block", "\n", 1, 0, 1 } } },
    { "NUL bytes", "a\0b\n", { { "block", "a\0b\n", 1, 0, 4 } } },
  }
  for _, case in ipairs(edges) do
    local name, bytes, expected = table.unpack(case)
    it("reads " .. name, function()
      local path = temporary(bytes)
      assert.same(expected, events(path, 100))
      os.remove(path)
    end)
  end
end)

describe("input.open", function()
  it("names the file that is not there", function()
    local file, message = input.open("/nowhere/at/all", 10)
    assert.is_nil(file)
    assert.matches("/nowhere/at/all: No such file", message)
  end)

  it("says of a folder that it cannot be read, not that it is damaged", function()
    local list = events("/", 100)
    assert.equal("failed", list[1][1])
    assert.matches("Is a directory", list[1][5])
  end)
end)

describe("input.kind and input.names", function()
  it("tell files from folders", function()
    assert.equal("folder", (input.kind("tests")))
    assert.equal("file", (input.kind("Makefile")))
    assert.is_nil((input.kind("nowhere")))
    local found = false
    for _, name in ipairs(input.names("tests")) do found = found or name == "input_spec.lua" end
    assert.is_true(found)
  end)

  it("gives blocks as regions of an arena, and as strings where it is full", function()
    local lines = {}
    for i = 1, 3000 do lines[i] = ("line %d of a file\n"):format(i) end
    local path = temporary(table.concat(lines))
    local arena = assert(core.arena.create(3, 8192))
    local file <close> = assert(core.input.open(path, 1000))
    file:share(arena, 1, 2)
    local kinds, all = {}, {}
    while true do
      local event, data = file:lines(6000)
      if not event then break end
      kinds[#kinds + 1], all[#all + 1] = type(data), tostring(data)
      if type(data) == "userdata" then
        assert.equal(1 + (#kinds - 1) % 2, (select(3, data:place())))
        if #kinds <= 2 then data:free() end
      end
    end
    os.remove(path)
    assert.is_true(table.concat(lines) == table.concat(all))
    assert.equal("userdata", kinds[4])
    assert.equal("string", kinds[5])
  end)
end)
