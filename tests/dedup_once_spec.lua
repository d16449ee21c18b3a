--- What is in the corpus twice: dedup.exact, dedup.lines, dedup.repeats.
local cuts = require "pumice.dedup.cuts"
local dedup = require "pumice.dedup"
local index = require "pumice.index"
local json = require "pumice.json"
local made = require "tests.made_corpus"
local program = require "program"
local pumice = require "pumice"

local PROGRAM = (os.getenv("BUILD") or "build") .. "/pumice"

local function ids(docs)
  local list = {}
  for i, doc in ipairs(docs) do list[i] = doc.id end
  return list
end

local function documents(seed, count, words, one_in)
  local docs = {}
  for i, text in ipairs(made.texts(seed, count, words, one_in)) do
    docs[i] = { id = i, text = text }
  end
  return docs
end

describe("dedup.exact", function()
  local texts = {
    { "Caf\u{E9} open", "cafe  open", true },
    { "\u{201C}No\u{201D}", '"no"', true },
    { "a b", "a b ", true },
    { "", "", true },
    { "a b", "ab", false },
    { "a", "", false },
    { "bad \xFF", "bad \xFF", true },
    { "bad \xFF", "BAD \xFF", false },
  }
  for _, case in ipairs(texts) do
    local a, b, same = table.unpack(case)
    it(("takes %q and %q for %s"):format(a, b, same and "one" or "two"), function()
      local kept = dedup.apply(dedup.exact(), { { id = 1, text = a }, { id = 2, text = b } })
      assert.equal(same and 1 or 2, #kept)
    end)
  end

  it("gives both sides the evidence", function()
    local kept, dropped = dedup.apply(dedup.exact { keep = "first" }, {
      { id = "a", text = "one two" }, { id = "b", text = "One  Two" },
      { id = "c", text = "one" },
    })
    assert.same({ "a", "c" }, ids(kept))
    assert.same({ { id = "b", jaccard = 1, contained = 1, contains = 1, aligned = 1,
      passages = { { first = 1, last = 7, their_first = 1, their_last = 8 } } } }, kept[1].copies)
    assert.equal("a", dropped[1].copy_of)
    assert.same({ { first = 1, last = 8, their_first = 1, their_last = 7 } },
      dropped[1].passages)
  end)

  it("compares another field, and lets those without it pass", function()
    local kept = dedup.apply(dedup.exact { by = "url", keep = "newest" }, {
      { id = 1, url = "x", date = "2024-01-01", text = "one" },
      { id = 2, url = "x", date = "2024-01-02", text = "two" },
      { id = 3, text = "one" }, { id = 4, url = 7, text = "one" },
      { id = 5, url = 7, text = "one" },
    })
    assert.same({ 2, 3, 4, 5 }, ids(kept))
  end)

  it("keeps by a field, or none", function()
    local docs = {
      { id = 1, text = "a" }, { id = 2, text = "A", rank = 1 }, { id = 3, text = "b" },
    }
    assert.same({ 2, 3 }, ids(dedup.apply(dedup.exact { priority = "rank" }, docs)))
    local kept, dropped = dedup.apply(dedup.exact { keep = "none" }, docs)
    assert.same({ 3 }, ids(kept))
    assert.same({ 2, 1 }, { dropped[1].copy_of, dropped[2].copy_of })
    assert.error_matches(function() dedup.exact { priority = 1 } end, "'priority' is a string")
  end)

  it("keeps by a function, and all", function()
    local docs = { { id = 1, text = "x" }, { id = 2, text = "x" }, { id = 3, text = "x" } }
    assert.same({ 3 }, ids(dedup.apply(dedup.exact { keep = function(m) return #m end }, docs)))
    local kept = dedup.apply(dedup.exact { keep = "all" }, docs)
    assert.same({ 1, 2, 3 }, ids(kept))
    assert.equal(1, kept[3].copy_of)
  end)

  it("finds what comparing all with all finds", function()
    local random, docs, of, expected = made.random(3), {}, {}, {}
    for i = 1, 2000 do
      local text = ("text %d"):format(random(1200))
      docs[i] = { id = i, text = text }
      if not of[text] then
        of[text] = i
        expected[#expected + 1] = i
      end
    end
    local kept, dropped = dedup.apply(dedup.exact { keep = "first" }, docs)
    assert.same(expected, ids(kept))
    for _, line in ipairs(dropped) do assert.equal(of[docs[line.id].text], line.copy_of) end
  end)
end)

describe("dedup.lines", function()
  it("cuts lines that stood before, in any document", function()
    local kept, dropped = dedup.apply(dedup.lines(), {
      { id = 1, text = "one two three\nfour five six\r\none two three" },
      { id = 2, text = "Four Five Six\nseven eight nine\nmenu\n" },
      { id = 3, text = "menu\nmenu" },
      { id = 4, text = "seven eight nine\n" },
    })
    assert.same({ 1, 2, 3 }, ids(kept))
    assert.equal("one two three\nfour five six\r\n", kept[1].text)
    assert.equal("seven eight nine\nmenu\n", kept[2].text)
    assert.equal("repeated", dropped[1].reason)
    assert.equal(1, dropped[1].value)
  end)

  it("leaves each line that is long enough once", function()
    local docs = documents(5, 300)
    local function lines(list)
      local set, count, twice = {}, 0, 0
      for _, doc in ipairs(list) do
        for line in doc.text:gmatch "[^\n]+" do
          if select(2, line:gsub("%w+", "")) >= 3 then
            if set[line] then twice = twice + 1 else count = count + 1 end
            set[line] = true
          end
        end
      end
      return count, twice
    end
    local before, repeated = lines(docs)
    local after, twice = lines((dedup.apply(dedup.lines { fold = false }, docs)))
    assert.is_true(repeated > 50)
    assert.equal(before, after)
    assert.equal(0, twice)
  end)

  it("takes paragraphs, and marks", function()
    local docs = {
      { text = "one two\nthree\n\nfour five six" }, { text = "new\n\none two\nthree\n\nend" },
    }
    local kept = dedup.apply(dedup.lines { unit = "paragraph", mark = true }, docs)
    assert.equal("new\n\none two\nthree\n\nend", kept[2].text)
    assert.same({ { first = 6, last = 18 } }, kept[2].repeats)
    assert.error_matches(function() dedup.lines { unit = "lines" } end, "did you mean 'line'")
  end)
end)

describe("dedup.repeats", function()
  --- The bytes that repeat, by index.repeats over all texts at once.
  local function expected(docs, min, border)
    local texts, all = {}, {}
    for i, doc in ipairs(docs) do texts[i] = doc.text end
    for i, spans in ipairs(index.repeats(texts, { min = min, later = true })) do
      local list = {}
      for k, first, last in spans:each() do list[k] = { first, last } end
      all[i] = cuts.at_borders(texts[i], list, border)
    end
    return all
  end

  for _, border in ipairs { "word", "sentence" } do
    it("finds the bytes that all texts at once give, at borders of a " .. border, function()
      local docs = documents(11, 300, 80, 20)
      local all = expected(docs, 60, border)
      local kept = dedup.apply(dedup.repeats { min = 60, border = border, mark = true }, docs)
      local some = 0
      for i, doc in ipairs(kept) do
        local got = {}
        for k, range in ipairs(doc.repeats or {}) do got[k] = { range.first, range.last } end
        some = some + #got
        assert.same(all[i], got)
      end
      assert.is_true(some > 5)
    end)
  end

  it("names a document before that has the same", function()
    local docs = documents(12, 100)
    local texts = {}
    for i, doc in ipairs(docs) do texts[i] = doc.text end
    for i, doc in ipairs(dedup.apply(dedup.repeats { min = 60, mark = true }, docs)) do
      for _, range in ipairs(doc.repeats or {}) do
        assert.is_true(range.copy_of <= i)
        local part = texts[i]:sub(range.first, math.min(range.last, range.first + 20))
        assert.is_truthy(texts[range.copy_of]:find(part, 1, true))
      end
    end
  end)

  it("leaves one copy of what it cuts", function()
    local notice = "This is the notice that every page of the paper carries at its foot."
    local docs = {}
    for i = 1, 50 do docs[i] = { id = i, text = ("story%d %s %dtail"):format(i, notice, i) } end
    local kept = dedup.apply(dedup.repeats { min = 40 }, docs)
    assert.equal(docs[1].text, kept[1].text)
    for i = 2, 50 do
      assert.equal(("story%d %dtail"):format(i, i), kept[i].text)
    end
  end)

  it("drops what has nothing else", function()
    local text = ("no other words than these "):rep(10)
    local kept, dropped = dedup.apply(dedup.repeats(), { { id = 1, text = "x " .. text },
      { id = 2, text = text } })
    assert.same({ 1 }, ids(kept))
    assert.equal("repeated", dropped[1].reason)
    assert.equal(1, dropped[1].copy_of)
  end)

  it("says what is wrong", function()
    assert.error_matches(function() dedup.repeats { min = 3 } end, "min is 16 to 65536")
    assert.error_matches(function() dedup.repeats { border = "words" } end, "did you mean 'word'")
  end)
end)

describe("dedup.decontaminate", function()
  local path
  local function write(bytes, name)
    path = os.tmpname()
    os.remove(path)
    path = path .. (name or "")
    local file <close> = assert(io.open(path, "wb"))
    file:write(bytes)
    return path
  end
  after_each(function() os.remove(path) end)

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
    local short = dedup.decontaminate { tests = path, n = 9 }
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
    program.new_folder()
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
    program.remove_folder()
  end)

  it("says what is wrong with a file", function()
    write('{"text": "a"}\n{"txt": "a"}\n', ".jsonl")
    local ok, message = pcall(dedup.decontaminate, { tests = path })
    assert.same({ false, path .. ":2: no text 'text'" }, { ok, message })
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
end)

describe("pumice run", function()
  local folder
  before_each(function()
    local pipe <close> = assert(io.popen("mktemp -d"))
    folder = pipe:read("l")
  end)
  after_each(function() os.execute("rm -rf " .. folder) end)

  it("drops what is in the tests that the command line names", function()
    for name, text in pairs { tests = "one two three four five", input = "x" } do
      local file <close> = assert(io.open(folder .. "/" .. name .. ".txt", "wb"))
      file:write(name == "input" and "so one two three four five it is" or text)
    end
    local pipe <close> = assert(io.popen(("%s run decontaminate --n 5 --tests %s/tests.txt "
      .. "%s/input.txt --dropped %s/dropped -q"):format(PROGRAM, folder, folder, folder)))
    assert.equal("", pipe:read "a")
    local dropped <close> = assert(io.open(folder .. "/dropped"))
    local line = json.record(dropped:read "l")
    assert.same({ "test", folder .. "/tests.txt" }, { line.reason, line.copy_of })
  end)

  it("lists in a line for each cluster what near_dedup keeps and drops for it", function()
    program.new_folder()
    local lines = {}
    for i, doc in ipairs(documents(21, 500, 30, 10)) do lines[i] = json.encode(doc) end
    program.write("in.jsonl", table.concat(lines, "\n"))
    program.sh(("$P run near_dedup -q @/in.jsonl -o @/kept --dropped @/dropped; "
      .. "$P run clusters -q @/in.jsonl -o @/clusters"):gsub("@", program.folder))
    local expected, found = {}, {}
    for doc in pumice.read(program.folder .. "/kept", { from = "jsonl" }) do
      if doc.copies then expected[doc.id] = { doc.id } end
    end
    for line in pumice.read(program.folder .. "/dropped", { from = "jsonl" }) do
      table.insert(expected[line.copy_of], line.id)
    end
    for _, members in pairs(expected) do table.sort(members) end
    for line in pumice.read(program.folder .. "/clusters", { from = "jsonl" }) do
      found[line.cluster] = {}
      for i, member in ipairs(line.members) do found[line.cluster][i] = member end
      assert.equal(line.size, #line.members)
      assert.equal(line.size, #line.copies + 1)
    end
    assert.is_truthy(next(expected))
    assert.same(expected, found)
    program.remove_folder()
  end)

  for _, recipe in ipairs { "exact_dedup", "line_dedup", "substring_dedup", "reuse_passages" } do
    it("gives the same for 1, 2 and 5 workers: " .. recipe, function()
      local file <close> = assert(io.open(folder .. "/in.jsonl", "wb"))
      for _, doc in ipairs(documents(21, 2000, 30)) do
        file:write(json.encode(doc), "\n")
      end
      file:close()
      local outputs = {}
      for _, jobs in ipairs { 1, 2, 5 } do
        local pipe <close> = assert(io.popen(("%s run %s %s/in.jsonl -j %d -q"):format(PROGRAM,
          recipe, folder, jobs)))
        outputs[#outputs + 1] = pipe:read "a"
      end
      assert.is_true(#outputs[1] > 10000)
      assert.is_true(outputs[1] == outputs[2])
      assert.is_true(outputs[1] == outputs[3])
    end)
  end
end)
