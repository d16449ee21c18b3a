--- The codes of errors: each is documented, each can be provoked, and a run
--- says of it what happened, where, to which document, and what to do.
local block = require "pumice.engine.block"
local errors = require "pumice.errors"
local json = require "pumice.json"
local manifest = require "pumice.engine.manifest"
local recipe = require "pumice.recipe"
local run = require "pumice.engine.run"
local session = require "pumice.engine.session"
local program = require "program"

local PROGRAM = program.path

local folder
local write = program.write

--- What a shell command says on standard error.
local function said(command)
  local _, text = program.sh(("(%s)"):format(command))
  return text
end

local function source_of(stages)
  return ([[return pumice.recipe { summary = "a test",
  options = { size = { 1, "a size" } }, stages = function() return {
%s
} end }]]):format(stages)
end

--- What a run of a stage over documents says.
local function told(stage, documents, arguments)
  return said(("%s run %s %s -j 1 %s"):format(PROGRAM,
    write("recipe.lua", source_of(stage)),
    write("in.jsonl", documents or '{"id": 1, "text": "one"}\n'), arguments or ""))
end

--- What session.run raises.
local function raised(changes)
  local file = { source = source_of "function(doc) return doc end", name = "@recipe.lua" }
  local settings = { file = file, recipe = recipe.load(file), options = {},
    inputs = { { path = write("in.jsonl", '{"id": 1}\n'), kind = "jsonl" } }, layouts = {},
    jobs = 1, reading = { max_record = 1000 }, timeout = 5, resume = false, trust = false,
    memory = 1 << 30 }
  for name, value in pairs(changes) do settings[name] = value end
  local ok, problem = pcall(session.run, settings)
  assert.is_false(ok)
  return problem.code
end

local PASS = "function(doc) return doc end"

--- What a run says of a CSV file.
local function rows(csv)
  return said(("%s run %s %s"):format(PROGRAM, write("recipe.lua", source_of(PASS)),
    write("in.csv", csv)))
end

