--- Near-duplicates: text to sketches, sketches to groups, and JSON lines to
--- verified pairs, beside datasketch, rensa, gaoya and text-dedup; then how cost
--- grows, what repeats, and how two texts align.
---
--- Everybody hashes 5-grams of words to 128 slots and looks for a similarity of
--- 0.33 on, in 32 bands of 4, on one thread.
local figures = require "figures"
local growth = require "dedup_growth"
local made_news = require "made_news"
local passages = require "dedup_passages"
local peers = require "python_peers"
local rensa_native = require "rensa_native"
local index = require "pumice.index"
local shingle = require "pumice.shingle"
local timing = require "timing"

--- Slow peers read a part of the corpus; what is done with that part in a few
--- milliseconds is done so often.
local OFTEN = 20
local PART, ALL = 4 * 1000 * 1000, 1000 * 1000 * 1000

--- What rensa's kernel was before it took up this very method.
local OLDER = "build/bench/rensa-0.4.0"

--- Megabytes of text a second by each way to split words, and of sketches alone:
--- see sketch_paths.c.
local function paths(texts)
  local path, program = "build/bench/made_news.txt", "build/bench/sketch_paths"
  local file <close> = assert(io.open(path, "wb"))
  for _, text in ipairs(texts) do assert(file:write(text, "\0")) end
  file:close()
  assert(os.execute(("cc -O2 -D_GNU_SOURCE -Isrc -o %s scripts/bench/sketch_paths.c "
    .. "$(ls build/obj/sketch/*.o build/obj/text/*.o | grep -v -e _lua.o -e language) "
    .. "$(pkg-config --libs libpcre2-8 libutf8proc libxxhash uchardet) -lm"):format(program)))
  local pipe <close> = assert(io.popen(("%s %s 5"):format(program, path)))
  local rates = {}
  for name, value in pipe:read("a"):gmatch("(%w+) ([%d.]+)") do rates[name] = tonumber(value) end
  return rates
end

--- Megabytes of text a second from texts to sketches, and behind shingles that are
--- there already; microseconds a document from sketches to groups; all bytes.
local function our_sketches(texts)
  local sets, near, bytes, part = {}, index.near(), 0, 0
  for i, text in ipairs(texts) do
    bytes = bytes + #text
    near:add(i, shingle.sketch(text, { n = 5 }))
    if part < PART then
      sets[i] = shingle.words(text, { n = 5 })
      part = part + #text
    end
  end
  local best = timing.functions {
    texts = function()
      for _, text in ipairs(texts) do shingle.sketch(text, { n = 5 }) end
    end,
    sets = function()
      for _ = 1, OFTEN do
        for _, set in ipairs(sets) do set:sketch() end
      end
    end,
    groups = function() near:clusters() end,
  }
  return bytes / 1e6 / best.texts, OFTEN * part / 1e6 / best.sets, best.groups / #texts * 1e6, bytes
end

return function()
  local path, texts = made_news.read()
  local sketches, kernel, groups, bytes = our_sketches(texts)
  local best = timing.commands {
    script = "build/pumice scripts/bench/dedup_job.lua " .. path,
    command = ("build/pumice run near_dedup %s --jobs 1 -q"):format(path),
  }
  local script, command = bytes / 1e6 / best.script, bytes / 1e6 / best.command
  peers.set_up { "datasketch rensa gaoya xxhash", "--no-deps text-dedup==0.4.0",
    "--upgrade --target " .. OLDER .. " rensa==0.4.0" }
  local rows = {}
  local function row(name, value, peer, at_least, task, most, path_to)
    local theirs = peers.rate(task, path, most, path_to)
    rows[#rows + 1] = figures.figure { name = name, value = value, unit = "MB/s", peer = peer,
      peer_value = theirs, at_least = theirs and at_least }
  end
  local name = "text to sketches"
  row(name, sketches, "datasketch", 200, "datasketch_sketches", PART)
  name = "shingles to sketches"
  row(name, kernel, "rensa, of strings", nil, "rensa_strings", PART)
  row(name, kernel, "rensa, of hashes", nil, "rensa_hashes", PART)
  row(name, kernel, "rensa 0.4, of hashes", 15, "rensa_hashes", PART, OLDER)
  name = "JSON lines to verified pairs, a script"
  row(name, script, "datasketch", 100, "datasketch_pairs", PART)
  row(name, script, "text-dedup, not verified", 80, "text_dedup_pairs", PART)
  row(name, script, "gaoya, not verified", 8, "gaoya_pairs", ALL)
  row(name, script, "rensa", nil, "rensa_pairs", ALL)
  local native = rensa_native(path)
  rows[#rows + 1] = figures.figure { name = name, value = script, unit = "MB/s",
    peer = "rensa, natively", peer_value = native, at_least = native and 6 }
  name = "the same by a command, documents out"
  row(name, command, "datasketch", nil, "datasketch_pairs", PART)
  row(name, command, "gaoya, not verified", nil, "gaoya_pairs", PART)

  local by_path = paths(texts)
  rows[#rows + 1] = figures.figure { name = "text to sketches, plain C", value = by_path.portable,
    unit = "MB/s", peer = "AVX-512", peer_value = by_path.avx512,
    at_least = by_path.avx512 and 1 / 3 }
  rows[#rows + 1] = figures.figure { name = "sketches to groups of candidates", value = groups,
    unit = "us a document", at_most = 1 }
  table.move(growth(), 1, 100, #rows + 1, rows)
  table.move(passages(texts), 1, 100, #rows + 1, rows)
  return rows
end
