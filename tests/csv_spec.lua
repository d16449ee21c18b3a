--- CSV and TSV as inputs of a run.
local core = require "pumice.core"
local program = require "program"

local fields, records, run = program.fields, program.records, program.run

local function csv_fields(row, delimiter)
  return (core.csv.row(row, 1, delimiter or ","))
end

describe("core.csv.row", function()
  local rows = {
    -- row, fields
    { "a,b,c\n", { "a", "b", "c" } },
    { "a,b\r\n", { "a", "b" } },
    { "a", { "a" } },
    { ",", { "", "" } },
    { '"a","b"', { "a", "b" } },
    { '"a,b","c\nd","e\r\nf"\n', { "a,b", "c\nd", "e\r\nf" } },
    { '"say ""no""",""""\n', { 'say "no"', '"' } },
    { '"",x\n', { "", "x" } },
    { 'a "quote" inside,b\n', { 'a "quote" inside', "b" } },
    { ' "a",b\n', { ' "a"', "b" } },
    { "a\0b,\xFF\n", { "a\0b", "\xFF" } },
    { "a\rb,c\n", { "a\rb", "c" } },
    { '"a"\r\n', { "a" } },
  }
  for _, case in ipairs(rows) do
    local row, expected = table.unpack(case)
    it(("splits %q"):format(row), function()
      local got, _, next_at = core.csv.row(row .. "next", 1, ",")
      if row:find("\n$") then
        assert.equal(#row + 1, next_at)
        assert.same(expected, got)
      end
      assert.same(expected, csv_fields(row))
    end)
  end

  local damaged = {
    -- row, where the next one begins, what is wrong
    { '"a"b,c\nd', 8, "behind a closing quote" },
    { 'a,"b\nc,d\n', 6, "not closed" },
    { '"a\n"b\nc', 4, "behind a closing quote" },
    { '"a"\rb\nc', 7, "behind a closing quote" },
    { '"a"\r', 5, "behind a closing quote" },
  }
  for _, case in ipairs(damaged) do
    local row, expected, message = table.unpack(case)
    it(("ends a damaged row at its first line end: %q"):format(row), function()
      local got, _, next_at, lines, problem = core.csv.row(row, 1, ",")
      assert.is_nil(got)
      assert.equal(expected, next_at)
      assert.equal(row:find("\n") and 1 or 0, lines)
      assert.matches(message, problem)
    end)
  end
end)

describe("pumice run over CSV", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("gives a document for each row, its fields named by the header", function()
    program.write("in.csv", '\xEF\xBB\xBFid,text,note\r\n1,"two\nlines",""\r\n\r\n2,"a ""b"", c",x')
    local out, said, status = run("@/in.csv")
    assert.equal(0, status, said)
    assert.equal('{"id":"1","text":"two\\nlines","note":""}\n'
      .. '{"id":"2","text":"a \\"b\\", c","note":"x"}\n', out)
  end)

  it("tells TSV and CSV by name, by --from, and by their header", function()
    local tsv, csv = 'id\ttext\n1\ta,b\n', "id,text\n1,a\tb\n"
    program.write("in.tsv", tsv)
    program.write("tabs", tsv)
    program.write("commas", csv)
    assert.equal('{"id":"1","text":"a,b"}\n{"id":"1","text":"a,b"}\n{"id":"1","text":"a\\tb"}\n',
      (run("@/in.tsv @/tabs @/commas")))
    for _, command in ipairs { "cat @/commas", "gzip -c @/commas", "zstd -qc @/commas" } do
      local pipe = command:gsub("@", program.folder)
      for _, from in ipairs { "", "--from csv" } do
        assert.equal('{"id":"1","text":"a\\tb"}\n', (program.sh(
          ("%s | $P run %s - %s"):format(pipe, program.folder .. "/recipe.lua", from))))
      end
    end
  end)

  it("does not take prose for CSV", function()
    program.write("letter", "Dear text, dear id,\nhow are you, all of you?\n")
    assert.equal("Dear text, dear id,\nhow are you, all of you?\n",
      fields(run("@/letter"), "text")[1])
  end)

  it("rejects damaged rows with line and byte, and goes on", function()
    local rows = {
      "id,text\n",
      "1,good\n",
      "2\n",
      '3,"two\nlines"\n',
      "4,too,many\n",
      '5,"closed" early\n',
      '6,"never closed\n',
      '7,"good"\n',
      "8,good\n",
      '9,"open at the end\n',
    }
    program.write("in.csv", table.concat(rows))
    local out, _, status = run("@/in.csv")
    assert.equal(1, status)
    assert.same({ "1", "3", "7", "8" }, fields(out, "id"))
    local rejects = program.read("rejects")
    assert.same({ 3, 6, 7, 8, 11 }, fields(rejects, "line"))
    assert.same({ "ragged-row", "ragged-row", "bad-csv", "bad-csv", "bad-csv" },
      fields(rejects, "code"))
    local offsets, at = {}, 0
    for i, row in ipairs(rows) do
      offsets[i] = at
      at = at + #row
    end
    assert.same({ offsets[3], offsets[5], offsets[6], offsets[7], offsets[10] },
      fields(rejects, "offset"))
    assert.same({ "2", "4,too,many", '5,"closed" early', '6,"never closed', '9,"open at the end' },
      fields(rejects, "raw"))
    assert.equal("1 fields; the header has 2", records(rejects)[1].reason)
  end)

  it("refuses a file whose header would lose a column", function()
    program.write("in.csv", "id,text,id\n1,2,3\n")
    local out, said, status = run("@/in.csv")
    assert.equal("", out)
    assert.equal(1, status)
    assert.matches("two columns are named 'id'", said)
    assert.same({ "bad-header" }, fields(program.read("rejects"), "code"))
  end)

  it("makes UTF-8 of the header as of the rows, or refuses the file", function()
    program.write("in.csv", "id,t\xE9xt\n1,caf\xE9\n")
    assert.equal('{"id":"1","téxt":"café"}\n', (run "@/in.csv --invalid decode"))
    assert.equal('{"id":"1","t\u{FFFD}xt":"caf\u{FFFD}"}\n', (run "@/in.csv --invalid replace"))
    local out, said, status = run "@/in.csv"
    assert.same({ "", 1 }, { out, status })
    assert.matches("the name of column 2 is not UTF-8; --invalid decode reads it", said, 1, true)
  end)

  it("refuses a file whose lines end with carriage returns, all of it one header", function()
    program.write("in.csv", "id,text\r1,a\r2,b\r")
    local out, said, status = run("@/in.csv")
    assert.same({ "", 1 }, { out, status })
    assert.matches("a carriage return in it ends no line", said)
    program.write("in.csv", 'id,"te\r\nxt"\r\n1,a\r\n')
    assert.same({ "a" }, fields(run("@/in.csv"), "te\r\nxt"))
  end)

  it("passes over a row that is too long, in a block and beyond", function()
    for _, size in ipairs { 3000, 600000 } do
      local long = ('2,"%s\n"\n'):format(("x"):rep(size))
      program.write("in.csv", "id,text\n1,a\n" .. long .. "3,b\n")
      local out = run("@/in.csv --max-record 2000")
      assert.same({ "1", "3" }, fields(out, "id"))
      local reject = records(program.read("rejects"))[1]
      assert.same({ "too-long", 3, 12 }, { reject.code, reject.line, reject.offset })
      assert.equal(("a row of %d bytes; at most 2000 are read"):format(#long), reject.reason)
      assert.equal(256, #reject.raw)
    end
  end)

  it("stops after --limit rows", function()
    program.write("in.csv", "id,text\n1,a\n\n2,\"b\nc\"\n3,d\n")
    assert.same({ "1", "2" }, fields(run("@/in.csv --limit 2"), "id"))
  end)

  it("gives the same bytes for any number of workers", function()
    local rows = { "id,text\n" }
    for i = 1, 30000 do
      rows[#rows + 1] = i % 1000 == 0 and "ragged\n"
        or ('%d,"text\n""%d"", %s"\r\n'):format(i, i, ("w "):rep(i % 40))
    end
    program.write("in.csv", table.concat(rows))
    local outputs = {}
    for i, jobs in ipairs { 1, 2, 5 } do
      outputs[i] = run(("@/in.csv -j %d"):format(jobs)) .. program.read("rejects")
    end
    assert.equal(29970, select(2, outputs[1]:gsub('"id"', "")))
    assert.is_true(outputs[1] == outputs[2] and outputs[1] == outputs[3])
  end)

  it("goes on with --resume after kill -9 to the same bytes", function()
    local rows = { "id,text\n" }
    for i = 1, 4000 do
      rows[#rows + 1] = i % 100 == 0 and "ragged\n"
        or ('%d,"text\n""%d"", %s"\n'):format(i, i, ("w"):rep(200))
    end
    local path = program.write("in.csv", table.concat(rows))
    os.execute("gzip -k " .. path)
    local results, tries = program.cut_off(
      "@/in.csv @/in.csv.gz -o @/NAME.out --rejects @/NAME.rej", { "NAME.out", "NAME.rej" })
    assert.is_true(#results[1] > 1000000)
    assert.is_true(math.max(table.unpack(tries)) >= 1, "it never ran")
    for i = 2, #results do assert.is_true(results[1] == results[i]) end
  end)
end)
