--- Inputs that grow, shrink or are replaced while a run reads them.
local program = require "program"

--- Lines of 200 bytes that do not pack well, so many that the files of them are read
--- in many parts.
local COUNT = 20000

local function lines(from, count)
  local list = {}
  for i = from, from + count - 1 do
    local text = {}
    for k = 1, 11 do text[k] = ("%016x"):format(math.random(0)) end
    list[#list + 1] = ('{"id":%6d,"text":"%s"}\n'):format(i, table.concat(text))
  end
  return table.concat(list)
end

--- Each process waits at its first document for the file `go`.
local WAITS = [[return pumice.recipe { summary = "a test", stages = function()
  local gone
  return { function(doc)
    if not gone then io.open("@/began", "w"):close() end
    while not gone do gone = io.open("@/go") end
    return doc
  end } end }]]

describe("a run whose input", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  --- Runs with `what` done to the input, @/in..., when workers have begun. All but
  --- the first parts of it are read only then. Returns what was said, and the status.
  local function run(what, input, options)
    program.write("recipe.lua", (WAITS:gsub("@", program.folder)))
    local _, said, status = program.sh(([[(
      $P run @/recipe.lua INPUT --trust -q -j 2 -o @/out --rejects @/rejects OPTIONS & p=$!; i=0
      until [ -e @/began ] || [ $i -ge 1500 ]; do sleep 0.02; i=$((i + 1)); done
      WHAT
      : > @/go; wait $p)]]):gsub("WHAT", what):gsub("INPUT", input or "@/in.jsonl")
      :gsub("OPTIONS", options or ""):gsub("@", program.folder))
    return said, status
  end

  local text, more
  setup(function() text, more = lines(1, COUNT), lines(COUNT + 1, 5000) end)

  local grown = {
    -- the name, how it is made of @/in, what is added
    { "in.jsonl", "cat", "cat @/more >> INPUT" },
    { "in.jsonl", "cat", "head -c 1234567 @/more >> INPUT" },
    { "in.jsonl.gz", "gzip -1", "gzip -c @/more >> INPUT" },
    { "in.jsonl.gz", "gzip -1", "gzip -c @/more | head -c 20000 >> INPUT" },
    { "in.jsonl.zst", "zstd -q", "zstd -qc @/more | head -c 10000 >> INPUT" },
    { "in.csv", "(echo id,text; sed 's/[^0-9]*\\([0-9]*\\).*/\\1,x/')",
      "seq 70000 | sed 's/$/,y/' >> INPUT; printf '7,\"z' >> INPUT" },
  }
  for _, case in ipairs(grown) do
    local name, command, add = table.unpack(case)
    it(("grows is read as it was: %s, %s"):format(name, add), function()
      -- More than is read ahead of the workers.
      program.write("in", name:find("csv") and text:rep(20) or text:rep(8))
      program.write("more", more)
      local input = program.folder .. "/" .. name
      program.sh(("%s < @/in > %s"):format(command, input):gsub("@", program.folder))
      local said, status = run((add:gsub("INPUT", input)), input)
      assert.equal(0, status, said)
      if name == "in.csv" then
        assert.equal(20 * COUNT, select(2, program.read("out"):gsub("\n", "")))
      else
        assert.is_true(program.read "out" == text:rep(8))
      end
    end)
  end

  local changed = {
    -- the file, what is done to it, what is said
    { "in.jsonl", "truncate -s 1000000 INPUT", "in.jsonl became shorter while it was read" },
    { "in.jsonl", "truncate -s 0 INPUT", "in.jsonl became shorter while it was read" },
    { "in.jsonl", "cp INPUT @/other; mv @/other INPUT",
      "in.jsonl was replaced by another file while it was read" },
    { "in.jsonl", "(cat INPUT INPUT) > @/other; mv @/other INPUT",
      "in.jsonl was replaced by another file while it was read" },
    { "in.jsonl", "rm INPUT", "in.jsonl was removed while it was read" },
    { "in.jsonl", "printf 7 | dd of=INPUT bs=1 seek=3999990 conv=notrunc 2>&-",
      "in.jsonl was written to while it was read" },
    { "in.csv", "truncate -s 1000000 INPUT", "in.csv.*became shorter" },
    { "in.csv", "cp INPUT @/other; mv @/other INPUT", "in.csv was replaced by another file" },
    { "in.jsonl.gz", "truncate -s 1000000 INPUT", "in.jsonl.gz: .*the file became shorter" },
  }
  for _, case in ipairs(changed) do
    local name, what, expected = table.unpack(case)
    it(("changes ends, and says which it was: %s"):format(what:gsub("INPUT", name)), function()
      local bytes = text:rep(8)
      if name == "in.csv" then bytes = "id,text\n" .. ('1,"some text"\n'):rep(1000000) end
      local input = program.write((name:gsub("%.gz$", "")), bytes)
      if name:find("gz") then
        program.sh("gzip -1 " .. input)
        input = input .. ".gz"
      end
      program.write("out", "as it was")
      local said, status = run((what:gsub("INPUT", input)), input, "--commit-every 0")
      assert.equal(3, status, said)
      assert.matches(expected, said)
      assert.equal("as it was", program.read "out")
      if name:find("gz") then -- it is the same file, of which more may be there tomorrow
        assert.matches("--resume goes on", said, 1, true)
        _, said, status = program.sh(("$P run @/recipe.lua %s --trust -q -o @/out "
          .. "--rejects @/rejects --resume"):format(input):gsub("@", program.folder))
        assert.equal(2, status)
        assert.matches("cannot resume, an input has changed: .*" .. name, said)
      else
        assert.is_nil(said:find("--resume", 1, true))
        assert.equal("", (program.sh(("ls -A %s | grep '^\\.' || true"):format(program.folder))))
      end
    end)
  end

  it("is done with is not looked at again", function()
    -- Workers are many blocks into the second file when they meet the document that waits.
    program.write("first.jsonl", text)
    program.write("second.jsonl", text:rep(8) .. '{"id":"wait"}\n' .. text)
    program.write("recipe.lua", ([[return pumice.recipe { summary = "a test",
      stages = function() return { function(doc)
        if doc.id ~= "wait" then return doc end
        io.open("@/began", "w"):close()
        while not io.open("@/go") do end
        return doc
      end } end }]]):gsub("@", program.folder))
    local _, said, status = program.sh(([[(
      $P run @/recipe.lua @/first.jsonl @/second.jsonl --trust -q -j 2 -o @/out & p=$!; i=0
      until [ -e @/began ] || [ $i -ge 1500 ]; do sleep 0.02; i=$((i + 1)); done
      sleep 0.5; rm @/first.jsonl
      : > @/go; wait $p)]]):gsub("@", program.folder))
    assert.equal(0, status, said)
    assert.equal(10 * COUNT + 1, select(2, program.read("out"):gsub("\n", "")))
  end)
end)
