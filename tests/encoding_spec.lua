--- Input that is not UTF-8, or has a key twice: refused, replaced, decoded, counted.
local is_twice = require "twice"
local program = require "program"
local pumice = require "pumice"

local json = pumice.json
local write, run = program.write, program.run

local BAD = '{"id":"1","text":"caf\xE9"}\n'
  .. '{"id":"2","text":"\\ud83d\\ude00\\\\ud800\\udc00\\ud83d"}\n'
  .. '{"id":"3","text":"caf\u{E9}"}\n'

describe("a file of lines or rows that is not made of bytes", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  local line = '{"id":"1","text":"a"}\n'
  local cases = {
    -- the charset, how its file begins
    { "UTF-16", "\xFF\xFE" }, { "UTF-16", "\xFE\xFF" }, { "UTF-16LE", "" }, { "UTF-16BE", "" },
    { "UTF-32", "\xFF\xFE\0\0" }, { "UTF-32", "\0\0\xFE\xFF" },
  }
  for _, case in ipairs(cases) do
    local charset, mark = table.unpack(case)
    it(("is refused as a whole, and its charset is named: %s after %q"):format(charset, mark),
      function()
        local big = mark:find "\xFE\xFF$" or charset == "UTF-16BE"
        local unit = (">I%d"):format(charset == "UTF-32" and 4 or 2):gsub(">", big and ">" or "<")
        local wide = line:gsub(".", function(c) return unit:pack(c:byte()) end)
        for _, name in ipairs { "in.jsonl", mark ~= "" and "in.csv" or nil } do
          program.write(name, mark .. wide:rep(3))
          for _, policy in ipairs { "reject", "decode" } do
            local out, said, status = program.run(("@/%s --invalid %s"):format(name, policy))
            assert.same({ "", 1 }, { out, status })
            assert.matches(("the file is %s; iconv -f %s -t UTF-8"):format(charset, charset), said,
              1, true)
            assert.matches("\n1 read = 0 kept + 0 dropped + 1 rejected\n", said, 1, true)
          end
        end
      end)
  end
end)

describe("a byte order mark at the start of an input", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("is passed over and counted, whatever is in the input, for any number of workers", function()
    local mark = "\xEF\xBB\xBF"
    local long = ('{"id":"1"}\n'):rep(100000)
    write("a.jsonl", mark .. long)
    write("b.csv", mark .. "id,text\n1,x\n")
    write("c.txt", mark .. "text")
    write("d.html", mark .. "<p>text")
    write("e.jsonl", long .. mark .. '{"id":"not first"}\n')
    program.sh(("cd %s; gzip -c a.jsonl > f.jsonl.gz; zstd -q c.txt; printf '%%s' '%s' > g.txt")
      :format(program.folder, mark))
    local said = {}
    for jobs = 1, 2 do
      local out, _, status = run(
        "@/a.jsonl @/b.csv @/c.txt @/d.html @/e.jsonl @/f.jsonl.gz @/c.txt.zst @/g.txt - "
        .. "--manifest @/manifest -j " .. jobs .. " < @/a.jsonl")
      assert.equal(1, status)
      assert.is_nil(out:find(mark, 1, true))
      assert.same({ "not first" }, { program.read("rejects"):match "not first" })
      said[jobs] = program.read("stderr"):match "passed over a byte order mark[^\n]+"
      assert.matches('"marked": 8', program.read "manifest", 1, true)
    end
    local expected = "passed over a byte order mark at the start of 8 inputs"
    assert.same({ expected, expected }, said)
  end)

  it("is counted once when the run is cut off and resumed", function()
    write("in.jsonl", "\xEF\xBB\xBF" .. ('{"id":1}\n'):rep(3000))
    local results, tries = program.cut_off(
      "@/in.jsonl @/in.jsonl -o @/NAME --manifest @/NAME.json", { "NAME" })
    assert.is_true(tries[1] > 1)
    assert.equal(results[1], results[2])
    for _, name in ipairs { "whole", "cut1", "cut2", "cut5" } do
      assert.matches('"marked": 2', program.read(name .. ".json"), 1, true)
    end
  end)
end)

