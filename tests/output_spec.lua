local core = require "pumice.core"
local files = require "files"

local output = core.output

local read, run = files.read, files.output

describe("output", function()
  local folder
  before_each(function() folder = files.new_folder() end)
  after_each(function() os.execute("rm -rf " .. folder) end)

  it("appears under its name when it is committed, and not before", function()
    local path = folder .. "/result.jsonl"
    local file = assert(output.open(path))
    assert(file:write("one\n"))
    assert.is_nil(read(path))
    assert(file:commit())
    assert.equal("one\n", read(path))
    assert.equal("result.jsonl\n", run("ls -A " .. folder))
  end)

  it("leaves the old file as it was when it is discarded", function()
    local path = folder .. "/result.jsonl"
    os.execute("echo old > " .. path)
    local file = assert(output.open(path))
    file:write(("x"):rep(1000000))
    file:discard()
    assert.equal("old\n", read(path))
    assert.equal("result.jsonl\n", run("ls -A " .. folder))
  end)

  it("is discarded when nobody holds it any more", function()
    output.open(folder .. "/result.jsonl"):write("x")
    collectgarbage()
    assert.equal("", run("ls -A " .. folder))
  end)

  for ending, unpack_with in pairs { [".gz"] = "gzip -dc ", [".zst"] = "zstd -dqc " } do
    for _, count in ipairs { 0, 1, 100000 } do
      it(("packs %d lines as its name says: %s"):format(count, ending), function()
        local path = folder .. "/result.jsonl" .. ending
        local file = assert(output.open(path))
        local lines = {}
        for i = 1, count do
          lines[i] = "line " .. i .. "\n"
          assert(file:write(lines[i]))
        end
        assert(file:commit())
        assert.is_true(table.concat(lines) == run(unpack_with .. path))
      end)
    end
  end

  for _, ending in ipairs { "", ".gz", ".zst" } do
    it("goes on with a member where it stood, without a descriptor: jsonl" .. ending, function()
      local path, whole = folder .. "/member.jsonl" .. ending, {}
      local file = assert(output.open(path, true))
      for i = 1, 40000 do
        whole[i] = ("line %d\n"):format(i)
        assert(file:write(whole[i]))
        if i % 9000 == 0 then
          local length, pending = assert(file:sync())
          assert(file:write(("lost"):rep(100000)))
          assert.equal("", run(("find /proc/$PPID/fd -lname '%s/*'"):format(folder)))
          file:leave()
          file = assert(output.go_on(path, length, pending, true))
        end
      end
      assert(file:commit())
      local unpack_with = { [""] = "cat ", [".gz"] = "gzip -dc ", [".zst"] = "zstd -dqc " }
      assert.is_true(table.concat(whole) == run(unpack_with[ending] .. path))
    end)
  end

  it("is filled by others where it was extended, in any order", function()
    local path = folder .. "/result.jsonl"
    local file = assert(output.open(path))
    assert(file:write("one\n"))
    local two = assert(file:extend(4))
    local three = assert(file:extend(6))
    assert(file:write("-- four --", 4, 8))
    assert(output.place(file:open_to_others(), three, "three\n"))
    assert(file:fill(two, "two\n"))
    assert(file:commit())
    assert.equal("one\ntwo\nthree\nfour ", read(path))
    local _, message = output.place(path .. ".gone", 0, "x")
    assert.matches("/result.jsonl.gone: No such file", message)
    for _, name in ipairs { folder .. "/a.gz", folder .. "/a.zst", "/dev/null", "-" } do
      assert.is_nil(assert(output.open(name)):open_to_others())
    end
  end)

  it("makes a whole member once, and never over another", function()
    local path = folder .. "/a.txt.gz"
    assert(output.whole(path, ("text"):rep(200000)))
    local made, message, code = output.whole(path, "other")
    assert.same({ nil, path .. ": File exists", 17 }, { made, message, code })
    assert.equal(("text"):rep(200000), run("gzip -dc " .. path))
  end)

  it("names a folder where nothing or an empty one is", function()
    os.execute(("cd %s && mkdir part out full && touch part/x full/y"):format(folder))
    assert.is_nil((output.name_folder(folder .. "/part", folder .. "/full")))
    assert(output.sync_all(folder .. "/part"))
    assert(output.name_folder(folder .. "/part", folder .. "/out"))
    assert.equal("full\nout\n", run("ls " .. folder))
    assert.is_truthy(read(folder .. "/out/x"))
  end)

  it("fails aloud on a full disk, at a write or at the end", function()
    local file = assert(output.open("/dev/full"))
    assert(file:write("x"))
    local ok, message = file:commit()
    assert.is_nil(ok)
    assert.matches("/dev/full: No space left", message)
    file = assert(output.open("/dev/full"))
    ok, message = file:write(("x"):rep(1 << 20))
    assert.is_nil(ok)
    assert.matches("No space left", message)
  end)

  it("names the folder that is not there", function()
    local file, message = output.open("/nowhere/result.jsonl")
    assert.is_nil(file)
    assert.matches("/nowhere/result.jsonl: No such file", message)
  end)
end)
