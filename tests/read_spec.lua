--- pumice.read and pumice.write: documents in and out of files, from a script.
local program = require "program"
local pumice = require "pumice"

local function all(path, opts)
  local docs = {}
  for doc in pumice.read(path, opts) do docs[#docs + 1] = doc end
  return docs
end

describe("pumice.read", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("gives the documents of files, folders and lists of them", function()
    local csv = program.write("a.csv", "id,text\n1,one\n2,two\n")
    local lines = program.write("b.jsonl", '{"id":"3"}\n\n{"id":"4"}\n')
    program.write("c.txt", "five")
    local ids = {}
    for i, doc in ipairs(all(program.folder)) do ids[i] = doc.id end
    assert.same({ "1", "2", "3", "4", program.folder .. "/c.txt" }, ids)
    assert.equal(4, #all { lines, csv })
    assert.equal("id,text\n1,one\n2,two\n", all(csv, { from = "text" })[1].text)
  end)

  it("tells of what cannot be read, or raises", function()
    local path = program.write("a.csv", "id,text\n1,one\n2\n3,three\n")
    local rejects = {}
    local docs = all(path, { on_reject = function(reject) rejects[#rejects + 1] = reject end })
    assert.same({ "1", "3" }, { docs[1].id, docs[2].id })
    assert.same({ { file = path, line = 3, offset = 14, code = "ragged-row", raw = "2",
      reason = "1 fields; the header has 2" } }, rejects)
    assert.error_matches(function() all(path) end, "a.csv:3, byte 14: 1 fields")
    assert.error_matches(function() all "nowhere" end, "nowhere: No such file")
    assert.error_matches(function() all(path, { from = "cvs" }) end, "did you mean 'csv'")
  end)
end)

describe("pumice.write", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("writes what pumice.read reads back", function()
    for _, name in ipairs { "a.jsonl", "a.jsonl.gz", "a.csv", "a.tsv.zst" } do
      local path = program.folder .. "/" .. name
      do
        local out <close> = pumice.write(path)
        for i = 1, 3 do out:add { id = tostring(i), text = 'a,\t"b"\r\nc' .. i } end
        assert.is_nil(program.read(name))
      end
      local docs = all(path)
      assert.equal(3, #docs)
      assert.same({ "2", 'a,\t"b"\r\nc2' }, { docs[2].id, docs[2].text })
    end
  end)

  it("writes numbers as they came, tables as JSON, null as nothing", function()
    local path = program.folder .. "/a.csv"
    local out = pumice.write(path)
    out:add(pumice.json.record
      '{"id":12345678901234567890123,"n":1.0,"list":[1,"x"],"none":null,"text":"caf\\u00e9"}')
    out:add { id = "" }
    out:close()
    assert.equal('id,n,list,none,text\n12345678901234567890123,1.0,"[1,""x""]",,café\n,,,,\n',
      program.read("a.csv"))
  end)

  it("refuses fields that no column has", function()
    local out = pumice.write(program.folder .. "/a.csv")
    out:add { id = "1" }
    assert.error_matches(function() out:add { id = "1", title = "x" } end,
      "'title' is none of the columns: id")
    out:discard()
  end)

  it("leaves an old file as it was after an error", function()
    local path = program.write("a.jsonl", "old\n")
    pcall(function()
      local out <close> = pumice.write(path)
      out:add { id = "1" }
      error "no"
    end)
    assert.equal("old\n", program.read("a.jsonl"))
  end)
end)
