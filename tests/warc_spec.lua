--- WARC and WET as inputs of a run.
local files = require "files"
local program = require "program"

local fields, records, run = program.fields, program.records, program.run

local numbered = 0

--- A record; `length` and `separator` may be wrong.
local function record(kind, url, block, options)
  options = options or {}
  numbered = numbered + 1
  return ("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Target-URI: %s\r\n"
    .. "WARC-Date: 2024-01-02T03:04:05Z\r\n%sContent-Length: %s\r\n\r\n%s%s"):format(
    kind, numbered, url, options.header or "", options.length or #block, block,
    options.separator or "\r\n\r\n")
end

local function response(url, body, options)
  options = options or {}
  return record("response", url, ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\n%s\r\n%s"):format(
    options.type or "text/html; charset=utf-8", options.http or "", body), options)
end

local function chunked(body)
  local parts = {}
  for at = 1, #body, 7 do
    local piece = body:sub(at, at + 6)
    parts[#parts + 1] = ("%x;ext=1\r\n%s\r\n"):format(#piece, piece)
  end
  return table.concat(parts) .. "0\r\n\r\n"
end

local function page(name)
  return ("<html><body>%s: %s</body></html>"):format(name, ("word "):rep(20))
end

--- Where each of a list of strings begins in them all.
local function offsets(parts)
  local at, list = 0, {}
  for i, part in ipairs(parts) do
    list[i] = at
    at = at + #part
  end
  return list
end

describe("pumice run over WARC", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("reads pages and texts, and counts what else there is", function()
    program.write("in.warc", record("warcinfo", "x", "software: test\r\n")
      .. record("request", "http://a/", "GET / HTTP/1.1\r\n\r\n")
      .. response("<http://a/1>", page "one")
      .. response("http://a/2.png", "PNG", { type = "image/png" })
      .. response("http://a/3", page "three", { type = "" })
      .. record("conversion", "http://a/4", "plain text",
        { header = "Content-Type: text/plain\r\n" })
      .. response("http://a/5", ""))
    local out, said, status = run("@/in.warc")
    assert.equal(0, status, said)
    local docs = records(out)
    assert.same({ "http://a/1", "http://a/3", "http://a/4" }, fields(out, "url"))
    assert.matches("^<urn:uuid:%d+>$", docs[1].id)
    assert.equal("2024-01-02T03:04:05Z", docs[1].date)
    assert.equal(page "one", docs[1].html)
    assert.equal("utf-8", docs[1].charset)
    assert.is_nil(docs[2].charset)
    assert.equal("plain text", docs[3].text)
    assert.matches("passed over 4 records", said)
    assert.matches("3 read = 3 kept", said)
  end)

  it("undoes transfer and content encodings, also those that are undone already", function()
    local body = page "encoded"
    local gzip = files.through("gzip -c", body)
    local zlib = files.through("python3 -c 'import sys,zlib; "
      .. "sys.stdout.buffer.write(zlib.compress(sys.stdin.buffer.read()))'", body)
    local zstd = files.through("zstd -qc", body)
    local te, ce = "Transfer-Encoding: chunked\r\n", "Content-Encoding: %s\r\n"
    program.write("in.warc", table.concat {
      response("u", chunked(body), { http = te }),
      response("u", gzip, { http = ce:format "gzip" }),
      response("u", chunked(gzip), { http = te .. ce:format "GZIP" }),
      response("u", zlib, { http = ce:format "deflate" }),
      response("u", zstd, { http = ce:format "zstd" }),
      response("u", files.through("gzip -c", zstd), { http = ce:format "zstd, gzip" }),
      response("u", body, { http = te .. ce:format "gzip" }),
      response("u", body, { http = ce:format "deflate" }),
    })
    local out, said = run("@/in.warc")
    assert.equal(8, #records(out), said)
    for _, html in ipairs(fields(out, "html")) do assert.equal(body, html) end
  end)

  it("rejects bodies that cannot be decoded", function()
    local gzip = files.through("gzip -c", page "cut")
    program.write("in.warc", table.concat {
      response("u", "?", { http = "Content-Encoding: br\r\n" }),
      response("u", gzip:sub(1, -12), { http = "Content-Encoding: gzip\r\n" }),
      response("u", chunked(page "cut"):sub(1, -20), { http = "Transfer-Encoding: chunked\r\n" }),
      response("u", files.through("gzip -9c", ("<p>"):rep(5000000)),
        { http = "Content-Encoding: gzip\r\n" }),
      -- The crawler says that it stopped: what there is counts.
      response("u", gzip:sub(1, -12),
        { http = "Content-Encoding: gzip\r\n", header = "WARC-Truncated: length\r\n" }),
    })
    local out = run("@/in.warc")
    assert.same({ "unknown-encoding", "bad-encoding", "bad-encoding", "too-long" },
      fields(program.read("rejects"), "code"))
    assert.equal(1, #records(out))
    assert.matches("^<html>", records(out)[1].html)
  end)

  it("tells the kind by name, by content and by --from", function()
    local bytes = record("conversion", "u", "text")
    program.write("a.warc", bytes)
    program.write("b.wet", bytes)
    program.write("c", bytes)
    program.write("d.data", bytes)
    assert.equal(4, #records((run("@/a.warc @/b.wet @/c @/d.data"))))
    assert.equal(1, #records((run("--from wet @/d.data"))))
    for _, pack in ipairs { "cat", "gzip -c", "zstd -qc" } do
      assert.equal(1, #records((program.sh(("%s %s/c | $P run %s/recipe.lua -"):format(
        pack, program.folder, program.folder)))))
    end
  end)

  it("rejects damaged records with their place, and goes on at the next one", function()
    local parts = {
      response("1", page "good"),
      response("2", page "length too short", { length = 20 }),
      response("3", page "good"),
      response("4", page "length too long", { length = 300 }),
      response("5", page "good, without a separator", { separator = "" }),
      response("6", page "good, with half of one", { separator = "\r\n" }),
      response("7", page "length is no number", { length = "many" }),
      response("8", page "good", { separator = "\r\n\r\n\r\n\r\n" }),
      "what is this?\r\n",
      response("\xFF9", page "good"),
      response("10", page "length beyond the end", { length = 100000 }),
    }
    program.write("in.warc", table.concat(parts))
    local out, _, status = run("@/in.warc")
    assert.equal(1, status)
    assert.same({ "1", "3", "5", "6", "8", "%FF9" }, fields(out, "url"))
    local rejects = program.read("rejects")
    local at = offsets(parts)
    assert.same({ at[2], at[4], at[7], at[9], at[11] }, fields(rejects, "offset"))
    assert.same({ "bad-length", "bad-length", "bad-warc", "bad-warc", "bad-length" },
      fields(rejects, "code"))
    assert.equal(parts[2], records(rejects)[1].raw)
    assert.equal(parts[9], records(rejects)[4].raw)
  end)

  it("goes on behind a damaged member of gzip", function()
    local members, all = {}, {}
    for i = 1, 60 do
      local words = {}
      for n = 1, 200 do words[n] = tostring(i * 7919 * n % 10007) end
      members[i] = files.through("gzip -c", response(tostring(i), table.concat(words, " ")))
    end
    table.move(members, 1, #members, 1, all)
    all[10] = all[10]:sub(1, 300)                        -- cut
    all[20] = all[20]:sub(1, 300) .. all[20]:sub(302)    -- a byte is missing
    all[30] = "\31\139" .. ("rubbish"):rep(20)           -- no member
    all[60] = all[60]:sub(1, -20)                        -- cut at the end
    program.write("in.warc.gz", table.concat(all))
    local out, _, status = run("@/in.warc.gz")
    assert.equal(1, status)
    local got = {}
    for _, url in ipairs(fields(out, "url")) do got[tonumber(url)] = true end
    for i = 1, 60 do
      local damaged = i == 10 or i == 20 or i == 30 or i == 60
      assert.equal(not damaged, got[i] == true, "record " .. i)
    end
    assert.same({ "cannot-read", "cannot-read", "cannot-read", "cannot-read" },
      fields(program.read("rejects"), "code"))
    assert.matches("^gzip: .*, at byte %d+ of the file$",
      fields(program.read("rejects"), "reason")[1])
  end)

  it("passes over a record that is too long, whatever its length says", function()
    local long = response("2", ("x"):rep(600000))
    local parts = { response("1", page "a"), long, response("3", page "b"),
      response("4.mp4", ("x"):rep(600000), { type = "video/mp4" }),
      response("5", page "c", { length = 99999999 }), response("6", page "d") }
    program.write("in.warc", table.concat(parts))
    local out, said = run("@/in.warc --max-record 5000")
    assert.same({ "1", "3", "6" }, fields(out, "url"))
    local rejects, at = program.read("rejects"), offsets(parts)
    assert.same({ "too-long", "bad-length" }, fields(rejects, "code"))
    assert.same({ at[2], at[5] }, fields(rejects, "offset"))
    assert.matches(("document [^\n]+/in.warc, byte %d: "):format(at[2]), said)
    assert.equal(("a record of %d bytes; at most 5000 are read"):format(#long),
      records(rejects)[1].reason)
    assert.matches("passed over 1 records", said)
  end)

  it("gives the same bytes for any number of workers, and after kill -9", function()
    local parts, zipped = {}, {}
    for i = 1, 1500 do
      local body = ("page %d "):format(i):rep(150)
      parts[i] = i % 50 == 0 and response(tostring(i), body, { length = 30 })
        or i % 3 == 0 and record("request", tostring(i), "GET /")
        or response(tostring(i), body)
    end
    program.write("in.warc", table.concat(parts))
    -- Members of 100 records, one of them damaged.
    for i = 1, 15 do
      local member = files.through("gzip -c", table.concat(parts, "", i * 100 - 99, i * 100))
      zipped[i] = i == 7 and member:sub(1, #member // 2) .. member:sub(#member // 2 + 3) or member
    end
    program.write("in.warc.gz", table.concat(zipped))
    local outputs = {}
    for i, jobs in ipairs { 1, 2, 5 } do
      outputs[i] = run(("@/in.warc @/in.warc.gz -j %d"):format(jobs)) .. program.read("rejects")
    end
    assert.is_true(#outputs[1] > 1000000)
    assert.is_true(outputs[1] == outputs[2] and outputs[1] == outputs[3])
    local results, tries = program.cut_off(
      "@/in.warc @/in.warc.gz -o @/NAME.out.gz --rejects @/NAME.rej", { "NAME.out.gz", "NAME.rej" })
    assert.is_true(math.max(table.unpack(tries)) >= 1, "it never ran")
    for i = 2, #results do assert.is_true(results[1] == results[i]) end
  end)
end)

describe("pumice run over HTML", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("gives a document with the page as it came, from files, folders and a pipe", function()
    os.execute(("mkdir %s/pages"):format(program.folder))
    program.write("pages/a.html", "<p>one</p>")
    program.write("pages/b.htm", "<p>two</p>")
    program.write("pages/c.txt", "three")
    program.write("d", "<!DOCTYPE html><p>four</p>")
    local out = run("@/pages @/d")
    assert.same({ "<p>one</p>", "<p>two</p>", "-", "<!DOCTYPE html><p>four</p>" },
      fields(out, "html"))
    assert.same({ "-", "-", "three", "-" }, fields(out, "text"))
    assert.same({ "<p>one</p>" }, fields((program.sh(("$P run %s/recipe.lua - --from html < %s")
      :format(program.folder, program.folder .. "/pages/a.html"))), "html"))
  end)
end)
