--- pumice.read.all: documents that stay in their files, and clusters of them. The
--- same documents in a table are the plainer way to the same answers.
local program = require "program"
local pumice = require "pumice"

local dedup, json = pumice.dedup, pumice.json

local function table_of(path, opts)
  local docs = {}
  for doc in pumice.read(path, opts) do docs[#docs + 1] = doc end
  return docs
end

local function strings(docs)
  local list = {}
  for i, doc in ipairs(docs) do list[i] = json.encode(doc) end
  return list
end

describe("pumice.read.all", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("gives what pumice.read gives, whenever it is asked", function()
    local path = program.write("a.jsonl", '{"id":"3"}\n\n \t\n{"id":"4" , "n":1.0}\r\n{"id":5}')
    local other = program.write("b.jsonl", '{"id":"6"}\n')
    local docs = pumice.read.all { path, other }
    assert.same(strings(table_of { path, other }), strings(docs))
    assert.equal(4, #docs)
    assert.equal("6", docs[4].id)
    assert.equal('{"id":"4" , "n":1.0}', (tostring(docs[2]):gsub("%s+$", "")))
    assert.is_nil(docs[0])
    assert.is_nil(docs[5])
    assert.is_nil(docs[1.5])
    local count = 0
    for i, doc in pairs(docs) do count = count + (doc.id and i or 0) end
    assert.equal(10, count)
    assert.error_matches(function() docs[1] = {} end, "cannot be given another %[1%]")
    assert.equal(0, #pumice.read.all(program.write("empty.jsonl", "")))
  end)

  it("is a table of what is no plain JSON lines", function()
    local csv = program.write("a.csv", "id,text\n1,one\n2,two\n")
    local lines = program.write("b.jsonl", '{"id":"3"}\n')
    assert(os.execute(("gzip -k %s"):format(lines)))
    for _, path in ipairs { csv, lines .. ".gz" } do
      local docs = pumice.read.all(path)
      assert.is_nil(getmetatable(docs))
      assert.same(strings(table_of(path)), strings(docs))
    end
    assert.is_nil(getmetatable(pumice.read.all(lines, { strict = true })))
    assert.error_matches(function() pumice.read.all "nowhere" end, "nowhere: No such file")
    assert.error_matches(function() pumice.read.all(lines, { form = "csv" }) end, "'from'")
  end)

  it("tells once of what cannot be read, with its place, or raises", function()
    local path = program.write("a.jsonl", '{"id":1,"text":"one"}\n{"id":2,\n{"id":3,"text":"'
      .. ("x"):rep(100) .. '"}\n{"id":4,"text":"four"}\n[5]\n')
    local function rejects_of(use)
      local rejects = {}
      local docs = pumice.read.all(path, { max_record = 80,
        on_reject = function(reject) rejects[#rejects + 1] = reject end })
      use(docs)
      assert.equal(2, #docs)
      dedup.apply(dedup.near(), docs)
      assert.equal(4, docs[2].id)
      return rejects
    end
    local expected = {}
    table_of(path, { max_record = 80,
      on_reject = function(reject) expected[#expected + 1] = reject end })
    assert.equal(3, #expected)
    assert.same(expected, rejects_of(function() end))
    assert.same(expected, rejects_of(function(docs) dedup.links(dedup.near(), docs) end))
    assert.error_matches(function() return #pumice.read.all(path) end, "a.jsonl:2, byte 22: ")
    assert.error_matches(function() dedup.apply(dedup.near(), pumice.read.all(path)) end,
      "a.jsonl:2, byte 22: ")
  end)

  it("says that a file changed when it did", function()
    local path = program.write("a.jsonl", '{"id":1,"text":"one"}\n{"id":2,"text":"two"}\n')
    local docs = pumice.read.all(path)
    assert.equal(2, #docs)
    program.write("a.jsonl", '{"id":1,"text":"one"}\n')
    assert.error_matches(function() return docs[2] end, "became shorter")
    -- Which of the two is seen first depends on where reading stands.
    local ok, message = pcall(dedup.links, dedup.near(), docs)
    assert.is_false(ok)
    assert.truthy(message:find("a.jsonl changed while", 1, true)
      or message:find("a.jsonl became shorter", 1, true), message)
    program.write("a.jsonl", '{"id":10,"text":"one"}\n{"id":2,"text":"two"}\n')
    assert.error_matches(function() return docs[1] end, "changed while")
  end)
end)

--- Stories of which every third is an edited copy, with fields of every kind and
--- texts that are escaped, short, long, empty or missing a word.
local function lines_of_stories()
  local lines, words = {}, {}
  for i = 1, 60 do
    if i % 3 ~= 0 or i == 3 then
      for j = 1, 200 do words[j] = ("w%d"):format((i * 7919 + j * j * 31) % 5000) end
    else
      for j = 1, 200, 40 do words[j] = "edited" .. i end
    end
    local text = table.concat(words, i % 4 == 0 and "\n" or " ")
    if i % 5 == 0 then text = text .. ' "quoted" \u{2019}\u{1F600}\u{E9} \\ ' end
    if i % 10 == 0 then text = text:rep(40) end
    local doc = json.record {}
    if i % 7 ~= 0 then doc.id = i % 2 == 0 and i or "n" .. i end
    if i % 4 == 1 then doc.outlet = "gazette" end
    if i % 4 == 2 then doc.url = "https://www.herald.example/" .. i end
    if i % 6 == 0 then doc.date = "2024-01-" .. i end
    if i % 6 == 1 then doc.date = { year = 2024 } end
    doc.rank = i % 8 == 0 and json.null or i % 8 == 1 and tostring(i) or i % 5
    doc.text = text
    lines[#lines + 1] = json.encode(doc)
  end
  for i = 1, 12 do lines[#lines + 1] = '{"id":"same' .. i .. '","text":"all of them the same"}' end
  lines[#lines + 1] = '{"text":"","id":"empty"}'
  lines[#lines + 1] = '{"text":"?!","id":"no word"}'
  lines[#lines + 1] = '{"text":"first","id":"twice","te\\u0078t":"all of them the same"}'
  local many = {}
  for i = 1, 70 do many[i] = ('"field%d":%d'):format(i, i) end
  lines[#lines + 1] = ('{"id":"many",%s,"text":"all of them the same"}'):format(
    table.concat(many, ","))
  lines[#lines + 1] = '{"\\u0069d":"es\\u0063aped","text":"caf\\u00e9 \\ud83d\\ude00 tea"}'
  return lines
end

describe("clusters of documents in files", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  local settings = {
    {}, { keep = "first" }, { keep = "newest", priority = "rank" }, { keep = "cleanest" },
    { keep = "all" }, { keep = "none" }, { n = 5 },
    { keep = function(members) return #members end },
  }
  for _, kind in ipairs { "near", "reuse" } do
    for number, options in ipairs(settings) do
      it(("are the same as in memory: %s %d"):format(kind, number), function()
        local path = program.write("a.jsonl", table.concat(lines_of_stories(), "\n"))
        local ours, theirs = pumice.read.all(path), table_of(path)
        assert.same((dedup.links(dedup[kind](options), theirs)),
          (dedup.links(dedup[kind](options), ours)))
        local kept, dropped = dedup.apply(dedup[kind](options), ours)
        local expected, gone = dedup.apply(dedup[kind](options), theirs)
        assert.same(gone, dropped)
        assert.equal(#expected, #kept)
        assert.same(strings(expected), strings(kept))
        assert.is_true(#dropped + #(kept[1].copies or {}) > 0 or options.keep == "all")
      end)
    end
  end

  it("need a text", function()
    local path = program.write("a.jsonl", '{"id":1,"text":"a"}\n{"id":2,"text":7}\n')
    assert.error_matches(function() dedup.apply(dedup.near(), pumice.read.all(path)) end,
      "field 'text' is a number, not a string")
  end)

  it("of any other kind see the documents", function()
    local path = program.write("a.jsonl", '{"id":1,"text":"a"}\n{"id":2,"text":"A"}\n')
    local kept, dropped = dedup.apply(dedup.exact { keep = "first" }, pumice.read.all(path))
    assert.same({ 1, 1, 1 }, { #kept, kept[1].id, dropped[1].copy_of })
  end)
end)
