--- Barriers within bounds: functions that never end or take all memory, groups
--- that are too large, lists that lie on the disk.
local core = require "pumice.core"
local frames = require "pumice.engine.frames"
local grouping = require "pumice.engine.grouping"
local keeper = require "pumice.engine.keeper"
local made_corpus = require "made_corpus"
local program = require "program"
local steps = require "pumice.engine.steps"

local FOLD = [[pumice.fold { name = "sum", start = function() return { n = 0 } end,
  add = function(state) state.n = state.n + 1 end,
  merge = function(a, b) %s return { n = a.n + b.n } end,
  finish = function(state) %s return state end,
  each = function(doc, state) doc.of = state.n return doc end }]]

local CLUSTER = [[pumice.cluster { name = "links",
  sketch = function(doc) return doc.id end,
  pairs = function(sketches) %s return { { 1, 2 } } end,
  resolve = function(sketches, links) %s return { [2] = sketches[1] } end,
  each = function(doc, fate) doc.copy_of = fate return doc end }]]

local ENDLESS = "while true do end"
local BOMB = "local t = {} for i = 1, 3000000 do t[i] = { i } end"

local function documents(count, make)
  local lines = {}
  for i = 1, count do
    lines[i] = ('{"id":%d,"text":"%s"}'):format(i, make and make(i) or ("w"):rep(300))
  end
  return table.concat(lines, "\n") .. "\n"
end

local function write(stage, text)
  program.recipe(stage)
  program.write("in.jsonl", text or documents(2000))
end

local function run(arguments)
  return program.sh(("$P run @/recipe.lua @/in.jsonl -o @/out --rejects @/rejects -q -j 2 %s")
    :format(arguments or ""):gsub("@", program.folder))
end