describe("--invalid", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("rejects by default", function()
    write("in.jsonl", BAD)
    local out, said, status = run "@/in.jsonl"
    assert.equal(1, status)
    assert.same({ "3" }, program.fields(out, "id"))
    assert.matches("3 read = 1 kept %+ 0 dropped %+ 2 rejected", said)
  end)

  local policies = {
    -- policy, the text of the first, of the others
    { "replace", "caf\u{FFFD}" },
    { "decode", "caf\u{E9}" },
  }
  for _, case in ipairs(policies) do
    local policy, expected = table.unpack(case)
    it(policy .. " mends lines, rows, files and pages, and counts them", function()
      write("in.jsonl", BAD)
      local out, said, status = run("@/in.jsonl --manifest @/manifest --invalid " .. policy)
      assert.equal(0, status, said)
      assert.same({ expected, "\u{1F600}\\ud800\u{FFFD}\u{FFFD}", "caf\u{E9}" },
        program.fields(out, "text"))
      assert.matches("made UTF%-8 of 2 documents that were not", said)
      assert.matches('"mended": 2', program.read "manifest", 1, true)
      write("in.csv", "id,text\n\xE9,caf\xE9\n")
      write("in.txt", "caf\xE9")
      local body = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=latin1\r\n\r\ncaf\xE9"
      write("in.warc", "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
        .. ("Content-Length: %d\r\n\r\n%s\r\n\r\n"):format(#body, body))
      out = run("@/in.csv @/in.txt --invalid " .. policy)
      assert.same({ expected, expected }, program.fields(out, "text"))
      assert.same({ expected }, program.fields((run("@/in.warc --invalid " .. policy)), "html"))
    end)
  end

  it("decode knows UTF-16 with and without a mark", function()
    write("a.txt", "\xFF\xFEh\0i\0")
    write("b.txt", "h\0e\0l\0l\0o\0 \0y\0o\0u\0")
    local out = run "@/a.txt @/b.txt --invalid decode"
    assert.same({ "hi", "hello you" }, program.fields(out, "text"))
  end)

  it("keeps a run from going on under another policy", function()
    write("slow.lua", program.SLOW)
    write("in.jsonl", ('{"id":1}\n'):rep(20000))
    local command = ("run %s/slow.lua %s/in.jsonl -j1 --commit-every 0.02 -o %s/out"):format(
      program.folder, program.folder, program.folder)
    program.run_and_kill(command, "out")
    local _, said, status = program.sh("$P " .. command .. " --invalid replace --resume")
    assert.equal(2, status)
    assert.matches("cannot resume, the run has changed: %-%-invalid: ", said)
  end)

  it("is an option of pumice.read as well", function()
    local path = write("in.csv", "id,text\n1,caf\xE9\n")
    assert.equal("caf\u{E9}", pumice.read(path, { invalid = "decode" })().text)
    assert.equal("caf\xE9", pumice.read(path)().text)
    assert.error_matches(function() pumice.read(path, { invalid = "dcode" }) end, "'decode'")
  end)
end)

--- Lines of JSON with few different keys, some of them escaped, at any depth.
local function random_lines(count)
  local state = 1
  local function random(n)
    state = (state * 6364136223846793005 + 1442695040888963407)
    return (state >> 33) % n
  end
  local keys = { "a", "b", "ab", "", "\\u0061", "\\u0061b", "caf\u{E9}", "caf\\u00e9", "a long key",
    "a long kez", "b long key", '\\"', "\\u0022" }
  local function value(depth)
    local kind = random(depth > 3 and 2 or 4)
    if kind == 0 then return tostring(random(9)) end
    if kind == 1 then return '"' .. keys[random(#keys) + 1] .. '"' end
    local parts = {}
    for i = 1, random(5) do
      parts[i] = (kind == 2 and ('"%s":'):format(keys[random(#keys) + 1]) or "") .. value(depth + 1)
    end
    return (kind == 2 and "{%s}" or "[%s]"):format(table.concat(parts, ", "))
  end
  local lines = {}
  for i = 1, count do lines[i] = ('{"id":%d,"%s":%s}'):format(i, keys[random(4) + 1], value(0)) end
  return lines
end

describe("a key that comes twice", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("is counted in exactly the documents that have one, and --strict rejects those", function()
    local lines, whole = random_lines(5000), {}
    for _, line in ipairs(lines) do
      if not is_twice(line, json.decode) then whole[#whole + 1] = line .. "\n" end
    end
    assert.is_true(#whole > 500 and #whole < 4500)
    write("in.jsonl", table.concat(lines, "\n"))
    for jobs = 1, 2 do
      local out, said, status = run("@/in.jsonl --manifest @/manifest -j " .. jobs)
      assert.equal(0, status, said)
      assert.equal(table.concat(lines, "\n") .. "\n", out)
      assert.matches(("took the last value of a key that comes twice in %d documents\n"):format(
        #lines - #whole), said, 1, true)
      assert.matches(('"doubled": %d,'):format(#lines - #whole), program.read "manifest", 1, true)
    end
    local out, said, status = run "@/in.jsonl --strict --manifest @/manifest"
    assert.equal(1, status)
    assert.equal(table.concat(whole), out)
    assert.is_nil(said:find "the last value" or program.read "manifest":find "doubled")
  end)

  it("is counted in a line that was mended, and once behind a barrier", function()
    write("in.jsonl", '{"id":1,"text":"caf\xE9","id":2}\n{"id":3}\n')
    write("group.lua", [[local pumice = require "pumice"
      return pumice.recipe { summary = "a test", stages = function() return { pumice.group {
        key = function(doc) return doc.id end,
        each = function(docs) return docs end } } end }]])
    local _, said, status = program.sh(("$P run %s/group.lua %s/in.jsonl --invalid replace"):format(
      program.folder, program.folder))
    assert.equal(0, status, said)
    assert.matches("comes twice in 1 documents\n", said)
  end)

  it("is counted once when the run is cut off and resumed", function()
    write("in.jsonl", ('{"id":1,"id":2}\n{"id":3}\n'):rep(1500))
    local results, tries = program.cut_off(
      "@/in.jsonl -o @/NAME --manifest @/NAME.json", { "NAME" })
    assert.is_true(tries[1] > 1)
    assert.equal(results[1], results[2])
    for _, name in ipairs { "whole", "cut1", "cut2", "cut5" } do
      assert.matches('"doubled": 1500', program.read(name .. ".json"), 1, true)
    end
  end)
end)

describe("--strict", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("rejects a key that comes twice, at any depth, however it is written", function()
    write("in.jsonl", '{"a":1,"a":2}\n{"a":1,"\\u0061":2}\n{"a":[{"b":1,"b":1}]}\n'
      .. '{"a":[{"b":1},{"b":1}],"b":{"a":1}}\n')
    local out = run "@/in.jsonl --strict"
    assert.equal('{"a":[{"b":1},{"b":1}],"b":{"a":1}}\n', out)
    assert.same({ 'a key comes twice: "a"', 'a key comes twice: "a"', 'a key comes twice: "b"' },
      program.fields(program.read "rejects", "reason"))
    assert.equal(4, #program.records((run "@/in.jsonl")))
  end)

  it("finds one key among very many in little time", function()
    local fields = {}
    for i = 1, 100000 do fields[i] = ('"k%d":1'):format(i) end
    write("in.jsonl", "{" .. table.concat(fields, ",") .. "}\n")
    local _, said, status = run "@/in.jsonl --strict --timeout 5"
    assert.equal(0, status, said)
  end)
end)

describe("--max-window", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("reads what zstd packs with --long", function()
    -- The least frame that asks for a window of 256 MiB: one raw block.
    local line = '{"id":"1"}\n'
    write("in.jsonl.zst", "\x28\xB5\x2F\xFD\x00" .. string.char((28 - 10) << 3)
      .. ("<I3"):pack(#line << 3 | 1) .. line)
    local out, said, status = run "@/in.jsonl.zst"
    assert.equal(1, status)
    assert.equal("", out)
    assert.matches("too much memory", said)
    assert.equal(line, (run "@/in.jsonl.zst --max-window 256MiB"))
  end)
end)
