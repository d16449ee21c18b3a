--- JSON lines from Lua: one field read, one field written anew, against
--- lua-cjson (Debian's, for Lua 5.4) and, as a whole command, jq.
---
--- Lines are in memory; a round is all of them. jq reads and writes files: its
--- rate is what is left of its CPU time when that of starting it is taken away.
local corpus = require "corpus"
local figures = require "figures"
local json = require "pumice.json"
local timing = require "timing"

--- Bytes of lines in a round, few enough to be in the processor's cache, as
--- those just read from a file are; and rounds: one takes a millisecond or two.
local ROUND, ROUNDS = 1000 * 1000, 100

--- jq gets so many rounds in one file.
local JQ_ROUNDS = 8

local function read_lines(path)
  local lines, bytes = {}, 0
  for line in io.lines(path) do
    lines[#lines + 1], bytes = line, bytes + #line + 1
    if bytes > ROUND then break end
  end
  return lines, bytes
end

--- What is timed: one reads the text of all lines, one writes it anew. `sums`
--- gets the bytes of all texts.
local function loops(lines, decode, encode, sums, name)
  return function()
    local bytes = 0
    for i = 1, #lines do bytes = bytes + #decode(lines[i]).text end
    sums[name] = bytes
  end, function()
    local bytes = 0
    for i = 1, #lines do
      local doc = decode(lines[i])
      doc.text = doc.text .. "."
      bytes = bytes + #encode(doc)
    end
    assert(bytes > sums[name])
  end
end

--- The CPU seconds that jq takes to do the same with a file of these lines.
local function jq_seconds(lines)
  local path = "build/bench/round.jsonl"
  do
    local file <close> = assert(io.open(path, "wb"))
    for _ = 1, JQ_ROUNDS do assert(file:write(table.concat(lines, "\n"), "\n")) end
  end
  local best = timing.commands {
    all = ([[jq -c ".text += \".\"" %s]]):format(path), start = "jq -n .",
  }
  os.remove(path)
  return (best.all - best.start) / JQ_ROUNDS
end

local function rows_of(name, path, cjson)
  local lines, bytes = read_lines(path)
  local megabytes = bytes / 1e6
  local functions, sums = {}, {}
  functions.read, functions.rewrite = loops(lines, json.record, json.encode, sums, "ours")
  if cjson then
    functions.cjson_read, functions.cjson_rewrite =
      loops(lines, cjson.decode, cjson.encode, sums, "theirs")
  end
  local best = timing.functions(functions, ROUNDS)
  assert(not cjson or sums.ours == sums.theirs, name .. ": the texts differ")
  local function row(task, value, peer, seconds, at_least)
    return figures.figure { name = ("JSON lines %s: %s"):format(name, task),
      value = megabytes / value, unit = "MB/s", peer = peer,
      peer_value = seconds and megabytes / seconds, at_least = seconds and at_least }
  end
  return {
    row("read one field", best.read, "lua-cjson", best.cjson_read, 4),
    row("rewrite one field", best.rewrite, "lua-cjson", best.cjson_rewrite, 5),
    row("rewrite one field", best.rewrite, "jq, without its start", jq_seconds(lines), 25),
  }
end

return function()
  local found, cjson = pcall(require, "cjson")
  if not found then
    io.stderr:write("skipped: no lua-cjson for this Lua, see scripts/install-deps\n")
  end
  local rows = {}
  for _, case in ipairs {
    { "of 3.7 kB", corpus.jsonl }, { "of 230 bytes", corpus.short_jsonl },
    { "of escapes", corpus.escaped_jsonl },
  } do
    local more = rows_of(case[1], case[2](), found and cjson)
    table.move(more, 1, #more, #rows + 1, rows)
  end
  return rows
end
