local dedup = require "pumice.dedup"
local json = require "pumice.json"
local program = require "program"
local pumice = require "pumice"

describe("dedup.decontaminate", function()
  local path
  local function write(bytes, ending)
    path = program.write("tests" .. (ending or ""), bytes)
    return path
  end
  before_each(program.new_folder)
  after_each(program.remove_folder)

  local function sentence(first, last)
    local words = {}
    for i = first, last do words[#words + 1] = "w" .. i end
    return table.concat(words, " ")
  end

  it("drops what shares n words in a row, and no less", function()
    write(json.encode { id = "q1", text = sentence(1, 30) } .. "\n\n"
      .. json.encode { text = sentence(100, 120) } .. "\n", ".jsonl")
    local tests = dedup.decontaminate { tests = path }
    local cases = {
      { "x " .. sentence(5, 17) .. " y", "q1", 1 },
      { "x " .. sentence(5, 16) .. " y" },
      { sentence(1, 12) .. " z " .. sentence(13, 24) },
      { sentence(101, 116):upper(), path .. ":3", 4 },
      { sentence(1, 13) .. " and " .. sentence(100, 120), path .. ":3", 9 },
      { "" },
    }
    for _, case in ipairs(cases) do
      local doc = { text = case[1] }
      local kept, reason, details = tests.each(doc)
      if case[2] then
        assert.is_nil(kept)
        assert.same({ "test", case[2], case[3] }, { reason, details.copy_of, details.value })
        assert.is_true(#details.passages >= 1)
      else
        assert.equal(doc, kept)
      end
    end
  end)

  it("reads a text, marks, and passes over tests that are too short", function()
    local tests = dedup.decontaminate { tests = { write(sentence(1, 8)) }, n = 8, mark = true }
    local doc = tests.each { text = "so: " .. sentence(1, 9) }
    assert.same({ path, 1 }, { doc.tests[1].id, doc.tests[1].shared })
    local long = program.write("long.txt", sentence(20, 40))
    local short = dedup.decontaminate { tests = { path, long }, n = 9 }
    assert.is_truthy(short.each { text = sentence(1, 8) })
  end)

  it("tells of a test what another one has too", function()
    local lines = {}
    for i, words in ipairs { sentence(1, 16), sentence(1, 20), sentence(3, 15) } do
      lines[i] = json.encode { id = "q" .. i, text = words }
    end
    write(table.concat(lines, "\n"), ".jsonl")
    local doc = { text = "so " .. sentence(1, 20) }
    local _, _, details = dedup.decontaminate { tests = path }.each(doc)
    assert.same({ "q2", 8 }, { details.copy_of, details.value })
    local marked = dedup.decontaminate { tests = path, mark = true }.each(doc)
    local found = {}
    for i, test in ipairs(marked.tests) do found[i] = test.id .. " " .. test.shared end
    assert.same({ "q1 4", "q2 8", "q3 1" }, found)
  end)

  it("reads tests in any form, plain or compressed, and folders of them", function()
    for _, name in ipairs { "a.jsonl.gz", "b.jsonl.zst", "c.csv", "d.txt" } do
      local test = program.folder .. "/" .. name
      if name == "d.txt" then
        program.write(name, sentence(1, 20))
      else
        local out <close> = pumice.write(test)
        out:add { id = name, text = sentence(1, 20) }
      end
      local stage = dedup.decontaminate { tests = test }
      local _, reason, details = stage.each { text = sentence(3, 18) }
      assert.same({ "test", name == "d.txt" and test or name }, { reason, details.copy_of })
    end
    assert.is_nil(dedup.decontaminate { tests = program.folder }.each { text = sentence(3, 18) })
  end)

  it("says what is wrong with a file", function()
    write('{"text": "a"}\n{"txt": "a"}\n', ".jsonl")
    local ok, message = pcall(dedup.decontaminate, { tests = path })
    assert.same({ false, path .. ":2: no text 'text'" }, { ok, message })
    write('{"text": "Only four words here"}\n', ".jsonl")
    ok, message = pcall(dedup.decontaminate, { tests = path })
    assert.is_false(ok)
    assert.equal(path .. ": no test of 13 words or more; option 'n' says how many are looked for",
      message)
    assert.equal("test", select(2, dedup.decontaminate { tests = path, n = 4 }.each {
      text = "only four words here" }))
    assert.error_matches(function() dedup.decontaminate { n = 0 } end, "1 to 64, not 0")
    assert.error_matches(function() dedup.decontaminate { tests = "/no/such" } end, "No such file")
  end)

  it("opens no file for a recipe but what its caller names", function()
    local loader = require "pumice.recipe"
    write(sentence(1, 20))
    local source = [[return pumice.recipe { summary = "x",
      options = { tests = { "DEFAULT", "", path = true }, other = { "", "" } },
      stages = function(options) return { pumice.dedup.decontaminate(%s) } end }]]
    local function stages(opts, given)
      local recipe = loader.load { source = source:format(opts):gsub("DEFAULT", path), name = "@r" }
      loader.grant(recipe, given)
      return recipe.stages(loader.settings(recipe, given))
    end
    assert.is_truthy(stages("{ tests = options.tests }", { tests = path }))
    assert.is_truthy(stages("{ tests = { options.tests } }", { tests = path }))
    local refused = {
      { "{ tests = options.tests }", {} },
      { "{ tests = options.other }", { other = path } },
      { "{ tests = { options.tests, '/etc/passwd' } }", { tests = path } },
      { "setmetatable({}, { __pairs = function() return next, { tests = '/etc/passwd' } end,"
        .. " __index = { tests = '/etc/passwd' } })", { tests = path }, true },
    }
    for _, case in ipairs(refused) do
      local ok, message = pcall(stages, case[1], case[2])
      assert.equal(case[3] or false, ok) -- what a metatable says is not heard
      if not ok then assert.matches("only files that its caller names", message) end
    end
  end)

  it("drops what is in the tests that the command line names", function()
    write("one two three four five", ".txt")
    program.write("input.txt", "so one two three four five it is")
    local out = program.sh(("$P run decontaminate --n 5 --tests @/tests.txt @/input.txt "
      .. "--dropped @/dropped -q"):gsub("@", program.folder))
    assert.equal("", out)
    local line = program.records(program.read "dropped")[1]
    assert.same({ "test", path }, { line.reason, line.copy_of })
  end)
end)
