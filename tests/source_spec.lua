--- What names stand for, from outside: folders, links, and names of any bytes.
local core = require "pumice.core"
local program = require "program"

local write, run = program.write, program.run

describe("inputs", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  local function folder(...)
    program.sh("mkdir -p " .. program.folder .. "/in/sub")
    for _, name in ipairs { ... } do write("in/" .. name, "x") end
  end

  it("may have names that are no UTF-8", function()
    folder "caf\xE9.txt"
    write("in/b\xFF.jsonl", '{"text":"one"}\nbroken\n')
    local out, said, status = run "@/in -o @/out.jsonl --manifest @/manifest"
    assert.equal(1, status, said)
    assert.equal("", out)
    assert.same({ "-", program.folder .. "/in/caf%E9.txt" },
      program.fields(program.read "out.jsonl", "id"))
    assert.same({ program.folder .. "/in/b%FF.jsonl" },
      program.fields(program.read "rejects", "file"))
    assert.matches("/in/caf%E9.txt", program.read "manifest", 1, true)
  end)

  it("are rejects where they cannot be looked at", function()
    folder "a.txt"
    program.sh(("ln -s nowhere %s/in/gone.txt"):format(program.folder))
    local out, said = run "@/in"
    assert.equal(1, #program.records(out))
    assert.same({ "cannot-open" }, program.fields(program.read "rejects", "code"))
    assert.matches("2 read = 1 kept %+ 0 dropped %+ 1 rejected", said)
  end)

  it("are read once though a link leads back to their folder", function()
    folder("a.txt", "sub/b.txt")
    program.sh(("ln -s .. %s/in/sub/loop"):format(program.folder))
    local out, said = run "@/in"
    assert.equal(2, #program.records(out), said)
  end)

  it("are JSON lines where they are called .json and begin with one", function()
    folder()
    write("in/a.json", '{"id":"1"}\n{"id":"2"}\n')
    write("in/b.json", ('{"id":"3","text":"%s"}'):format(("x"):rep(10000)))
    write("in/c.json", '{\n  "id": "4"\n}\n')
    write("in/d.json", '[{"id":"5"}]\n')
    local out, said = run "@/in"
    assert.same({ "1", "2", "3" }, program.fields(out, "id"))
    assert.matches("passed over 2 files", said)
  end)

  local clashes = {
    -- arguments, what is said
    { "@/soft -o @/in/a.jsonl", "%-o .*/in/a.jsonl is an input as well" },
    { "@/in/a.jsonl -o @/soft", "%-o .*/soft is an input as well" },
    { "@/hard --dropped @/in/a.jsonl", "%-%-dropped .*/in/a.jsonl is an input as well" },
    { "@/in/a.jsonl >> @/in/a.jsonl", "%-o %(standard output%) is an input as well" },
    { "@/in -o /dev/stdout > @/out --dropped @/out", "%-o and %-%-dropped name the same file" },
    { "@/in/a.jsonl -o @/in/a.jsonl", "%-o .*/in/a.jsonl is an input as well" },
    { "@/in -o @/in/a.jsonl", "%-o .*/in/a.jsonl is an input as well" },
    { "@/in -o @/out --dropped @/in/sub/../a.jsonl", "%-%-dropped .* is an input as well" },
    { "@/in -o @/in/../in/a.jsonl", "is an input as well" },
    { "@/in -o @/out --dropped @/in/../out", "%-o and %-%-dropped name the same file" },
    { "@/in -o @/out --manifest @/./out", "%-o and %-%-manifest name the same file" },
    { "@/in --dropped -", "%-o and %-%-dropped name the same file: standard output" },
    { "@/in --dropped /dev/stdout", "%-o and %-%-dropped name the same file" },
    { "@/in -o ''", "the name of an output is empty" },
  }
  for _, case in ipairs(clashes) do
    local arguments, expected = table.unpack(case)
    it("are safe from: pumice run " .. arguments, function()
      folder()
      write("in/a.jsonl", '{"id":"1"}\n')
      program.sh(("cd %s && ln -s in/a.jsonl soft && ln in/a.jsonl hard"):format(program.folder))
      local _, said, status = run(arguments)
      assert.equal(2, status, said)
      assert.matches(expected, said)
      assert.equal('{"id":"1"}\n', program.read "in/a.jsonl")
    end)
  end

  it("keep their place where the name of an output is that of a stream", function()
    -- /dev/stdout, were it taken for a file, would be one from then on for all.
    assert.is_true(core.output.is_descriptor "/dev/stdout")
    assert.is_true(core.output.is_descriptor "/dev/../dev/stderr")
    assert.is_false(core.output.is_descriptor "/dev/null")
    assert.is_false(core.output.is_descriptor "stdout")
    folder()
    write("in/a.jsonl", '{"id":"1"}\n')
    local _, said, status = run "@/in/a.jsonl -o /dev/fd/3 3> @/three"
    assert.equal(0, status, said)
    assert.equal('{"id":"1"}\n', program.read "three")
    _, said, status = run "@/in/a.jsonl -o /dev/fd/9"
    assert.equal(3, status)
    assert.matches("cannot write /dev/fd/9: Bad file descriptor", said)
  end)

  local closed = {
    -- what is closed, arguments, exit status, what is said
    { "<&-", "@/in.jsonl -o @/out", 0, "1 read = 1 kept" },
    { "<&-", "- -o @/out", 3, "cannot read: Bad file descriptor" },
    { ">&-", "@/in.jsonl", 3, "cannot write standard output: Bad file descriptor" },
    { ">&-", "@/in.jsonl -o @/out", 0, "1 read = 1 kept" },
    { "<&- >&-", "@/in.jsonl -o @/out --dropped @/dropped", 0, "1 read = 1 kept" },
  }
  for _, case in ipairs(closed) do
    it(("are written where they should be with %s: %s"):format(case[1], case[2]), function()
      write("in.jsonl", '{"id":"1"}\n')
      local _, said, status = run(case[2] .. " " .. case[1])
      assert.equal(case[3], status, said)
      assert.matches(case[4], said, 1, true)
      if status == 0 then assert.equal('{"id":"1"}\n', program.read "out") end
    end)
  end

  it("have nothing else in them where all streams are closed", function()
    write("in.jsonl", '{"id":"1"}\n')
    write("recipe.lua", program.PASS)
    program.sh(("($P run %s/recipe.lua %s/in.jsonl -o %s/out <&- >&- 2>&-)"):gsub("%%s",
      program.folder))
    assert.equal('{"id":"1"}\n', program.read "out")
  end)

  it("may be standard input when the output is standard output", function()
    folder()
    write("in.jsonl", '{"id":"1"}\n')
    local out, said = run "- < @/in.jsonl --dropped /dev/null"
    assert.equal('{"id":"1"}\n', out, said)
    assert.equal("", (run "- < @/in.jsonl -o /dev/null --dropped /dev/null"))
  end)
end)
