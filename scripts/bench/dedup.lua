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

--- From shingles that are there to sketches.
local function kernel_of(texts)
  local sets, bytes = {}, 0
  for i, text in ipairs(texts) do
    sets[i], bytes = shingle.words(text, { n = 5 }), bytes + #text
    if bytes >= PART then break end
  end
  return timing.rate(OFTEN * bytes, function()
    for _ = 1, OFTEN do
      for _, set in ipairs(sets) do set:sketch() end
    end
  end)
end

--- Microseconds a document from sketches to groups.
local function groups_of(texts)
  local near = index.near()
  for i, text in ipairs(texts) do near:add(i, shingle.sketch(text, { n = 5 })) end
  return timing.functions { groups = function() near:clusters() end }.groups / #texts * 1e6
end

return function()
  local path, texts = made_news.read()
  local bytes = 0
  for _, text in ipairs(texts) do bytes = bytes + #text end
  local kernel = kernel_of(texts)
  local sketches = timing.rate(bytes, function()
    for _, text in ipairs(texts) do shingle.sketch(text, { n = 5 }) end
  end)
  local function script()
    local pipe <close> = assert(io.popen("build/pumice scripts/bench/dedup_job.lua " .. path))
    return bytes / 1e6 / pipe:read("n")
  end
  local function command()
    local line = ("build/pumice run near_dedup %s --jobs 1 -q"):format(path)
    return bytes / 1e6 / timing.command(line)
  end
  peers.set_up { "datasketch rensa gaoya xxhash", "--no-deps text-dedup==0.4.0",
    "--upgrade --target " .. OLDER .. " rensa==0.4.0" }
  local rows = {}
  local function row(name, ours, peer, at_least, theirs)
    local value, peer_value = timing.in_turns(ours, theirs)
    rows[#rows + 1] = figures.figure { name = name, value = value, unit = "MB/s", peer = peer,
      peer_value = peer_value, at_least = peer_value and at_least }
  end
  local function task(name, most, path_to) return peers.rate(name, path, most, path_to) end
  local name = "text to sketches"
  row(name, sketches, "datasketch", 200, task("datasketch_sketches", PART))
  name = "shingles to sketches"
  row(name, kernel, "rensa, of strings", nil, task("rensa_strings", PART))
  row(name, kernel, "rensa, of hashes", nil, task("rensa_hashes", PART))
  row(name, kernel, "rensa 0.4, of hashes", 15, task("rensa_hashes", PART, OLDER))
  name = "JSON lines to verified pairs, a script"
  row(name, script, "datasketch", 100, task("datasketch_pairs", PART))
  row(name, script, "text-dedup, not verified", 80, task("text_dedup_pairs", PART))
  row(name, script, "gaoya, not verified", 8, task("gaoya_pairs", ALL))
  row(name, script, "rensa", nil, task("rensa_pairs", ALL))
  row(name, script, "rensa, natively", 6, rensa_native(path))
  name = "the same by a command, documents out"
  row(name, command, "datasketch", nil, task("datasketch_pairs", PART))
  row(name, command, "gaoya, not verified", nil, task("gaoya_pairs", PART))

  local by_path = paths(texts)
  rows[#rows + 1] = figures.figure { name = "text to sketches, plain C", value = by_path.portable,
    unit = "MB/s", peer = "AVX-512", peer_value = by_path.avx512,
    at_least = by_path.avx512 and 1 / 3 }
  rows[#rows + 1] = figures.figure { name = "sketches to groups of candidates",
    value = groups_of(texts), unit = "us a document", at_most = 1 }
  table.move(growth(), 1, 100, #rows + 1, rows)
  table.move(passages(texts), 1, 100, #rows + 1, rows)
  return rows
end
