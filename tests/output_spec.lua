local core = require "pumice.core"

local output = core.output

local function read(path)
  local file <close> = io.open(path, "rb")
  return file and file:read("a")
end

local function run(command)
  local pipe <close> = assert(io.popen(command, "r"))
  return pipe:read("a")
end

describe("output", function()
  local folder
  before_each(function() folder = run("mktemp -d"):gsub("\n", "") end)
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
