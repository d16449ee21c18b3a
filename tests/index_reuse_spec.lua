local align = require "pumice.align"
local index = require "pumice.index"
local json = require "pumice.json"
local made = require "made_corpus"
local program = require "program"

--- Documents of a few outlets, in which passages of earlier ones come again.
local function documents(seed, count, words, outlets)
  local docs = {}
  for i, text in ipairs(made.texts(seed, count, words, 4)) do
    docs[i] = { id = "d" .. i, text = text, outlet = "outlet " .. i % (outlets or 7) }
  end
  return docs
end

local function with(reuse, docs)
  for _, doc in ipairs(docs) do assert(reuse:add(doc)) end
  return reuse
end

local function encode(value) return assert(json.encode(value)) end

--- All of an index that shows, as text.
local function state(reuse)
  return encode { count = #reuse, pairs = reuse:pairs(), clusters = reuse:clusters() }
end

--- 60 numbers that stand nowhere else.
local function unpack_words(i)
  local list = {}
  for k = 1, 60 do list[k] = i * 1000 + k end
  return table.unpack(list)
end

describe("index.reuse", function()
  it("misses no pair above its threshold, and gives no other", function()
    local docs, expected = documents(5, 2000, 60, 2000), {}
    local reuse, found = with(index.reuse { one_in = 1 }, docs), {}
    local set = {}
    for i, doc in ipairs(docs) do set[i] = require("pumice.shingle").words(doc.text) end
    for b = 2, #docs do
      for a = 1, b - 1 do
        if set[a]:shared(set[b]) > 0 then -- no passage begins without one
          local evidence = align.reuse(docs[a].text, docs[b].text)
          if math.max(evidence.aligned, evidence.their_aligned) >= 0.4 then
            evidence.a, evidence.b = docs[a].id, docs[b].id
            expected[#expected + 1] = encode(evidence)
          end
        end
      end
    end
    for i, pair in ipairs(reuse:pairs()) do found[i] = encode(pair) end
    assert.is_true(#expected > 500)
    assert.same(expected, found)
  end)

  for _, measure in ipairs { "aligned", "contained", "jaccard" } do
    it(("finds by query, while it grows, the pairs it lists: %s"):format(measure), function()
      local docs = documents(9, 300, 80, 300)
      local reuse, found, expected = index.reuse { [measure] = 0.25, one_in = 1 }, {}, {}
      for _, doc in ipairs(docs) do
        for _, pair in ipairs(reuse:query(doc)) do found[#found + 1] = pair.id .. " " .. doc.id end
        assert(reuse:add(doc))
      end
      for _, pair in ipairs(reuse:pairs()) do expected[#expected + 1] = pair.a .. " " .. pair.b end
      table.sort(found)
      table.sort(expected)
      assert.is_true(#expected > 20)
      assert.same(expected, found)
    end)
  end

  it("tells the evidence as the text that was asked sees it", function()
    local reuse = index.reuse()
    reuse:add { id = "long", text = "One. " .. ("a b c d e f g h i j"):gsub("%a", "x%0")
      .. " and much more that stands in neither of the two texts here at all" }
    local text = "xa xb xc xd xe xf xg xh xi xj"
    local found = reuse:query(text)
    assert.equal(1, #found)
    assert.same({ { first = 1, last = #text, their_first = 6, their_last = 5 + #text } },
      found[1].passages)
    assert.equal(1.0, found[1].contained)
    assert.is_true(found[1].contains < 0.5 and found[1].their_aligned < 0.5)
  end)

  it("leaves out what an outlet prints on its pages, and not what many outlets print", function()
    local frame = "subscribe to our newsletter and get the best of the paper every morning for free"
    local story = "the council of the northern harbour voted to repair the old lighthouse at last"
    local same, spread = index.reuse(), index.reuse()
    for i = 1, 40 do
      local own = ("w%d "):rep(60):format(unpack_words(i))
      same:add { id = i, outlet = "one", text = own .. " " .. frame }
      spread:add { id = i, outlet = "outlet " .. i, text = own .. " " .. story }
    end
    assert.same({}, same:pairs())
    assert.same({}, spread:clusters())
    local page = "A new page of our own and nothing else. "
    assert.same({}, same:query { outlet = "one", text = page .. frame })
    assert.same({}, same:query { outlet = "two", text = page .. frame })
    assert.equal(40, #spread:query { outlet = "outlet 1", text = page .. story })
  end)

  it("gives the same clusters in any order", function()
    local docs, shuffled, random = documents(21, 400), {}, made.random(3)
    for i, doc in ipairs(docs) do table.insert(shuffled, random(i), doc) end
    local function sets(reuse)
      local list = {}
      for i, group in ipairs(reuse:clusters()) do
        table.sort(group)
        list[i] = table.concat(group, " ")
      end
      table.sort(list)
      return list
    end
    assert.same(sets(with(index.reuse(), docs)), sets(with(index.reuse(), shuffled)))
  end)

  it("says what is wrong with a document that has no text", function()
    local ok, problem = pcall(function() index.reuse():add { id = 1 } end)
    assert.same({ false, "field 'text' is missing, not a string" }, { ok, tostring(problem) })
  end)

  it("names what it does not know, and what does not go together", function()
    assert.error_matches(function() index.reuse { alligned = 1 } end, "did you mean 'aligned'")
    assert.error_matches(function() index.reuse { aligned = 0.5, jaccard = 0.5 } end,
      "either 'aligned' or 'jaccard' decides")
    assert.error_matches(function() index.reuse { min_words = 0 } end,
      "^option 'min_words' is a whole number, at least 1, not 0")
    assert.error_matches(function() index.reuse { jaccard = "high" } end, "is a number")
  end)
end)

describe("an index in a file", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  local function open(opts, name)
    return index.open(program.folder .. "/" .. (name or "old.index"), opts)
  end

  it("is the same whether it was filled in one run or in many", function()
    local docs = documents(31, 300)
    local whole = state(with(index.reuse(), docs))
    for runs = 1, 41, 20 do
      local name = "index " .. runs
      for run = 1, runs do
        local file <close> = open(nil, name)
        for i, doc in ipairs(docs) do
          if i * runs // (#docs + 1) + 1 == run then assert(file:add(doc)) end
        end
        assert(file:save())
      end
      local again <close> = open({ readonly = true }, name)
      assert.equal(whole, state(again))
    end
  end)

  it("answers from what was added, before it is saved and after", function()
    local docs = documents(33, 60)
    local memory, file <close> = with(index.reuse(), docs), with(open(), docs)
    for i = 1, 3 do
      for _, doc in ipairs(docs) do
        assert.equal(encode(memory:query(doc)), encode(file:query(doc)))
      end
      assert.equal(state(memory), state(file))
      if i == 1 then assert(file:save()) end
      if i == 2 then assert(file:add { id = "more", text = docs[1].text }) end
      if i == 2 then assert(memory:add { id = "more", text = docs[1].text }) end
    end
  end)

  it("goes on with the shingles it was made with", function()
    local file <close> = open { n = 4, one_in = 1 }
    file:add { id = 1, text = "a b c d e f g h i j" }
    file:save()
    file:close()
    assert.matches("old.index: made with n = 4, not 3", select(2, open { n = 3 }))
    assert.matches("made with one_in = 1, not 8", select(2, open { one_in = 8 }))
    local again <close> = open()
    assert.equal(1, #again:query "a b c d e f g h i j")
  end)

  it("forgets what was not saved", function()
    local file = open()
    file:add { id = 1, text = "one two three four", outlet = "a" }
    file:save()
    file:add { id = 2, text = "one two three four", outlet = "b" }
    assert.equal(2, #file)
    file:close()
    assert.equal(1, #open { readonly = true })
  end)

  it("has after kill -9 what was saved, whole", function()
    local docs = documents(41, 4000, 30)
    local lines = {}
    for i, doc in ipairs(docs) do lines[i] = encode(doc) end
    program.write("docs.jsonl", table.concat(lines, "\n"))
    program.write("add.lua", [[
      local file = assert(pumice.index.open(arg[1]))
      local count = 0
      for doc in pumice.read(arg[2]) do
        assert(file:add(doc))
        count = count + 1
        if count % 20 == 0 then
          assert(file:save())
          io.write(count, "\n")
          io.flush()
        end
      end]])
    local random = made.random(77)
    for round = 1, 5 do
      local name = program.folder .. "/killed " .. round
      -- In the foreground timeout is not killed itself and waits until the lock is gone.
      program.sh(("timeout --foreground -s KILL 0.%03d $P %s/add.lua '%s' %s/docs.jsonl > %s/said; "
        .. "true"):format(60 + random(400), program.folder, name, program.folder, program.folder))
      local said = tonumber((program.read("said") or ""):match("(%d+)\n$") or 0)
      local file <close> = assert(index.open(name))
      assert.equal(0, #file % 20)
      assert.is_true(#file >= said and #file <= said + 20, #file .. " after " .. said)
      assert.equal(state(with(index.reuse(), table.move(docs, 1, #file, 1, {}))), state(file))
      assert(file:add(docs[1]))
      assert(file:save())
    end
  end)

  it("lets one process add, and others read meanwhile", function()
    local file <close> = open()
    assert(file:add { id = 1, text = "one two three four five six seven eight" })
    assert(file:save())
    assert(file:add { id = 2, text = "one two three four five six seven eight" })
    program.write("other.lua", [[
      local file = assert(pumice.index.open(arg[1]))
      io.write(#file, " ", #file:query "one two three four five six seven eight", "\n")
      local ok, message = file:add { id = 3, text = "one two three four five six seven" }
      io.write(tostring(ok), " ", tostring(message), "\n")
      if ok then io.write(tostring(file:save()), " ", #file, "\n") end]])
    local other = ("$P %s/other.lua %s/old.index"):format(program.folder, program.folder)
    assert.equal(("1 1\nnil %s/old.index: another process is adding to it, or reads it and "
      .. "may not write PATH-lock\n"):format(program.folder), (program.sh(other)))
    file:save()
    assert.equal("2 2\n3 nil\ntrue 3\n", (program.sh(other)))
    assert.equal(4, file:add { id = 4, text = "one two three four five six seven" })
    assert(file:save())
    assert.equal(4, #file)
  end)

  it("opens a file once in a process, and reads nothing that is not there", function()
    local file <close> = open()
    local second, message = open()
    assert.is_nil(second)
    assert.matches("this process has it open already", message)
    file:close()
    open():close()
    assert.matches("No such file", select(2, open({ readonly = true }, "none")))
    local reader <close> = open { readonly = true }
    assert.matches("opened for reading only", select(2, reader:add { text = "a b c" }))
  end)

  it("refuses what is no index, and one of another version", function()
    program.write("text", ("no index "):rep(2000))
    assert.matches("text: not an index of pumice", select(2, open(nil, "text")))
    program.write("short", "x")
    assert.matches("short: not an index of pumice", select(2, open(nil, "short")))
    program.write("empty", "")
    assert.matches("empty: not an index of pumice", select(2, open({ readonly = true }, "empty")))
    assert.matches("not a file", select(2, index.open(program.folder, { readonly = true })))
    local core = require "pumice.core"
    for bytes, wanted in pairs {
      [core.pack.pack { format = "pumice index of reuse", version = 99 }] = "of version 99",
      [core.pack.pack { format = "something else" }] = "not an index of pumice",
      [core.pack.pack "a text"] = "not an index of pumice",
    } do
      local vault <close> = core.vault.open(program.folder .. "/other")
      vault:begin()
      vault:put("m", 0, bytes)
      vault:save()
      vault:close()
      assert.matches(wanted, select(2, open(nil, "other")))
    end
  end)

  it("tells a damaged file from a whole one, whatever byte is wrong", function()
    local docs = documents(51, 60, 40)
    for part = 1, 3 do
      local file <close> = open()
      for i = part * 20 - 19, part * 20 do file:add(docs[i]) end
      file:save()
    end
    local path = program.folder .. "/old.index"
    local whole, bytes = state(open { readonly = true }), program.read(path)
    collectgarbage()
    local random, refused = made.random(5), 0
    local function try(damaged)
      program.write("damaged", damaged)
      local ok, found = pcall(function()
        local file <close> = assert(open({ readonly = true }, "damaged"))
        for _, doc in ipairs(docs) do file:query(doc) end
        return state(file)
      end)
      if ok then
        assert.equal(whole, found) -- the byte means nothing
      else
        assert.matches("damaged", found)
        refused = refused + 1
      end
    end
    for round = 1, 100 do
      -- Half of them in heads and the tree, which are the first pages.
      local at = random(round % 2 == 0 and #bytes or math.min(#bytes, 16384))
      local byte = bytes:byte(at) ~ random(255)
      try(bytes:sub(1, at - 1) .. string.char(byte) .. bytes:sub(at + 1))
    end
    assert.is_true(refused > 10, refused .. " refused")
    for _, share in ipairs { 0.2, 0.5, 0.9 } do try(bytes:sub(1, (#bytes * share) // 1)) end
  end)
end)
