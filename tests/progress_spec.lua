--- What `pumice run` says while it runs, and where it says nothing.
local files = require "files"
local json = require "pumice.json"
local program = require "program"
local progress = require "pumice.progress"
local terminal = require "terminal"

local PROGRAM, write = program.path, program.write

local input, recipe

--- What a shell command writes to standard error, and its exit status.
local function said(command)
  return files.output(("(%s) 2>&1 >/dev/null"):format(command))
end

local function run(arguments)
  return said(("%s run %s %s %s"):format(PROGRAM, recipe, input, arguments))
end

--- The bytes that a terminal of so many columns gets to see, an xterm whatever the
--- tests themselves run in.
local function seen(columns, arguments, before)
  return (files.output(
    ("script -qefc 'stty cols %d; TERM=xterm %s %s run %s %s -o /dev/null %s' /dev/null </dev/null")
      :format(columns, before or "", PROGRAM, recipe, input, arguments)))
end

describe("progress", function()
  setup(function()
    program.new_folder()
    recipe = write("slow.lua", [[return pumice.recipe { summary = "slow", stages = function()
      return { function(doc)
        for _ = 1, 20000 do doc.n = 1 end
        if doc.id % 4 == 0 then return nil, "fourth" end
        if doc.id % 9 == 0 then error "ninth" end
        return doc
      end }
    end }]])
    local lines = {}
    for i = 1, 300 do
      lines[i] = ('{"id": %d, "text": "%s"}\n'):format(i, ("word "):rep(2000))
    end
    input = write("in.jsonl", table.concat(lines))
  end)
  teardown(program.remove_folder)

  it("is plain lines where there is no terminal, short, without escapes or returns", function()
    for _, mode in ipairs { "auto", "bar", "lines" } do
      local bytes = run(("--progress %s --progress-every 0.05"):format(mode))
      assert.is_nil(bytes:find("[\r\27]"))
      local line = bytes:match("^[^\n]*")
      assert.matches("^ *%d+%%  [%d,]+ docs  [%d,]+/s  kept [%d,]+  dropped [%d,]+  "
        .. "rejected [%d,]+  %d+%.%d MB/s$", line)
      for each in bytes:gmatch("[^\n]+docs[^\n]+") do assert.is_true(#each <= 120, each) end
    end
  end)

  it("says nothing of a short run that nobody asks about", function()
    assert.matches("^stage", (run ""))
    assert.matches("^stage", (run "--progress none --progress-every 0.01"))
  end)

  it("says nothing when it should be quiet", function()
    assert.is_nil((run "-q --progress lines --progress-every 0.01"):find("docs"))
  end)

  it("is JSON, with the sums of the run at the end", function()
    local records = {}
    for line in run("--progress json --progress-every 0.05"):gmatch("[^\n]+") do
      if line:find("^{") then records[#records + 1] = assert(json.record(line)) end
    end
    assert.is_true(#records >= 2)
    local last = records[#records]
    assert.is_true(last.finished)
    assert.is_false(records[1].finished)
    assert.same({ 300, 200, 75, 25, 1 },
      { last.read, last.kept, last.dropped, last.rejected, last.share })
    for i = 2, #records do
      assert.is_true(records[i].share >= records[i - 1].share)
      assert.is_true(records[i].read >= records[i - 1].read)
    end
  end)

  it("knows no share of standard input, and counts a --limit", function()
    local bytes = said(("cat %s | %s run %s - --progress json"):format(input, PROGRAM, recipe))
    assert.is_nil(bytes:match('{"part".*}'):find('"share"'))
    assert.equal(1, json.decode(run("--limit 20 --progress json"):match("{[^\n]*}")).share)
  end)

  it("counts the documents that a barrier held, part by part", function()
    local path = write("fold.lua", [[return pumice.recipe { summary = "fold",
      stages = function() return {
        function(doc) if doc.id > 100 then return nil, "late" end return doc end,
        pumice.fold { name = "n", start = function() return { n = 0 } end,
          add = function(state) state.n = state.n + 1 end,
          merge = function(a, b) return { n = a.n + b.n } end,
          each = function(doc, state) doc.of = state.n return doc end } } end }]])
    local line = said(("%s run %s %s --progress json"):format(PROGRAM, path, input))
      :match("{[^\n]*}")
    local last = json.decode(line)
    assert.same({ 2, 2, 1, 100 }, { last.part, last.parts, last.share, last.kept })
  end)

  it("answers SIGUSR1 with a line and goes on", function()
    local path = write("ask.sh", ([[
      %s run %s %s -j 1 --progress none & run=$!
      sleep 0.3; kill -USR1 $run
      wait $run; echo "status $?" >&2]]):format(PROGRAM, recipe, input))
    local bytes = said("sh " .. path)
    assert.matches("^ *%d+%%  [%d,]+ docs", bytes)
    assert.matches("status 1\n", bytes)
  end)

  it("tells large numbers and long times as people read them", function()
    local told = progress.new("none", true)
    local summary = { read = 1234567, kept = 1000, dropped = 999, rejected = 0 }
    told:begin(summary, { number = 1, parts = 1, bytes = true, total = 1000, done = 0 })
    told:reach(250)
    told.start = told.start - 3000
    local figures = told:figures()
    assert.equal(0.25, figures.share)
    assert.is_true(math.abs(figures.seconds_left - 9000) < 2)
    told.start = told.start + 2998 -- two seconds tell nothing of the rest
    assert.is_nil(told:figures().seconds_left)
  end)

  if not terminal.available() then
    pending("a bar needs script to be tested")
    return
  end

  it("is a bar on a terminal, drawn ten times a second at most, and gone at the end", function()
    local bytes = seen(100, "-j 1")
    local draws = select(2, bytes:gsub("\r%[[#-]+%]", ""))
    assert.is_true(draws >= 2)
    assert.matches("\r%[#+%-*%] +%d+%%  [%d,]+ docs", bytes)
    assert.matches("\r\27%[Kstage", bytes)
    for line in bytes:gmatch("\r([^\r\n]*)\27%[K") do assert.is_true(#line < 100) end
  end)

  it("fits a narrow terminal, and is no bar where it does not", function()
    for line in seen(40, "-j 1"):gmatch("\r([^\r\n]*)\27%[K") do assert.is_true(#line < 40) end
    assert.is_nil(seen(39, "-j 1"):find("\27", 1, true))
    assert.is_nil(seen(100, "-j 1", "TERM=dumb"):find("\27", 1, true))
  end)
end)
