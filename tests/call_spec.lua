--- Calls that cannot be, and recipes that do not load: what is said of them.
local program = require "program"

local write = program.write

describe("pumice run", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  local function said(source, arguments)
    local recipe, input = write("recipe.lua", source), write("in.jsonl", '{"id":"1"}\n')
    local _, words, status = program.sh(("$P run %s %s %s"):format(recipe, input, arguments or ""))
    return words:gsub(program.folder .. "/", ""), status
  end

  local unloaded = {
    -- the recipe's file, what is said
    { "local a\nreturn a.b.c", "recipe.lua:2: attempt to index a nil value (local 'a')\n"
      .. "    return a.b.c\n" },
    { "return = 5", "recipe.lua:1: unexpected symbol near '='\n    return = 5\n           ^\n" },
    { "return pumice.clean.repiar()", "    return pumice.clean.repiar()\n"
      .. "                        ^^^^^^\npumice.clean has no 'repiar', did you mean 'repair'?\n" },
    { "return io.open('x')", "'io' is not in the sandbox: --trust gives it to the recipe\n" },
    { "return pumice.recipe { stage = 1 }", "recipe.lua: unknown option 'stage', did you mean" },
  }
  for _, case in ipairs(unloaded) do
    it("shows where a recipe does not load: " .. case[1]:gsub("\n", " "), function()
      local words, status = said(case[1])
      assert.equal(2, status)
      assert.matches(case[2], words, 1, true)
    end)
  end

  it("names what a stage has not got", function()
    local stage = [[return pumice.recipe { summary = "x", stages = function() return {
      function(doc) return %s end } end }]]
    assert.matches("'os' is not in the sandbox: --trust", said(stage:format "os.time()"), 1, true)
    assert.matches("pumice.token has no 'wrods', did you mean 'words'?",
      said(stage:format "pumice.token.wrods(doc.id)"), 1, true)
  end)

  it("says of a field that is no UTF-8 which it is, and nothing of its own files", function()
    write("in.csv", "id,text\n1,caf\xE9\n")
    local _, words = program.run "@/in.csv"
    assert.matches("rejected (not-json): doc.text has invalid UTF-8 at byte 4\n", words, 1, true)
  end)

  local mistakes = {
    -- arguments, what is said, status
    { "--jobs x", "--jobs takes a whole number, not 'x'", 2 },
    { "-j -1", "unknown option '-1'; as a value it is written --option=-1", 2 },
    { "--timeout nan", "--timeout takes a number of seconds, not 'nan'", 2 },
    { "--max-record ''", "--max-record takes bytes, as in 4096, 100MB or 1.5GiB, not ''", 2 },
    { "--max-record 1.5", "--max-record takes bytes", 2 },
    { "--memory 9999999999GiB", "--memory takes bytes", 2 },
    { "--shard-size 0", "--shard-size is at least 1, not 0", 2 },
    { "--manifest ''", "--manifest: the name of an output is empty", 2 },
    { "--manifest .", "--manifest: .: this is one file, of JSON", 2 },
    { "--manifest nowhere/x", "cannot write nowhere/x: No such file or directory", 3 },
    { "--timeout 0", "--timeout is at least 0.001, not 0", 2 },
    { "--memory 10", "--memory is at least 1048576, not 10", 2 },
    { "--progress-every 0", "--progress-every is at least", 2 },
    { "--sample", "--sample goes with --try or --explain", 2 },
    { "-o nowhere/x.jsonl", "cannot write nowhere/x.jsonl: there is no folder nowhere/", 3 },
  }
  for _, case in ipairs(mistakes) do
    local arguments, expected, expected_status = table.unpack(case)
    it("refuses " .. arguments, function()
      local words, status = said(program.PASS, arguments)
      assert.equal(expected_status, status)
      assert.matches(expected, words, 1, true)
    end)
  end

  it("shows the line of the recipe that keeps a run from going on", function()
    local slow = write("slow.lua", program.SLOW)
    write("in.jsonl", ('{"id":1}\n'):rep(20000))
    program.run_and_kill(("run %s %s -j1 --commit-every 0.02 -o %s"):format(slow,
      program.folder .. "/in.jsonl", program.folder .. "/out"), "out")
    write("slow.lua", (program.SLOW:gsub("3000", "3001")))
    local _, words, status = program.sh(("$P run %s %s -j1 -o %s --resume"):format(
      slow, program.folder .. "/in.jsonl", program.folder .. "/out"))
    assert.equal(2, status)
    assert.matches("the run has changed: recipe: it was \"      for i = 1, 3000 do", words, 1, true)
  end)
end)

describe("a barrier that gives what cannot be", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  local function said(barrier)
    local recipe = write("recipe.lua", ([[return pumice.recipe { summary = "x",
      stages = function() return { %s } end }]]):format(barrier))
    local input = write("in.jsonl", '{"id":"a"}\n{"id":"b"}\n')
    local _, words = program.sh(("$P run %s %s -q"):format(recipe, input))
    return words
  end

  for _, pairs_given in ipairs { "{{ 1, 9 }}", "{{ 1 }}", "{{ 0, 1 }}", "{{ 1, 1.5 }}",
    "{{ 'a', 'b' }}", "{ 7 }" } do
    for _, compare in ipairs { "", "compare = function() return true end," } do
      it("is named: pairs " .. pairs_given .. compare, function()
        assert.matches("cluster 'c', pairs: number 1 is no list of two numbers of documents, 1 to",
          said(([[pumice.cluster { name = "c", sketch = function() return 1 end, %s
            pairs = function() return %s end, resolve = function() return {} end,
            each = function(doc) return doc end }]]):format(compare, pairs_given)), 1, true)
      end)
    end
  end

  it("is named without an address, which would differ from run to run", function()
    local key = "pumice.group { key = function() return %s end, each = function(l) return l end }"
    assert.matches("(stage-result): the key is a table\n", said(key:format "{}"), 1, true)
    assert.matches("(stage-error): a table\n", said(key:format "error({})"), 1, true)
    assert.matches("pumice run: the state of a fold.n is a function", said [[pumice.fold {
      start = function() return {} end, add = function(s) s.n = print end,
      merge = function(a) return a end, each = function(doc) return doc end }]], 1, true)
  end)
end)

describe("pumice help", function()
  it("explains the three barriers by the names that recipes use", function()
    for _, name in ipairs { "fold", "pumice.group", "cluster" } do
      local pipe <close> = assert(io.popen(program.path .. " help " .. name))
      assert.matches("^barrier." .. name:match("%w+$"), pipe:read("a"))
    end
  end)
end)
