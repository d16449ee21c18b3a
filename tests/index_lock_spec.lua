--- An index that its reader may read and not write: neither the file, nor PATH-lock,
--- nor the folder around them.
local index = require "pumice.index"
local program = require "program"

--- What makes a command one of somebody who owns nothing here.
local function as_nobody()
  local pipe <close> = assert(io.popen("id -u"))
  return pipe:read("n") == 0 and "setpriv --reuid=65534 --regid=65534 --clear-groups" or ""
end

describe("an index that may only be read", function()
  local path
  before_each(function()
    program.new_folder()
    path = program.folder .. "/old.index"
    local old <close> = assert(index.open(path))
    old:add { id = "1", text = "The ferry to Brim will close in October, its owner said." }
    assert(old:save())
  end)
  after_each(function()
    os.execute("chmod -R u+w " .. program.folder)
    program.remove_folder()
  end)

  --- Runs `code` as somebody who may not write; `@` is the index.
  local function read_it(code)
    os.execute(("chmod a+rx %s; chmod a=r %s*; chmod a-w %s"):format(program.folder, path,
      program.folder))
    local out, said = program.sh(("%s $P -e '%s'"):format(as_nobody(), code:gsub("@", path)))
    return out .. said
  end

  local OPEN = 'local old, problem = pumice.index.open("@", { readonly = true }) '
  local FIND = OPEN .. 'print(old and old:query("Brim: the ferry to Brim will close in '
    .. 'October")[1].id, problem)'

  it("is read, whether there is a lock file or not", function()
    assert.equal("1\tnil\n", read_it(FIND))
    os.execute(("chmod u+w %s; rm -f %s-lock"):format(program.folder, path))
    assert.equal("1\tnil\n", read_it(FIND))
  end)

  it("is not read while somebody adds to it", function()
    local writer <close> = assert(index.open(path))
    writer:add { id = "2", text = "a second text of enough words for it to have shingles" }
    assert.equal("nil\t" .. path .. ": another process is adding to it\n", read_it(FIND))
    assert(writer:save())
    assert.equal("1\tnil\n", read_it(FIND))
  end)

  it("is not added to while such a reader has it", function()
    os.execute(("mkfifo %s/go; chmod a+r %s/go"):format(program.folder, program.folder))
    os.execute(("chmod a+rx %s; chmod a=r %s*; chmod a-w %s"):format(program.folder, path,
      program.folder))
    local reader = assert(io.popen(("%s %s -e '%s print(old and 1) io.stdout:flush() "
      .. "io.open(\"%s/go\"):read()'"):format(as_nobody(), program.path, OPEN:gsub("@", path),
      program.folder)))
    assert.equal("1", reader:read("l"))
    os.execute("chmod -R u+w " .. program.folder)
    local writer <close> = assert(index.open(path))
    local added, problem = writer:add { id = "2",
      text = "a second text of enough words for it to have shingles" }
    assert.same({ nil, path .. ": another process is adding to it, or reads it and may not write "
      .. "PATH-lock" }, { added, problem })
    os.execute(("echo > %s/go"):format(program.folder))
    reader:close()
  end)
end)
