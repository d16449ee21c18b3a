--- `pumice run -o`: rows, texts, files by a field, shards. See output_spec for a
--- single file, write_spec for Lua, csv_spec for reading rows.
local files = require "files"
local json = require "pumice.json"
local program = require "program"
local pumice = require "pumice"

local DOCUMENTS = [[
{"id":"a/1","text":"one,\n\"two\"","language":"en","n":1.0}
{"id":"a/2","text":"zwei","language":"de","tags":["p","q"],"big":12345678901234567890123}
{"id":"a/2","text":"trois\ttab","meta":{"lang":"fr"},"none":null}
]]

local function at(name) return program.folder .. "/" .. name end

--- Runs PASS over documents; @ is the folder.
local function run(documents, arguments)
  program.write("in.jsonl", documents)
  return program.run("@/in.jsonl -q " .. arguments)
end

--- What a peer makes of a file, as JSON.
local function peer(command)
  return assert(json.decode((files.output(command))))
end

describe("rows", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("have a column for every field that any document has", function()
    local _, said, status = run(DOCUMENTS, "-o @/out.csv")
    assert.equal(0, status, said)
    assert.equal('id,text,language,n,tags,big,meta,none\n'
      .. 'a/1,"one,\n""two""",en,1.0,,,,\n'
      .. 'a/2,zwei,de,,"[""p"",""q""]",12345678901234567890123,,\n'
      .. 'a/2,trois\ttab,,,,,"{""lang"":""fr""}",\n', program.read("out.csv"))
  end)

  it("have the columns of --fields, in their order", function()
    run(DOCUMENTS, "-o @/out.tsv.gz --fields text,none,language")
    local pipe <close> = assert(io.popen("gzip -dc " .. at "out.tsv.gz"))
    assert.equal('text\tnone\tlanguage\n"one,\n""two"""\t\ten\nzwei\t\tde\n"trois\ttab"\t\t\n',
      pipe:read("a"))
  end)

  it("read by ourselves, Python and Miller as they were", function()
    local texts = { "a,b", 'say "no"', "two\nlines", "cr\r\nlf", "", " edge ", "naïve 漢字", "'",
      '"', ",", "\\n", "=1+1", "# no", "\t" }
    local lines = {}
    for i, text in ipairs(texts) do
      lines[i] = json.encode { id = tostring(i), text = text, other = text .. "," }
    end
    run(table.concat(lines, "\n"), "-o @/out.csv --fields id,text,other")
    local path, ours = at "out.csv", {}
    for doc in pumice.read(path) do ours[#ours + 1] = { doc.id, doc.text, doc.other } end
    local python = peer(([[python3 -c 'import csv, json
print(json.dumps(list(csv.reader(open("%s", newline="", encoding="utf-8")))[1:]))']]):format(path))
    local miller = peer("mlr --icsv --ojson cat " .. path)
    for i, text in ipairs(texts) do
      assert.same({ tostring(i), text, text .. "," }, ours[i])
      assert.same({ tostring(i), text, text .. "," }, { table.unpack(python[i]) })
      assert.equal((text:gsub("\r\n", "\n")), miller[i].text) -- Miller makes all line ends one
    end
    assert.equal(#texts, #python)
  end)

  it("are what they were after another run", function()
    run(DOCUMENTS, "-o @/out.csv")
    program.run("@/out.csv -q -o @/again.csv")
    assert.equal(program.read("out.csv"), program.read("again.csv"))
  end)

  it("of drops and rejects have columns of their own", function()
    program.write("drop.lua", [[return require("pumice").recipe { summary = "a test",
      stages = function() return { function(doc)
        if doc.n then return nil, "has n", { value = doc.n, limit = 0, why = "so" } end
        return doc.none.x
      end } end }]])
    program.write("in.jsonl", DOCUMENTS)
    program.sh(("$P run @/drop.lua @/in.jsonl -q -o @/out.jsonl --dropped @/drop.csv "
      .. "--rejects @/rejects.tsv"):gsub("@", program.folder))
    local drop = peer("mlr --icsv --ojson cat " .. at "drop.csv")
    assert.equal(1, #drop)
    assert.same({ "a/1", "has n", '{"why":"so"}', 1, 0 }, { drop[1].id, drop[1].reason,
      drop[1].details, drop[1].value, drop[1].limit })
    assert.equal("1.0", drop[1].record:match('"n":(.-)}'))
    local rejects = peer("mlr --icsv --ifs tab --ojson cat " .. at "rejects.tsv")
    assert.same({ 2, 3 }, { rejects[1].line, rejects[2].line })
    assert.matches('"tags":["p","q"]', rejects[1].raw, 1, true)
  end)

  it("without documents are the header, if it is known", function()
    run("", "-o @/a.csv")
    run("", "-o @/b.csv --fields id,text")
    assert.same({ "", "id,text\n" }, { program.read("a.csv"), program.read("b.csv") })
  end)
end)

describe("a folder of texts", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("has a file for each document, named by its id", function()
    local _, said, status = run(DOCUMENTS, "-o @/out/")
    assert.equal(0, status, said)
    assert.same({ ["a/1.txt"] = 'one,\n"two"', ["a/2.txt"] = "zwei",
      ["a/2~2.txt"] = "trois\ttab" }, program.files "out")
    assert.equal("in.jsonl\nout\nrecipe.lua\nrejects\nstderr\n", program.sh("ls -A " .. at ""))
  end)

  it("reads back as the same documents", function()
    run(DOCUMENTS, "-o '@/out/{id}.txt.zst'")
    local texts = {}
    for doc in pumice.read(at "out") do texts[#texts + 1] = doc.text end
    assert.same({ 'one,\n"two"', "zwei", "trois\ttab" }, texts)
  end)

  it("keeps every id within the folder, and any two apart", function()
    local ids = { "../../escape", "/etc/passwd", "..", ".", "", ".hidden", "-rf", "a//b", "a/../b",
      "a%2Fb", "a/b", "a:b", "a\nb", "https://x.example/y?z=1", ("long"):rep(200),
      ("long"):rep(200) .. "2", "ünï/cödé", "a.txt/b", "a", "a.txt", "a~2", "x/y.html.gz", "CON*" }
    local lines = {}
    for i, id in ipairs(ids) do lines[i] = json.encode { id = id, text = "text of " .. i } end
    local _, said, status = run(table.concat(lines, "\n"), "-o @/out/")
    assert.equal(0, status, said)
    local count, by_text = 0, {}
    for name, text in pairs(program.files "out") do
      count, by_text[text] = count + 1, name
    end
    assert.equal(#ids, count)
    assert.equal("x/y.txt", by_text["text of " .. #ids - 1])
    assert.equal("%2E.%2F..%2Fescape.txt", by_text["text of 1"])
    assert.equal("~.txt", by_text["text of 5"])
    assert.equal("in.jsonl\nout\nrecipe.lua\nrejects\nstderr\n", program.sh("ls -A " .. at ""))
  end)

  it("rejects a document without a text", function()
    local _, said, status = run('{"id":"1"}\n{"id":"2","text":"x"}', "-o @/out/")
    assert.equal(1, status)
    assert.matches("no-text", said, 1, true)
    assert.same({ ["2.txt"] = "x" }, program.files "out")
  end)
end)

describe("files by a field", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("hold the documents of each value, in their order", function()
    local lines, expected = {}, {}
    for i = 1, 3000 do
      local language = ({ "en", "de", "x/../y" })[i % 3 + 1]
      lines[i] = json.encode { id = i, language = language, text = ("w"):rep(i % 50) }
      local name = language:gsub("/", "%%2F") .. ".jsonl.gz"
      expected[name] = (expected[name] or "") .. lines[i] .. "\n"
    end
    local _, said, status = run(table.concat(lines, "\n"), "-o '@/out/{language}.jsonl.gz' -j 3")
    assert.equal(0, status, said)
    assert.same(expected, program.files("out", "gzip -dc"))
  end)

  it("may go by a field inside of a table, and in folders", function()
    run('{"meta":{"lang":"fr"},"n":1}\n{"meta":{"lang":".."},"n":true}\n{"meta.lang":"x","n":2}',
      "-o '@/out/{meta.lang}/{n}.csv'")
    assert.same({ ["fr/1.csv"] = 'meta,n,meta.lang\n"{""lang"":""fr""}",1,\n',
      ["%2E./true.csv"] = 'meta,n,meta.lang\n"{""lang"":""..""}",true,\n',
      ["x/2.csv"] = 'meta,n,meta.lang\n,2,x\n' }, program.files "out")
  end)

  it("reject a document without the field, unless there is a name for such", function()
    local documents = '{"id":1}\n{"id":2,"l":"x"}\n{"id":3,"l":null}\n{"id":4,"l":["x"]}\n'
      .. '{"id":5,"l":""}'
    local _, said, status = run(documents, "-o '@/a/{l}.jsonl'")
    assert.equal(1, status)
    assert.matches("the field 'l' is missing, and the output goes by it", said, 1, true)
    assert.matches("{l|other} names a file for such documents", said, 1, true)
    assert.same({ "1", "3", "4", "5" }, (function()
      local ids = {}
      for i, raw in ipairs(program.fields(program.read("rejects"), "raw")) do
        ids[i] = raw:match "%d"
      end
      return ids
    end)())
    assert.same({ ["x.jsonl"] = '{"id":2,"l":"x"}\n' }, program.files "a")
    run(documents, "-o '@/b/{l|other}.jsonl'")
    assert.same({ 1, 3, 5 }, program.fields(program.files("b")["other.jsonl"], "id"))
  end)

  it("are no more than --max-files", function()
    local lines = {}
    for i = 1, 300 do lines[i] = ('{"id":"%d"}'):format(i) end
    local _, said, status = run(table.concat(lines, "\n"), "-o '@/out/{id}.jsonl' --max-files 299")
    assert.equal(2, status)
    assert.matches("more than 299 values, and as many files; --max-files allows", said, 1, true)
    assert.equal("in.jsonl\nrecipe.lua\nstderr\n", program.sh("ls -A " .. at ""))
    -- Far more files than descriptors.
    program.write("in.jsonl", table.concat(lines, "\n"))
    _, said, status = program.sh(("ulimit -n 40; $P run @/recipe.lua @/in.jsonl -q -j 1 "
      .. "-o '@/out/{id}.jsonl'"):gsub("@", program.folder))
    assert.equal(0, status, said)
    local found = program.files "out"
    for i = 1, 300 do assert.equal(lines[i] .. "\n", found[i .. ".jsonl"]) end
  end)

  it("make up a folder of their own, and no other is touched", function()
    program.sh(("mkdir %s; echo old > %s"):format(at "out", at "out/old"))
    for _, path in ipairs { "@/out/{id}.jsonl", "@/out/", "@/out --shard-docs 1" } do
      local _, said, status = run(DOCUMENTS, "-o " .. path)
      assert.equal(2, status, path)
      assert.matches("out: there are files in it", said, 1, true)
    end
    assert.same({ old = "old\n" }, program.files "out")
    assert.equal("in.jsonl\nout\nrecipe.lua\nstderr\n", program.sh("ls -A " .. at ""))
    program.sh(("cd %s && rm out/old && ln -s out link"):format(program.folder))
    local _, said, status = run(DOCUMENTS, "-o @/link/")
    assert.equal(2, status)
    assert.matches("link: Not a directory; several files make up a folder", said, 1, true)
    _, said, status = run(DOCUMENTS, "-o /proc/") -- a mount point
    assert.equal(2, status)
    assert.matches("/proc: Invalid cross-device link", said, 1, true)
    assert.equal(0, (select(3, run(DOCUMENTS, "-o @/out/ --dropped @/out/dropped.csv.gz"))))
    assert.is_string(program.files("out")["dropped.csv.gz"])
  end)
end)

describe("shards", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  local lines = {}
  for i = 1, 500 do
    lines[i] = json.encode { id = i, language = i % 2 == 0 and "en" or "de",
      text = ("w"):rep(i * 37 % 400) }
  end
  lines[100] = json.encode { id = 100, language = "en", text = ("long"):rep(3000) }
  local all = table.concat(lines, "\n") .. "\n"

  it("are cut at documents and hold all of them", function()
    run(all, "-o @/out --shard-size 10KB")
    local whole, number = "", 0
    local found = program.files "out"
    while found[("%05d.jsonl"):format(number)] do
      local bytes = found[("%05d.jsonl"):format(number)]
      assert.is_true(#bytes <= 10000 or #program.records(bytes) == 1)
      whole, number = whole .. bytes, number + 1
    end
    assert.is_true(number > 10)
    assert.is_true(all == whole)
  end)

  it("may be of so many documents, by a field, and rows with a header each", function()
    run(all, "-o '@/out/{language}/part.csv.zst' --shard-docs 120 --fields id")
    local found = program.files("out", "zstd -dqc")
    local count = 0
    for _, rows in pairs(found) do
      assert.equal("id", rows:match "^[^\n]*")
      count = count + select(2, rows:gsub("\n", "")) - 1
    end
    assert.equal(500, count)
    assert.equal(121, (select(2, found["en/part-00001.csv.zst"]:gsub("\n", ""))))
    assert.equal("id\n482\n", found["en/part-00002.csv.zst"]:sub(1, 7))
  end)

  it("have a size that makes sense", function()
    for _, size in ipairs { "0", "10XB", "much", "-5" } do
      assert.equal(2, (select(3, run(all, "-o @/out --shard-size " .. size))))
    end
  end)
end)

describe("outputs of any kind", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  local kinds = {
    -- what is given, the file or folder
    { "-o @/NAME.csv.gz", "NAME.csv.gz" },
    { "-o @/NAME/", "NAME" },
    { "-o '@/NAME/{language}.jsonl.zst'", "NAME" },
    { "-o '@/NAME/{language}.csv' --shard-size 20KB", "NAME" },
  }
  for _, kind in ipairs(kinds) do
    it("come out the same, cut off and resumed by 1, 2 and 5 workers: " .. kind[1], function()
      local lines = {}
      for i = 1, 600 do
        lines[i] = json.encode { id = "p/" .. i % 500, language = "l" .. i % 7,
          text = ("w%d "):format(i):rep(30), [i % 100 == 0 and "rare" or "common"] = i }
      end
      program.write("in.jsonl", table.concat(lines, "\n"))
      local function result(name)
        return (program.sh(("cd %s && find %s -type f | sort | xargs sha256sum | sed s/%s/X/")
          :format(program.folder, name, name:match "%w+")))
      end
      local arguments = "@/in.jsonl -q " .. kind[1] .. " --dropped @/NAME.dropped.tsv"
      program.cut_off(arguments, { kind[2] })
      local whole = result(kind[2]:gsub("NAME", "whole"))
      assert.is_true(#whole > 60)
      for _, jobs in ipairs { 1, 2, 5 } do
        assert.equal(whole, result((kind[2]:gsub("NAME", "cut" .. jobs))))
      end
      assert.equal("", (program.sh(("ls -A %s | grep '^\\.'"):format(program.folder))))
    end)
  end

  local mistakes = {
    -- arguments, what is said
    { "-o '{language}.jsonl'", "files by a field make up a folder of their own" },
    { "-o out.txt", "a text file holds one document; a folder" },
    { "-o out.html", "html is read but not written" },
    { "-o out.jsonl.BZ2", "out.jsonl.BZ2: .bz2 is not written; what is written: jsonl, csv" },
    { "-o out.parquet", ".parquet is not written" },
    { "-o 'out/{language}/'", "the last / has no name of a file behind it" },
    { "-o out.jsonl --fields a", "fields are the columns of CSV and TSV, not of jsonl" },
    { "-o out.jsonl --shard-docs 5", "shards make up a folder of their own" },
    { "--shard-docs 5", "shards are files in a folder" },
    { "-o out/ --to text --shard-docs 5", "is no shard" },
    { "-o 'out/{a.jsonl'", "a { without its }" },
    { "-o 'out/{}.jsonl'", "names no field" },
    { "-o 'out/{a|../b}.jsonl'", "no file can have that name" },
    { "-o a.jsonl --dropped a.jsonl", "-o and --dropped name the same file" },
    { "-o a.jsonl --dropped d/", "--dropped: d/: " },
    { "-o a.jsonl --to jsno", "must be one of 'jsonl'" },
  }
  for _, case in ipairs(mistakes) do
    it("refuse " .. case[1], function()
      local _, said, status = run(DOCUMENTS, case[1])
      assert.equal(2, status)
      assert.matches(case[2], said, 1, true)
    end)
  end

  it("go where a link points to, which stays a link", function()
    local links = {
      -- what is made, the link, where the bytes are
      { "mkdir far && echo old > far/a && ln -s far/a a", "a", "far/a" },
      { "mkdir far && ln -s far/none b", "b", "far/none" },
      { "mkdir far && ln -s ../c far/b && ln -s $PWD/far/b a", "a", "c" },
    }
    for _, case in ipairs(links) do
      local made, link, target = table.unpack(case)
      program.sh(("cd %s && rm -rf far a b c && %s"):format(program.folder, made))
      local _, said, status = run(DOCUMENTS, "-o @/" .. link)
      assert.equal(0, status, said)
      local asked = ("[ -L %s/%s ] && echo link"):format(program.folder, link)
      assert.equal("link\n", (program.sh(asked)))
      assert.matches('^{"', program.read(target))
      assert.equal("", (program.sh(("cd %s && ls -A . far | grep 'part$'"):format(program.folder))))
    end
    program.sh(("cd %s && ln -s x y && ln -s y x"):format(program.folder))
    local _, said, status = run(DOCUMENTS, "-o @/x")
    assert.same({ 3, "symbolic links" }, { status, said:match "symbolic links" })
  end)

  it("can be told whatever the name", function()
    assert.equal("id,text\n1,x\n", (run('{"id":"1","text":"x"}', "--to csv")))
  end)
end)
