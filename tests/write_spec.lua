local program = require "program"
local pumice = require "pumice"

local function at(name) return program.folder .. "/" .. name end

describe("pumice.write", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  local function write(path, opts, count)
    local out <close> = pumice.write(at(path), opts)
    for i = 1, count or 4 do
      out:add { id = tostring(i), language = i % 2 == 0 and "en" or "de", text = "t" .. i }
    end
  end

  it("writes texts, files by a field, shards and chosen columns", function()
    write("texts/")
    assert.same({ ["1.txt"] = "t1", ["2.txt"] = "t2", ["3.txt"] = "t3", ["4.txt"] = "t4" },
      program.files "texts")
    write("routed/{language}.csv", { fields = { "text", "id" } })
    assert.same({ ["de.csv"] = "text,id\nt1,1\nt3,3\n", ["en.csv"] = "text,id\nt2,2\nt4,4\n" },
      program.files "routed")
    write("shards", { shard_docs = 3, to = "tsv", fields = { "id" } })
    assert.same({ ["00000.tsv"] = "id\n1\n2\n3\n", ["00001.tsv"] = "id\n4\n" },
      program.files "shards")
  end)

  it("drops a folder that was not closed", function()
    pcall(function()
      local out <close> = pumice.write(at "texts/")
      out:add { id = "1", text = "x" }
      error "no"
    end)
    local forgotten = pumice.write(at "routed/{id}.jsonl")
    forgotten:add { id = "1" }
    forgotten = nil -- luacheck: ignore 311
    collectgarbage()
    assert.equal("stderr\n", (program.sh("ls -A " .. program.folder)))
  end)

  it("says what it cannot write", function()
    assert.error_matches(function() write("x/{nothing}.jsonl") end, "'nothing' is missing")
    assert.error_matches(function() write("x/{id}.jsonl", { max_files = 2 }) end,
      "more than 2 values")
    assert.error_matches(function() write("x.csv", { feilds = {} }) end, "did you mean 'fields'")
    assert.error_matches(function() write("x.csv", { to = "cvs" }) end, "did you mean 'csv'")
    assert.error_matches(function()
      local out <close> = pumice.write(at "x.csv")
      out:add { id = "1" }
      out:add { id = "2", title = "x" }
    end, "2: the field 'title' is none of the columns: id; name those to write")
  end)
end)