--- What a run says of a WARC file with one page.
local function page(encoding, length, content)
  local body = ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: %s\r\n\r\n%s")
    :format(encoding, content or "<p>no more than this</p>")
  local record = ("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
    .. "Content-Length: %s\r\n\r\n%s\r\n\r\n"):format(length or #body, body)
  return said(("%s run %s %s"):format(PROGRAM, write("recipe.lua", source_of(PASS)),
    write("in.warc", record)))
end

--- What brings each code about; gives text with the code in it.
local provoke = {
  ["bad-csv"] = function() return rows 'id,text\n7,"no" and no\n' end,
  ["bad-header"] = function() return rows 'id,text,text\n7,a,b\n' end,
  ["ragged-row"] = function() return rows 'id,text\n7,one, two\n' end,
  ["bad-encoding"] = function() return page("gzip", nil, "\31\139\8\0no gzip") end,
  ["unknown-encoding"] = function() return page "nonsense" end,
  ["bad-length"] = function() return page("identity", 100000) end,
  ["bad-warc"] = function() return page("identity", "much") end,
  ["bad-json"] = function() return told(PASS, '{"a":\n') end,
  ["barrier"] = function()
    return told([[pumice.fold { start = function() return {} end, add = function() end,
      merge = function(a) return a end, finish = function() return print end,
      each = function(doc) return doc end }]])
  end,
  ["caller"] = function() return raised { resume = true } end,
  ["cannot-open"] = function()
    return block.items({ kind = "files", files = { folder .. "/none" }, max_record = 10 })().code
  end,
  ["cannot-read"] = function()
    write("whole", ('{"text": "many words of a text"}\n'):rep(1000))
    os.execute(("gzip -c %s/whole | head -c 100 > %s/cut.jsonl.gz"):format(folder, folder))
    return said(("%s run %s %s/cut.jsonl.gz"):format(PROGRAM,
      write("recipe.lua", source_of(PASS)), folder))
  end,
  ["input"] = function()
    return said(("%s run %s - < %s"):format(PROGRAM, write("recipe.lua", source_of(PASS)),
      folder))
  end,
  ["group-too-large"] = function()
    return told([[pumice.group { key = function() return "all" end,
      each = function(docs) return docs end }]], ('{"text": "one"}\n'):rep(13000),
      "--memory 50000000")
  end,
  ["input-changed"] = function()
    local path = write("in.jsonl", '{"id": 1}\n')
    local digests = manifest.watch { inputs = { { path = path } }, options = {} }
    write("in.jsonl", '{"id": 1, "more": true}\n')
    return select(2, pcall(digests)).code
  end,
  ["manifest"] = function()
    local path = write("in.jsonl", '{"id": 1}\n')
    local digests = manifest.watch { inputs = { { path = path } }, options = {} }
    os.remove(path)
    return select(2, pcall(digests)).code
  end,
  ["internal"] = function() return raised { jobs = "two" } end,
  ["interrupted"] = function()
    local path = write("stop.sh", ([[%s run %s %s -j 1 & run=$!
      sleep 0.5; kill -TERM $run; wait $run]]):format(PROGRAM,
      write("recipe.lua", source_of "function() while true do end end"),
      write("in.jsonl", '{"id": 1}\n')))
    return said("sh " .. path)
  end,
  ["journal"] = function()
    return told(PASS, nil, "-o " .. folder .. "/nowhere/out")
  end,
  ["lost"] = function()
    local answer = { read = 2, passed = 0, marked = 0, mended = 0, doubled = 0, made = 0,
      kept = 1, dropped = 0, rejected = 0, tallies = {}, problems = {},
      out = { kept = "", dropped = "", rejected = "" } }
    local _, problem = pcall(run.run, { segments = { { steps = {} } },
      sink = { write = function() end },
      pool = { each = function(_, _, _, collect) collect(answer) end },
      blocks = function() end })
    return problem.code
  end,
  ["memory"] = function()
    return told("function() return ('x'):rep(10^9 // 2) end", nil, "--memory 100000000")
  end,
  ["no-file-name"] = function()
    return told(PASS, '{"id": 1}\n', ("-o '%s/out/{language}.jsonl'"):format(folder))
  end,
  ["no-memory"] = function()
    return raised { blocks = function() error(errors.NO_MEMORY, 0) end }
  end,
  ["no-text"] = function() return told("pumice.clean.repair()", '{"id": 1}\n') end,
  ["not-json"] = function() return told "function(doc) doc.p = print return doc end" end,
  ["output"] = function() return told(PASS, nil, "-o /dev/full") end,
  ["spill"] = function()
    return said(("TMPDIR=/nowhere %s run near_dedup %s"):format(PROGRAM,
      write("in.jsonl", '{"id": 1}\n')))
  end,
  ["stage-error"] = function() return told "function(doc) return doc.txt.x end" end,
  ["stage-result"] = function() return told "function(doc) return doc.text end" end,
  ["regex-limit"] = function()
    return told("function(doc) return pumice.regex.test(doc.text, '^(a|aa)+$') and doc end",
      ('{"id": 1, "text": "%s!"}\n'):format(("a"):rep(60)))
  end,
  ["timeout"] = function()
    return told("function() while true do end end", nil, "--timeout 0.3")
  end,
  ["too-long"] = function()
    return said(("%s run %s %s --max-record 1000"):format(PROGRAM,
      write("recipe.lua", source_of(PASS)), write("long.txt", ("long "):rep(100000))))
  end,
  ["too-many-steps"] = function() return told "function() return ('x'):rep(10^12) end" end,
  ["worker-died"] = function()
    local path = write("kill.sh", ([[%s run %s %s -j 1 & run=$!
      for i in 1 2 3 4 5 6 7 8; do sleep 0.3; pkill -9 -P $run; done
      wait $run]]):format(PROGRAM,
      write("recipe.lua", source_of "function() while true do end end"),
      write("in.jsonl", '{"id": 1}\n')))
    return said("sh " .. path)
  end,
  ["worker-failed"] = function()
    return raised { file = { source = "error 'not this time'", name = "@recipe.lua" } }
  end,
  ["worker-start"] = function()
    -- The executable has its worker inside; stock Lua looks for one.
    if package.preload["pumice.embedded"] then return "worker-start" end
    local path = package.path
    os.execute(("mkdir -p %s/pumice/engine"):format(folder))
    write("pumice/engine/worker.lua", "os.exit(7)")
    package.path = folder .. "/?.lua"
    local ok, code = pcall(raised, {})
    package.path = path
    assert(ok, code)
    return code
  end,
}

--- Codes that the Lua files of pumice give to errors, with the file of each.
local function raised_codes()
  local codes = {}
  local pipe <close> = assert(io.popen "find lua -name '*.lua'")
  for path in pipe:lines() do
    local file <close> = assert(io.open(path))
    local source = file:read("a"):gsub("%-%-[^\n]*", "")
    for code in source:gmatch 'code = "([%w-]+)"' do codes[code] = path end
    for _, maker in ipairs { "refused", "broken" } do
      for arguments in source:gmatch(maker .. "(%b())") do
        local code = arguments:match ',%s*"([%w-]+)",'
        if code then codes[code] = path end
      end
    end
  end
  return codes
end

describe("errors", function()
  before_each(function()
    program.new_folder()
    folder = program.folder
  end)
  after_each(program.remove_folder)

  it("have an entry for each code that is raised", function()
    local count = 0
    for code, path in pairs(raised_codes()) do
      assert(errors.codes[code], ("%s raises '%s', which lua/pumice/errors.lua lacks")
        :format(path, code))
      count = count + 1
    end
    assert.is_true(count >= 15)
  end)

  for _, code in ipairs(errors.names()) do
    it("come about: " .. code, function()
      assert(provoke[code], "nothing provokes it")
      assert.matches(code, provoke[code](), 1, true)
    end)
  end

  it("are explained by pumice help errors", function()
    local list = program.sh("$P help errors")
    for _, code in ipairs(errors.names()) do assert.matches(code, list, 1, true) end
    assert.matches("^no%-text: .*\nWay out: ", (program.sh("$P help errors no-text")))
    assert.matches("did you mean 'timeout'", said(PROGRAM .. " help errors timeuot"))
  end)
end)

describe("what a run says of a reject", function()
  before_each(function()
    program.new_folder()
    folder = program.folder
  end)
  after_each(program.remove_folder)

  it("names line, place, document, field and the command that does it again", function()
    local text = told("function(doc)\n  return #doc.txt > 5 and doc\nend",
      '{"id": "a b", "text": "in the beginning"}\n', "--size 3")
    assert.matches(([[rejected (stage-error): attempt to get length of a nil value (field 'txt')
  DIR/recipe.lua:4 in stage 1 (DIR/recipe.lua:3)
      return #doc.txt > 5 and doc
                  ^^^
  the document has no field 'txt'; did you mean 'text'?
  document 'a b', DIR/in.jsonl:1, byte 0: "in the beginning"
  again: pumice why 'a b' DIR/recipe.lua DIR/in.jsonl --size=3
  more: pumice help errors stage-error
give --rejects FILE to keep them as they came
]]):gsub("DIR", folder), text, 1, true)
  end)

  it("finds the line of the recipe for what is raised inside of pumice", function()
    local text = told "function(doc)\n  local words = pumice.token.words(doc.txt)\n  return 1\nend"
    assert.matches("recipe.lua:4 in stage 1", text, 1, true)
    assert.matches("did you mean 'text'", text, 1, true)
  end)

  it("counts those that are alike, whatever the numbers in them", function()
    local lines = {}
    for i = 1, 50 do lines[i] = ('{"id": %d, "text": "t"}\n'):format(i) end
    local text = told("function(doc) error('no ' .. doc.id) end", table.concat(lines))
    assert.equal(1, select(2, text:gsub("rejected %(", "")))
    assert.matches("also [^\n]*in.jsonl:2, [^\n]*in.jsonl:3, 47 more of the same", text)
  end)

  it("stays on one screen", function()
    local lines = {}
    for i = 1, 100 do
      lines[i] = json.encode { id = i, text = ("x"):rep(500), kind = ("k"):rep(i) } .. "\n"
    end
    local text = told("function(doc) error(doc.kind) end", table.concat(lines))
    local report = text:match("rejected %(.*$")
    assert.is_true(select(2, report:gsub("\n", "")) <= 24)
    assert.is_nil(report:find(("x"):rep(100), 1, true))
    assert.matches("and 97 more for %d+ other reasons", report)
  end)
end)