describe("a function of a barrier", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  local bad = {
    -- what does it, the stage, options, what is said
    { "an endless merge", FOLD:format(ENDLESS, ""), "--timeout 1",
      "fold 'sum', merge: no answer for 1 s" },
    { "an endless finish", FOLD:format("", "do return (''):rep(1e15) end"), "",
      "fold 'sum', finish: it took more than %d+ instructions of Lua %(.*recipe.lua:%d%)" },
    { "endless pairs", CLUSTER:format("do return (''):rep(1e15) end", ""), "",
      "cluster 'links', pairs: it took more than %d+ instructions" },
    { "silent pairs", CLUSTER:format(ENDLESS, ""), "--timeout 1",
      "cluster 'links', pairs: no answer for 1.2 s" },
    { "a memory bomb in resolve", CLUSTER:format("", BOMB), "--memory 100000000",
      "cluster 'links', resolve: it takes more memory than %-%-memory allows" },
    { "a memory bomb behind pcall", CLUSTER:format("", "local t = {} while true do "
      .. "pcall(function() while true do t[#t + 1] = ('x'):rep(100000) .. #t end end) end"),
      "--memory 100000000 --timeout 5", "cluster 'links', resolve: " },
    { "an error in merge", FOLD:format("error 'not so'", ""), "",
      "fold 'sum', merge: .*recipe.lua:7: not so" },
    { "a result that is no data", FOLD:format("", "state.f = print"), "",
      "fold 'sum': .*f is a function" },
    { "pairs that are none", CLUSTER:format("do return 7 end", ""), "",
      "cluster 'links', pairs: it gave a number and not a list" },
  }
  for _, case in ipairs(bad) do
    it(("ends the run, and says which it was: %s"):format(case[1]), function()
      write(case[2])
      program.write("out", "as it was")
      local _, said, status = run(case[3])
      assert.equal(3, status, said)
      assert.matches(case[4], said)
      assert.equal("as it was", program.read("out"))
    end)
  end

  it("that took too much memory gets more with --resume", function()
    write(CLUSTER:format("", BOMB))
    local _, said, status = run "--memory 100000000 --commit-every 0.001"
    assert.equal(3, status, said)
    assert.matches("%-%-resume goes on", said)
    _, said, status = run "--resume"
    assert.equal(0, status, said)
    assert.same({ 1 }, { program.records(program.read "out")[2].copy_of })
  end)

  it("is not charged for what others took", function()
    local sum = { barrier = "fold", name = "sum", start = function() return 0 end,
      merge = function(a, b)
        for _ = 1, 20000 do a = a + 0 end
        return a + b
      end }
    local spill = assert(core.spill.create("/tmp"))
    local keeping = keeper.new({ { steps = {}, barrier = sum } }, { spill })
    local limit = steps.steps_a_document
    steps.steps_a_document = 100000
    for i = 1, 20 do
      local bytes = core.spill.compress(core.pack.pack(i))
      local place = frames.places({ { #bytes, 1 } }, spill:append(bytes))[1]
      keeping:tell { op = "state", segment = 1, place = place }
    end
    steps.steps_a_document = limit
    assert.equal(210, core.pack.unpack(keeping:ask { op = "finish", segment = 1, count = 20 }))
  end)

  it("may give fates one by one", function()
    write(CLUSTER:format("", "do return function(n) return n % 2 == 0 and n / 2 or nil end end"))
    local _, said, status = run()
    assert.equal(0, status, said)
    local docs = program.records(program.read "out")
    assert.is_nil(docs[1].copy_of)
    assert.equal(700, docs[1400].copy_of)
  end)
end)

describe("a group", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("that does not fit in memory is rejected, each document of it, and others are not", function()
    write([[pumice.group { name = "by kind",
      key = function(doc) return doc.id % 3 == 0 and "large" or doc.id // 2 end,
      each = function(docs) docs[1].count = #docs return docs end }]],
      documents(900, function() return ("w"):rep(50000) end))
    local _, said, status = run "--memory 50000000"
    assert.equal(1, status, said)
    local rejects = program.records(program.read "rejects")
    assert.equal(300, #rejects)
    for i, line in ipairs(rejects) do
      assert.equal(3 * i, line.line)
      assert.equal("group-too-large", line.code)
      assert.matches('the group of "large" has 300 documents of 15%d%d%d%d%d%d bytes', line.reason)
    end
    assert.equal(600, #program.records(program.read "out"))
  end)

  it("that workers die of is rejected with all of its documents", function()
    write([[pumice.group { name = "by kind", key = function(doc) return doc.id % 4 end,
      each = function(docs, key) while key == 2 do end return docs end }]], documents(40))
    local _, said, status = run "--timeout 1"
    assert.equal(1, status, said)
    assert.equal(30, #program.records(program.read "out"))
    local lines = program.fields(program.read "rejects", "line")
    table.sort(lines)
    assert.same({ 2, 6, 10, 14, 18, 22, 26, 30, 34, 38 }, lines)
  end)

  it("takes 1 and 1.0 for one key, and \"1\" for another", function()
    write([[pumice.group { name = "by kind", key = function(doc) return doc.key end,
      each = function(docs) docs[1].count = #docs return { docs[1] } end }]],
      '{"key":1}\n{"key":1.0}\n{"key":"1"}\n{"no":1}\n{"no":2}\n')
    local _, said, status = run()
    assert.equal(0, status, said)
    assert.same({ 2, 1, "-", "-" }, program.fields(program.read "out", "count"))
  end)
end)

describe("grouping", function()
  it("finds the documents of each key", function()
    local random = made_corpus.random(3)
    local rows, first, others, count = {}, {}, {}, 5000
    for n = 1, count do
      local key = random(10) > 1 and random(1500) or nil
      rows[n] = grouping.row(key, 10)
      if key and first[key] then
        others[first[key]] = others[first[key]] or {}
        table.insert(others[first[key]], n)
        others[n] = "taken"
      elseif key then
        first[key] = n
      end
    end
    local groups = grouping.new(1 << 30, "/tmp")
    groups:add(table.concat(rows, "", 1, 2000))
    groups:add(table.concat(rows, "", 2001))
    groups:finish()
    local from = 301 -- as a run that was cut off
    while from <= count do
      local upto = math.min(from + random(700), count)
      local fates = groups:fates(from, upto)
      for n = from, upto do
        local fate = fates[n - from + 1]
        assert.same(others[n], fate and (fate.taken and "taken" or fate.others))
      end
      from = upto + 1
    end
  end)
end)

describe("a list in frames", function()
  it("reads as a table does", function()
    local random = made_corpus.random(5)
    local spill = assert(core.spill.create("/tmp"))
    local list, expected = frames.list(spill), {}
    assert.equal(0, #list)
    for _ = 1, 40 do
      local writer = frames.writer()
      for _ = 1, random(150) - 1 do
        local value = { n = #expected, text = ("x"):rep(random(3000)) }
        expected[#expected + 1] = value
        writer:add(value)
      end
      local sizes, bytes = {}, {}
      for i, frame in ipairs(writer:close()) do
        bytes[i], sizes[i] = frame[1], { #frame[1], frame[2] }
      end
      frames.extend(list, frames.places(sizes, spill:append(table.concat(bytes))))
    end
    assert.equal(#expected, #list)
    for i, value in ipairs(list) do assert.same(expected[i], value) end
    for i, value in pairs(list) do assert.same(expected[i], value) end
    for _ = 1, 500 do
      local i = random(#expected)
      assert.same(expected[i], list[i])
    end
    assert.is_nil(list[0])
    assert.is_nil(list[#expected + 1])
    assert.is_nil(list.n)
    assert.has_error(function() list[1] = 7 end)
    assert.same({ expected[3], expected[4] }, table.move(list, 3, 4, 1, {}))
  end)

  it("refuses what is no plain data, and keeps the rest", function()
    local writer = frames.writer()
    assert.has_error(function() writer:add(print) end)
    writer:add(7)
    assert.equal(1, writer:close()[1][2])
  end)
end)

describe("a reject", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("shows a megabyte at most, whole characters, and says how many bytes there are", function()
    write("function(doc) error 'no' end", documents(3, function(i)
      return ("x"):rep(i % 3) .. ("\u{E9}\u{20AC}"):rep(i * 200000)
    end))
    local _, said, status = run()
    assert.equal(1, status, said)
    local input = program.read "in.jsonl"
    for i, line in ipairs(program.records(program.read "rejects")) do
      local whole = input:match("[^\n]*", line.offset + 1)
      if i == 1 then
        assert.equal(whole, line.raw)
        assert.is_nil(line.raw_length)
      else
        assert.equal(#whole, line.raw_length)
        assert.equal(line.raw, whole:sub(1, #line.raw))
        assert.is_true(#line.raw <= 1 << 20 and #line.raw > (1 << 20) - 3)
      end
    end
  end)

  it("shows a megabyte of its reason at most, and a short code", function()
    write([[function() error({ code = ("c"):rep(3000000), reason = ("r"):rep(3000000) }) end]],
      documents(1))
    local _, said, status = run()
    assert.equal(1, status, said)
    local line = program.records(program.read "rejects")[1]
    assert.equal(3000000, line.reason_length)
    assert.equal(("r"):rep(1 << 20), line.reason)
    assert.equal(("c"):rep(500), line.code)
  end)
end)

describe("a drop", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("tells so much of its reason and details, and how many bytes there were", function()
    write([[function(doc)
      if doc.id == 1 then return nil, ("\u{E9}"):rep(1500000) end
      if doc.id == 2 then
        return nil, "short", { value = 7, copy_of = ("c"):rep(2000), list = { ("x"):rep(3000000) } }
      end
      return nil, "short", { value = 8, copy_of = ("c"):rep(2000), list = { 1 } }
    end]], documents(3))
    local _, said, status = run("--dropped " .. program.folder .. "/dropped")
    assert.equal(0, status, said)
    local lines = program.records(program.read "dropped")
    assert.same({ 3000000, ("\u{E9}"):rep(250) }, { lines[1].reason_length, lines[1].reason })
    assert.same({ 7, nil, nil }, { lines[2].value, lines[2].copy_of, lines[2].list })
    assert.is_true(lines[2].details_length > 3000000)
    assert.same({ 8, ("c"):rep(2000), 1 }, { lines[3].value, lines[3].copy_of, lines[3].list[1] })
    assert.is_nil(lines[3].details_length or lines[3].reason_length)
  end)
end)
