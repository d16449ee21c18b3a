local align = require "pumice.align"
local dedup = require "pumice.dedup"
local index = require "pumice.index"
local json = require "pumice.json"
local made = require "made_corpus"
local program = require "program"

local ids = made.ids

--- Texts of more words than a passage has at least.
local function documents(seed, count, outlets, one_in)
  local docs = {}
  for i, text in ipairs(made.texts(seed, count, 60, one_in or 4)) do
    text = text .. (" n%d n%d n%d n%d n%d n%d n%d n%d"):format(i, i, i, i, i, i, i, i)
    docs[i] = { id = "d" .. i, text = text, outlet = "outlet " .. i % outlets }
  end
  return docs
end

local function lines(docs, first, last)
  local list = {}
  for i = first, last do list[#list + 1] = json.encode(docs[i]) .. "\n" end
  return table.concat(list)
end

--- Runs the recipe with these arguments, in which @ is the folder.
local function run(arguments)
  return program.sh(("$P run dedup_against -q %s"):format(arguments):gsub("@", program.folder))
end

describe("dedup.against", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("keeps what comparing each with all that were kept before keeps", function()
    local docs = documents(3, 400, 400)
    local kept, dropped = dedup.apply(dedup.against { add = true, one_in = 1 }, docs)
    local expected = {}
    for _, doc in ipairs(docs) do
      local most = 0
      for _, old in ipairs(expected) do
        most = math.max(most, align.reuse(old.text, doc.text).their_aligned)
      end
      if most < 0.4 then expected[#expected + 1] = doc end
    end
    assert.same(ids(expected), ids(kept))
    assert.is_true(#dropped > 100)
    for _, line in ipairs(dropped) do
      assert.equal("copy", line.reason)
      assert.is_true(line.value >= 0.4 and line.limit == 0.4 and #line.passages > 0)
    end
  end)

  it("keeps what dedup.reuse keeps that keeps the first", function()
    local docs = documents(3, 400, 400, 8)
    local kept = dedup.apply(dedup.against { add = true }, docs)
    local expected, gone = dedup.apply(dedup.reuse { keep = "first" }, docs)
    assert.is_true(#gone > 20)
    assert.same(ids(expected), ids(kept))
  end)

  it("keeps the same in three runs as in one, with any number of workers", function()
    local docs = documents(7, 900, 5)
    program.write("all.jsonl", lines(docs, 1, 900))
    run "--index @/one --add yes @/all.jsonl -o @/one.out --dropped @/one.gone --jobs 1"
    local kept, gone = program.read "one.out", program.read "one.gone"
    assert.is_true(#gone > 10000)
    for _, jobs in ipairs { 1, 2, 5 } do
      local out, dropped = {}, {}
      for part = 1, 3 do
        program.write("part.jsonl", lines(docs, part * 300 - 299, part * 300))
        local _, said = run(("--index @/three.%d --add yes @/part.jsonl -o @/out "
          .. "--dropped @/gone --jobs %d"):format(jobs, jobs))
        assert.equal("", said)
        out[part], dropped[part] = program.read "out", program.read "gone"
      end
      assert.equal(kept, table.concat(out))
      assert.equal(gone, table.concat(dropped))
    end
    local one <close> = index.open(program.folder .. "/one", { readonly = true })
    local three <close> = index.open(program.folder .. "/three.2", { readonly = true })
    assert.equal(json.encode(one:pairs()), json.encode(three:pairs()))
  end)

  it("adds nothing unless it is asked to, and all when it is", function()
    local docs = documents(8, 50, 50)
    program.write("all.jsonl", lines(docs, 1, 50))
    run "--index @/old --add yes @/all.jsonl -o @/out"
    local before = program.read "old"
    run "--index @/old @/all.jsonl -o @/none --dropped @/gone"
    assert.equal("", program.read "none")
    local gone = assert(json.record((program.read("gone"):match "[^\n]+")))
    assert.equal("d1", gone.copy_of)
    assert.equal(1.0, gone.value)
    assert.equal(1, gone.passages[1].their_first)
    run "--index @/old --add yes --try 10 @/all.jsonl"
    assert.equal(before, program.read "old")
    run "--index @/new --add yes --try 10 @/all.jsonl"
    assert.is_nil(program.read "new")
  end)

  it("is the same after kill -9 and --resume, and adds no document twice", function()
    local docs = documents(9, 1500, 5)
    program.write("all.jsonl", lines(docs, 1, 1500))
    program.write("first.jsonl", lines(documents(10, 100, 5), 1, 100))
    local command = "--index @/%s --add yes @/all.jsonl -o @/out --dropped @/gone --jobs 2 "
      .. "--commit-every 0.001"
    run "--index @/whole --add yes @/first.jsonl -o @/out"
    run(command:format "whole")
    local kept, gone = program.read "out", program.read "gone"
    local whole <close> = index.open(program.folder .. "/whole", { readonly = true })
    local random = made.random(4)
    for round = 1, 6 do
      local name = "cut" .. round
      run(("--index @/%s --add yes @/first.jsonl -o @/out"):format(name))
      os.remove(program.folder .. "/out")
      program.sh(("timeout --foreground -s KILL 0.%03d $P run dedup_against -q %s; true"):format(
        random(900), command:format(name):gsub("@", program.folder)))
      local _, said, status = run(command:format(name) .. " --resume")
      if status == 2 then
        -- It had come to its end, or to no beginning.
        assert.matches("no run to resume", said)
        if not program.read "out" then run(command:format(name)) end
      end
      assert.equal(kept, program.read "out")
      assert.equal(gone, program.read "gone")
      local cut <close> = index.open(program.folder .. "/" .. name, { readonly = true })
      assert.equal(whole.store:count(), cut.store:count())
      assert.equal(#whole, #cut)
    end
  end)

  it("goes on from the middle of what it had decided", function()
    local docs = documents(12, 300, 5)
    local path = program.folder .. "/old"
    local whole, gone = dedup.apply(dedup.against { index = path, add = true }, docs), {}
    local against = dedup.against { index = program.folder .. "/other", add = true }
    local sketches = {}
    for i, doc in ipairs(docs) do sketches[i] = against.sketch(doc) end
    local fates = against.resolve(sketches, {}, { token = "a run", dry = false })
    for i = 201, 300 do gone[i] = fates(i) ~= nil end
    against.commit()
    for _, doc in ipairs(whole) do assert.is_not_true(gone[tonumber(doc.id:sub(2))]) end
    local one <close> = index.open(path)
    local other <close> = index.open(program.folder .. "/other")
    assert.equal(json.encode(one:pairs()), json.encode(other:pairs()))
  end)

  it("decides again as it did when the run had added already", function()
    local docs = documents(11, 200, 5)
    local path = program.folder .. "/old"
    local function decide()
      local against = dedup.against { index = path, add = true }
      local sketches = {}
      for i, doc in ipairs(docs) do sketches[i] = against.sketch(doc) end
      local fates, list = against.resolve(sketches, {}, { token = "this run" }), {}
      for i = 1, #docs do
        local fate = fates(i)
        list[i] = fate and fate.copy_of or false
      end
      against.commit()
      return json.encode(list)
    end
    local first = decide()
    local bytes = program.read(path)
    assert.equal(first, decide())
    assert.equal(bytes, program.read(path))
  end)

  it("takes tests instead of an index, and tells the same figures", function()
    program.write("tests.jsonl", [[{"id": "t1", "text": "Which river runs through the town?"}]])
    local tests = dedup.against { tests = program.folder .. "/tests.jsonl", n = 5 }
    local text = "Q: which river runs through the town of Karsk?"
    local _, reason, details = tests.each { text = text }
    assert.equal("test", reason)
    assert.equal("t1", details.copy_of)
    assert.equal(1, details.contains > 0.9 and details.contained < 0.8 and #details.passages)
  end)

  it("complains of an index it cannot use before it reads a document", function()
    program.write("docs.jsonl", '{"text": "a"}\n')
    program.write("text", ("no index "):rep(99))
    local _, said, status = run "--index @/none @/docs.jsonl"
    assert.matches("none: No such file or directory; with 'add' (--add yes) a run makes it", said,
      1, true)
    assert.equal(2, status)
    _, said, status = run "--index @/text --add yes @/docs.jsonl"
    assert.matches("text: not an index of pumice", said)
    assert.equal(2, status)
    _, said, status = run "--index @/no/such/old --add yes @/docs.jsonl"
    assert.matches("^pumice run: [^\n]*/no/such/old: No such file or directory\n$", said)
    assert.equal(2, status)
  end)

  it("ends when another process adds to the index", function()
    local path = program.folder .. "/old"
    local file <close> = index.open(path)
    file:add { id = 1, text = "a b c" }
    program.write("docs.jsonl", '{"text": "a b c d"}\n')
    local _, said, status = run "--index @/old --add yes @/docs.jsonl -o @/out"
    assert.matches("old: another process is adding to it", said)
    assert.equal(3, status)
    assert.is_nil(program.read "out")
  end)

  it("opens no file that the caller has not named", function()
    program.write("recipe.lua", [[
      local pumice = require "pumice"
      return pumice.recipe { summary = "a test", stages = function()
        return { pumice.dedup.against { index = "/etc/passwd" } } end }]])
    program.write("docs.jsonl", '{"text": "a"}\n')
    local _, said, status = program.sh("$P run " .. program.folder .. "/recipe.lua "
      .. program.folder .. "/docs.jsonl")
    assert.matches("opens only files that its caller names", said)
    assert.equal(2, status)
  end)
end)
