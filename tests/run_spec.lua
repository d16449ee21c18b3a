--- `pumice run` from outside: what goes in, what comes out, what it says.
local json = require "pumice.json"
local program = require "program"

local PROGRAM = program.path

local folder
local write, read, sh, fields = program.write, program.read, program.sh, program.fields
local documents, recipe = program.documents, program.recipe

local function run(arguments)
  return sh(PROGRAM .. " run " .. arguments)
end

local PASS = "function(doc) return doc end"

describe("pumice run", function()
  before_each(function()
    program.new_folder()
    folder = program.folder
  end)
  after_each(program.remove_folder)

  it("writes what it does not touch back byte for byte", function()
    local lines = '{ "b":1.0,"a" : null,"n":12345678901234567890123, "e":[],"e":{}, '
      .. '"t":"\\u0041\\/" }\n' .. '{"text":"\xC3\xA9"}\n\n  {"x":1e400}  \n'
    local out = run(("%s %s"):format(recipe(PASS), write("in.jsonl", lines)))
    assert.equal((lines:gsub("\n\n", "\n")), out)
  end)

  it("reads descriptors itself: the workers have others under these names", function()
    local pass, lines = recipe(PASS), documents(20000)
    local input, page = write("in.jsonl", lines), write("page.txt", "a page")
    for _, words in ipairs { "/dev/stdin < ", "/proc/self/fd/0 < ", "/dev/fd/7 7< " } do
      assert.equal(lines, (run(("%s %s%s"):format(pass, words, input))))
      local text = run(("%s --from text %s%s"):format(pass, words, page))
      assert.same({ "a page" }, fields(text, "text"))
    end
    assert.equal(lines, (sh(("cat %s | $P run %s /dev/stdin"):format(input, pass))))
  end)

  it("says of a folder that cannot take what waits at a barrier that it is that", function()
    -- Fewer words would wait in memory.
    local input = write("in.jsonl", documents(3000, function(i)
      local words = {}
      for k = 1, 300 do words[k] = "w" .. i * k * 7919 % 4999 end
      return table.concat(words, " ")
    end))
    for _, words in ipairs { "newest_per_url", "near_dedup -o @/out" } do -- spill, pairs
      local name, output = words:match "^(%S+)(.*)"
      local out, said, status = sh(("TMPDIR=@/nowhere $P run %s %s %s"):format(name, input, output)
        :gsub("@", folder))
      assert.same({ "", 3 }, { out, status }, said)
      assert.matches("^pumice run: cannot [%a ]+ in [^\n]+/nowhere: No such file", said)
      assert.matches("\nmore: pumice help errors spill\n", said, 1, true)
    end
    assert.equal(0, (select(3, sh(("TMPDIR= $P run newest_per_url %s"):format(input)))))
  end)

  it("keeps, drops with a reason and counts all of it", function()
    local path = recipe([[function(doc)
      if tonumber(doc.id) % 3 == 0 then return nil, "third", { value = tonumber(doc.id), limit = 2 } end
      doc.seen = true
      return doc
    end]])
    local dropped = folder .. "/dropped"
    local out, said, status = run(("%s %s --dropped %s"):format(path,
      write("in.jsonl", documents(10)), dropped))
    assert.equal(0, status)
    assert.same({ "1", "2", "4", "5", "7", "8", "10" }, fields(out, "id"))
    assert.matches('"text": "text of 1", "seen": true}', out, 1, true)
    assert.same({ "3", "6", "9" }, fields(read(dropped), "id"))
    assert.same({ "third", "third", "third" }, fields(read(dropped), "reason"))
    assert.same({ 3, 6, 9 }, fields(read(dropped), "value"))
    assert.equal("text of 3", fields(read(dropped), "record")[1].text)
    assert.matches("10 read = 7 kept %+ 3 dropped %+ 0 rejected", said)
    assert.matches("dropped 3: third", said)
  end)

  it("takes ids and reasons that are no UTF-8, long, and each another one", function()
    local rows = { "id,text" }
    for i = 1, 1000 do rows[i + 1] = ("\xE9%d,x"):format(i) end
    local path = recipe([[function(doc)
      return nil, "\xE8" .. doc.id .. ("x"):rep(1e5), { ["k\xE9"] = 1, limit = 2 }
    end]])
    local input = write("in.csv", table.concat(rows, "\n"))
    local said, reasons
    for _, jobs in ipairs { 1, 3 } do
      local status, _
      _, said, status = run(("%s %s -j %d --dropped %s/dropped --manifest %s/manifest -o %s/out")
        :format(path, input, jobs, folder, folder, folder))
      assert.equal(0, status, said)
      local before = reasons
      reasons = json.decode(read(folder .. "/manifest")).stages[1].reasons
      assert.same(before or reasons, reasons)
    end
    local counts, number = 0, 0
    for _, count in pairs(reasons) do counts, number = counts + count, number + 1 end
    assert.same({ 1000, 201, 800 }, { counts, number, reasons["other reasons"] })
    assert.is_true(#said < 20000)
    assert.matches("dropped 181 for 181 reasons more", said)
    local line = json.record(read(folder .. "/dropped"):match("[^\n]+"))
    assert.same({ "%E91", 2 }, { line.id, line.limit })
    assert.matches("^%%E8%%E91xxx", line.reason)
  end)

  it("lets one document become several", function()
    local path = recipe([[function(doc, emit)
      for i = 1, tonumber(doc.id) do emit { id = doc.id .. "." .. i } end
    end, function(doc) if doc.id == "2.1" then return nil, "odd" end return doc end]])
    local out, said = run(("%s %s"):format(path, write("in.jsonl", documents(3))))
    assert.same({ "1.1", "2.2", "3.1", "3.2", "3.3" }, fields(out, "id"))
    assert.matches("3 read %+ 3 made = 5 kept %+ 1 dropped %+ 0 rejected", said)
  end)

  it("rejects what breaks a stage and goes on", function()
    local path = recipe([[function(doc)
      if doc.id == "2" then return doc.txt.len end
      if doc.id == "3" then error({ code = "mine", reason = "on purpose" }) end
      if doc.id == "4" then return 7 end
      return doc
    end]])
    local rejects = folder .. "/rejects"
    local out, said, status = run(("%s %s --rejects %s"):format(path,
      write("in.jsonl", documents(5)), rejects))
    assert.equal(1, status)
    assert.same({ "1", "5" }, fields(out, "id"))
    local lines = read(rejects)
    assert.same({ 2, 3, 4 }, fields(lines, "line"))
    assert.same({ "stage-error", "mine", "stage-result" }, fields(lines, "code"))
    assert.matches("recipe.lua:%d+: attempt to index a nil value", fields(lines, "reason")[1])
    assert.equal('{"id": "2", "text": "text of 2"}', fields(lines, "raw")[1])
    assert.matches("rejected %(stage%-error%): .*recipe.lua:%d+ in stage 1.*in.jsonl:2", said)
  end)

  it("rejects lines that are no JSON, with line and offset, and keeps their bytes", function()
    local good = '{"id": 1}\n'
    local bad = { "{", '{"a": NaN}', '["a"]', '{"a": "\xFF"}', '{"a": 1} x', "nonsense" }
    local lines, offsets, at = { good }, {}, #good
    for i, line in ipairs(bad) do
      lines[#lines + 1] = line .. "\n"
      offsets[i] = at
      at = at + #line + 1
    end
    lines[#lines + 1] = good
    local rejects = folder .. "/rejects"
    local out, _, status = run(("%s %s --rejects %s"):format(recipe(PASS),
      write("in.jsonl", table.concat(lines)), rejects))
    assert.equal(1, status)
    assert.equal(good .. good, out)
    assert.same({ 2, 3, 4, 5, 6, 7 }, fields(read(rejects), "line"))
    assert.same(offsets, fields(read(rejects), "offset"))
    assert.same("{", fields(read(rejects), "raw")[1])
    assert.same("eyJhIjogIv8ifQ==", fields(read(rejects), "raw_base64")[4])
  end)

  it("reads text files and folders, gzip, zstd and standard input", function()
    os.execute(("mkdir -p %s/pages/b && echo one > %s/pages/a.txt && echo two > %s/pages/b/c.txt")
      :format(folder, folder, folder))
    os.execute(("touch %s/pages/picture.png %s/pages/.hidden.txt"):format(folder, folder))
    os.execute(("gzip -c %s/pages/a.txt > %s/pages/d.txt.gz"):format(folder, folder))
    write("pages/e.jsonl", '{"id":"e1","text":"three"}\n{"id":"e2"}\n')
    os.execute(("zstd -q %s/pages/e.jsonl -o %s/pages/f.jsonl.zst"):format(folder, folder))
    local out, said = run(("%s %s/pages"):format(recipe(PASS), folder))
    local ids = {}
    for i, id in ipairs(fields(out, "id")) do ids[i] = id:gsub("^" .. folder .. "/", "") end
    assert.same({ "pages/a.txt", "pages/b/c.txt", "pages/d.txt.gz", "e1", "e2", "e1", "e2" }, ids)
    assert.same("one\n", fields(out, "text")[1])
    assert.same("one\n", fields(out, "text")[3])
    assert.matches("passed over 1 files", said)

    assert.equal('{"id":1}\n',
      (sh(("printf '{\"id\":1}\\n' | %s run %s -"):format(PROGRAM, recipe(PASS)))))
    assert.same({ "some text\n" },
      fields(sh(("echo some text | %s run %s -"):format(PROGRAM, recipe(PASS))), "text"))
    assert.same({ "two\n" }, fields(sh(("gzip -c %s/pages/b/c.txt | %s run %s - --from text")
      :format(folder, PROGRAM, recipe(PASS))), "text"))
  end)

  it("gives the same bytes for any number of workers", function()
    local input = write("in.jsonl", documents(20000, function(i)
      return ("w%d "):format(i % 97):rep(30)
    end))
    local path = recipe([[
      function(doc, emit)
        local n = tonumber(doc.id)
        if n % 7 == 0 then return nil, "seventh" end
        if n % 1000 == 0 then error("no") end
        if n % 11 == 0 then emit { id = doc.id .. "b", text = doc.text } end
        doc.length = #doc.text
        return doc
      end,
      pumice.fold {
        name = "count",
        start = function() return { n = 0, ids = {} } end,
        add = function(state, doc) state.n = state.n + 1 end,
        merge = function(a, b) return { n = a.n + b.n } end,
        each = function(doc, state) doc.of = state.n return doc end,
      },
      pumice.cluster {
        name = "same length",
        sketch = function(doc) return doc.length end,
        pairs = function(lengths)
          local last, list = {}, {}
          for i, length in ipairs(lengths) do
            if last[length] then list[#list + 1] = { last[length], i } end
            last[length] = i
          end
          return list
        end,
        compare = function(a, b) return a.length == b.length and { a.id, b.id } or nil end,
        resolve = function(_, links)
          local fates = {}
          for _, link in ipairs(links) do fates[link.b] = link.evidence end
          return fates
        end,
        each = function(doc, fate) doc.before = fate[1] return doc end,
      }]])
    local outputs = {}
    for i, jobs in ipairs { 1, 2, 5 } do
      local _, _, status = run(("%s %s -j %d -o %s/out%d --dropped %s/drop%d --rejects %s/rej%d")
        :format(path, input, jobs, folder, jobs, folder, jobs, folder, jobs))
      assert.equal(1, status, read(folder .. "/stderr"))
      outputs[i] = read(folder .. "/out" .. jobs) .. read(folder .. "/drop" .. jobs)
        .. read(folder .. "/rej" .. jobs)
    end
    assert.is_true(#outputs[1] > 1000000)
    assert.is_true(outputs[1] == outputs[2] and outputs[1] == outputs[3])
    assert.matches('"before":"', outputs[1])
  end)

  it("says that documents could not be compared, and exits with 1", function()
    local path = recipe([[pumice.cluster {
      name = "neighbours",
      sketch = function(doc) return doc.id end,
      pairs = function(ids)
        local list = {}
        for i = 2, #ids do list[#list + 1] = { i - 1, i } end
        return list
      end,
      compare = function(a, b)
        if b.id == 3 or b.id == 5 then error("these two: no") end
        return true
      end,
      resolve = function() return {} end,
      each = function(doc) return doc end,
    }]])
    local input = write("apart.jsonl", '{"id":1}\n{"id":2}\n{"id":3}\n{"id":4}\n{"id":5}\n')
    for _, jobs in ipairs { 1, 2 } do
      local _, said, status = run(("%s %s -j %d -o %s/apart.out --rejects %s/apart.rejects "
        .. "--manifest %s/apart.manifest"):format(path, input, jobs, folder, folder, folder))
      assert.equal(1, status, said)
      assert.matches("could not compare 2 pairs of documents, which stay apart", said, 1, true)
      assert.matches("5 read = 5 kept + 0 dropped + 0 rejected", said, 1, true)
      assert.matches("these two: no", said, 1, true)
      assert.equal(2, select(2, read(folder .. "/apart.rejects"):gsub("these two: no", "")))
      assert.matches('"uncompared": 2', read(folder .. "/apart.manifest"), 1, true)
    end
  end)

  it("brings documents with one key together, where the first of them stood", function()
    local path = recipe([[pumice.group {
      name = "by key",
      key = function(doc) if doc.key ~= "none" then return doc.key end end,
      each = function(docs, key)
        if key == "bad" then error("no") end
        local ids = {}
        for i, doc in ipairs(docs) do ids[i] = doc.id end
        docs[#docs].ids = ids
        return { docs[#docs], { id = "new " .. key } }, "not the last", { limit = #docs }
      end,
    }, function(doc) doc.after = true return doc end]])
    local lines = {}
    for i, key in ipairs { "a", "b", "none", "a", "bad", "b", "a", "bad" } do
      lines[i] = ('{"id":"%d","key":"%s"}\n'):format(i, key)
    end
    local input = write("in.jsonl", table.concat(lines))
    local dropped, rejects = folder .. "/dropped", folder .. "/rejects"
    local out, said, status = run(("%s %s --dropped %s --rejects %s"):format(
      path, input, dropped, rejects))
    assert.equal(1, status)
    assert.same({ "7", "new a", "6", "new b", "3" }, fields(out, "id"))
    assert.same({ "1", "4", "7" }, fields(out, "ids")[1])
    assert.same({ true, true, true, true, true }, fields(out, "after"))
    assert.same({ "1", "4", "2" }, fields(read(dropped), "id"))
    assert.same({ 5, 8 }, fields(read(rejects), "line"))
    assert.matches("8 read %+ 2 made = 5 kept %+ 3 dropped %+ 2 rejected", said)
  end)

  it("keeps a document once that a group names twice", function()
    local path = recipe([[pumice.group {
      key = function(doc) return doc.key end,
      each = function(docs) return { docs[1], docs[#docs], docs[1] } end,
    }]])
    local out, said, status = run(("%s %s"):format(path,
      write("in.jsonl", '{"id":1,"key":"a"}\n{"id":2,"key":"b"}\n{"id":3,"key":"b"}\n')))
    assert.equal(0, status, said)
    assert.same({ 1, 2, 3 }, fields(out, "id"))
  end)

  it("ends a document that takes too long, and only that one", function()
    local path = recipe([[function(doc)
      while doc.id == "3" do end
      return doc
    end]])
    local rejects = folder .. "/rejects"
    local out, _, status = run(("%s %s --timeout 0.5 --rejects %s"):format(path,
      write("in.jsonl", documents(6)), rejects))
    assert.equal(1, status)
    assert.same({ "1", "2", "4", "5", "6" }, fields(out, "id"))
    assert.same({ "timeout" }, fields(read(rejects), "code"))
    assert.same({ 3 }, fields(read(rejects), "line"))
  end)

  it("stops after --limit documents", function()
    local input = write("in.jsonl", "\n" .. documents(10))
    local out = run(("%s %s %s --limit 13"):format(recipe(PASS), input, input))
    assert.equal("1 2 3 4 5 6 7 8 9 10 1 2 3", table.concat(fields(out, "id"), " "))
  end)

  it("leaves no output behind when it fails, and an old one as it was", function()
    local input = write("in.jsonl", documents(3))
    write("old", "before\n")
    local _, said, status = run(("%s %s -o %s/old --dropped /dev/full"):format(
      recipe('function() return nil, "all" end'), input, folder))
    assert.equal(3, status)
    assert.matches("/dev/full: No space left on device", said)
    assert.equal("before\n", read(folder .. "/old"))
    local _, _, full = run(("%s %s > /dev/full"):format(recipe(PASS), input))
    assert.equal(3, full)
    -- What was done is kept for --resume; a new run clears it away.
    assert.matches("--resume", said, 1, true)
    run(("%s %s -o %s/old"):format(recipe(PASS), input, folder))
    assert.equal(documents(3), read(folder .. "/old"))
    assert.equal("", (sh(("ls -A %s | grep '^\\.'"):format(folder))))
  end)

  local mistakes = {
    -- arguments, what is said
    { "no_such_recipe in.jsonl", "unknown recipe 'no_such_recipe'" },
    { "nwes in.jsonl", "did you mean 'news'" },
    { "RECIPE nowhere.jsonl", "nowhere.jsonl: No such file" },
    { "RECIPE", "no input" },
    { "RECIPE in.jsonl --jobs 1025", "--jobs is at most 512, not 1025" },
    { "RECIPE in.jsonl --timeout 1e999", "--timeout is at most 1000000000, not inf" },
    { "RECIPE in.jsonl --size big", "'big'" },
    { "RECIPE in.jsonl --jobs 0", "at least 1" },
    { "BROKEN in.jsonl", "broken.lua:1" },
  }
  for _, case in ipairs(mistakes) do
    local arguments, expected = table.unpack(case)
    it(("exits 2 for: pumice run %s"):format(arguments), function()
      write("broken.lua", "return pumice.recipe {")
      write("in.jsonl", documents(1))
      arguments = arguments:gsub("RECIPE", recipe(PASS, '{ size = { 1, "a size" } }'))
        :gsub("BROKEN", folder .. "/broken.lua"):gsub("in.jsonl", folder .. "/in.jsonl")
      local out, said, status = run(arguments)
      assert.equal(2, status, said)
      assert.matches(expected, said)
      assert.equal("", out)
    end)
  end
end)

describe("pumice check", function()
  setup(program.new_folder)
  teardown(program.remove_folder)

  for _, name in ipairs(require("pumice.recipes").names()) do
    it("runs the examples of " .. name, function()
      local out, _, status = sh(PROGRAM .. " check " .. name)
      assert.equal(0, status, out)
    end)
  end
end)
