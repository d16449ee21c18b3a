--- `pumice run` cut short: workers that are killed, runs that go on with --resume.
local program = require "program"

local PROGRAM = program.path

local folder
local write, read, sh = program.write, program.read, program.sh
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

  it("gives the same bytes when workers are killed", function()
    local input = write("in.jsonl", documents(3000, function(i)
      return ("w%d "):format(i):rep(20)
    end))
    local path = recipe([[function(doc)
      local n = 0
      for i = 1, 20000 do n = n + i % 7 end
      doc.n = n
      return doc
    end]])
    run(("%s %s -o %s/whole"):format(path, input, folder))
    write("kill.sh", ([[
      %s run %s %s -j 2 -o %s/killed & run=$!
      for i in 1 2 3 4 5 6; do
        sleep 0.1
        worker=$(pgrep -P $run | shuf -n 1) && kill -9 $worker
      done
      wait $run]]):format(PROGRAM, path, input, folder))
    local _, said, status = sh("bash " .. folder .. "/kill.sh")
    assert.equal(0, status, said)
    assert.is_true(read(folder .. "/whole") == read(folder .. "/killed"))
  end)

  it("goes on with --resume after kill -9, again and again, to the same bytes", function()
    local input = write("in.jsonl", documents(4000, function(i)
      return ("w%d "):format(i % 500):rep(50)
    end))
    os.execute(("gzip -k %s"):format(input))
    local path = recipe([[
      function(doc)
        local n = 0
        for i = 1, 3000 do n = n + i % 7 end
        if tonumber(doc.id) % 5 == 0 then return nil, "fifth" end
        if tonumber(doc.id) % 333 == 0 then error("no") end
        return doc
      end,
      pumice.fold {
        name = "count",
        start = function() return { n = 0 } end,
        add = function(state) state.n = state.n + 1 end,
        merge = function(a, b) return { n = a.n + b.n } end,
        each = function(doc, state) doc.of = state.n return doc end,
      },
      pumice.cluster {
        name = "same text",
        sketch = function(doc) return doc.text end,
        pairs = function(texts)
          local last, list = {}, {}
          for i, text in ipairs(texts) do
            if last[text] then list[#list + 1] = { last[text], i } end
            last[text] = i
          end
          return list
        end,
        compare = function(a, b)
          local n = 0
          for i = 1, 2000 do n = n + i % 7 end
          return a.text == b.text and a.id or nil
        end,
        resolve = function(_, links)
          local fates = {}
          for _, link in ipairs(links) do fates[link.b] = link.evidence end
          return fates
        end,
        each = function(doc, fate) doc.before = fate return doc end,
      }]])
    local results, tries = program.cut_off(
      "@/in.jsonl @/in.jsonl.gz -o @/NAME.out.zst --dropped @/NAME.drop.gz --rejects @/NAME.rej",
      { "NAME.out.zst", "NAME.drop.gz", "NAME.rej" }, read(path))
    assert.is_true(#results[1] > 10000)
    for i, count in ipairs(tries) do
      assert.is_true(count > 1, "it was never cut off")
      assert.is_true(results[1] == results[i + 1])
    end
    assert.equal("", (sh(("ls -A %s | grep '^\\.cut'"):format(folder))))
  end)

  it("begins with --resume what was cut off before it noted anything", function()
    local input = write("in.jsonl", documents(3))
    os.execute(("mkdir %s/.out.run; : > %s/.out.run/.journal.part"):format(folder, folder))
    local _, said, status = run(("%s %s -o %s/out --resume"):format(
      recipe "function(doc) return doc end", input, folder))
    assert.equal(0, status, said)
    assert.equal(3, select(2, read(folder .. "/out"):gsub("\n", "")))
    assert.equal("", (sh(("ls -A %s | grep '^\\.out'"):format(folder))))
  end)

  it("refuses to write where another run writes, and does not hurt that one", function()
    local input = write("in.jsonl", documents(3000))
    local slow = recipe "function(doc) for i = 1, 3000 do doc.n = i end return doc end"
    local command = ("$P run %s %s -j1 -q -o %s/out --commit-every 0.05"):format(slow, input,
      folder)
    sh(command)
    local whole = read(folder .. "/out")
    os.remove(folder .. "/out")
    local out, _, status = sh(([[%s & p=$!
      until [ -e %s/.out.run/.journal.part ]; do sleep 0.01; done
      for how in '' --resume; do %s $how 2>&1; echo $?; done; wait $p]]):format(command, folder,
      command))
    local words = ("pumice run: another run writes there now: it holds %s/.out.run; wait until it "
      .. "is over, or name another output\n2\n"):format(folder)
    assert.equal(words:rep(2), out)
    assert.equal(0, status)
    assert.is_true(whole == read(folder .. "/out"))
    assert.equal("", (sh(("ls -A %s | grep '^\\.out'"):format(folder))))
  end)

  it("ends where a file may not grow as on a full disk", function()
    local input = write("in.jsonl", documents(3000, function() return ("x"):rep(40000) end))
    local _, said, status = sh(("ulimit -f 80000; $P run %s %s -j1 -q -o %s/out"):format(
      recipe(PASS), input, folder))
    assert.equal(3, status, said)
    assert.matches("cannot write " .. folder .. "/out: File too large", said, 1, true)
    assert.equal("", (sh(("ls -A %s | grep out"):format(folder))))
  end)

  it("does not resume what has changed, and says what", function()
    local input = write("in.jsonl", documents(3000))
    local function cut_off()
      local slow = recipe("function(doc) for i = 1, 20000 do doc.n = i end return doc end",
        "{ size = { 1, 'a size' } }")
      program.run_and_kill(("run %s %s -o %s/out --commit-every 0.05"):format(slow, input, folder),
        "out")
      assert.is_truthy(read(folder .. "/.out.run/.journal.part"))
      return slow
    end
    local slow = cut_off()
    local function said(arguments)
      local _, message, status = run(arguments)
      assert.equal(2, status)
      return message
    end
    for _, case in ipairs {
      { "--size 2", '--size: it was not given, it is "2"' },
      { "--trust", "--trust: it was false, it is true" },
      { "--strict", "--strict: it was false, it is true" },
      { "--invalid replace", '--invalid: it was "reject", it is "replace"' },
      { "--max-record 7777", "--max-record: it was 67108864, it is 7777" },
      { "--max-window 1GiB", "--max-window: it was not given, it is 1073741824" },
      { "--limit 9", "--limit: it was not given, it is 9" },
      { "--to csv", '--to: it was "jsonl", it is "csv"' },
      { "--dropped x", '--dropped: it was not given, it is "x"' },
      { "--from csv", ("--from: %s was read as jsonl, now as csv"):format(input) },
    } do
      local words = said(("%s %s -o %s/out --resume %s"):format(slow, input, folder, case[1]))
      assert.matches("cannot resume, the run has changed: " .. case[2] .. "\n", words, 1, true)
    end
    write("in.jsonl", documents(3001))
    assert.matches("an input has changed: .*in.jsonl", said(("%s %s -o %s/out --resume"):format(
      slow, input, folder)))
    assert.matches("recipe: it was", said(("%s %s -o %s/out --resume"):format(
      recipe(PASS, "{ size = { 1, 'a size' } }"), input, folder)))
    assert.matches("no run to resume", said(("%s %s -o %s/other --resume"):format(
      slow, input, folder)))
    assert.matches("%-%-resume needs %-o", said(("%s %s --resume"):format(slow, input)))
  end)
end)
