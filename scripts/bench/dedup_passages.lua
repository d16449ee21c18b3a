--- What repeats, beside a suffix array; and how two texts align, beside Python's
--- difflib.
local align = require "pumice.align"
local dedup = require "pumice.dedup"
local figures = require "figures"
local index = require "pumice.index"
local json = require "pumice.json"
local peers = require "python_peers"
local timing = require "timing"

local LEAST = 100

local function covered(list)
  local bytes = 0
  for _, spans in ipairs(list) do
    for _, first, last in spans:each() do bytes = bytes + last - first + 1 end
  end
  return bytes
end

--- CPU seconds of the peer and the bytes it found.
local function suffix_array()
  local program = "build/bench/repeats_peer"
  assert(os.execute(("cc -O2 -o %s scripts/bench/repeats_peer.c -ldivsufsort"):format(program)))
  local pipe <close> = assert(io.popen(("%s build/bench/made_news.txt %d"):format(program, LEAST)))
  local seconds, bytes = pipe:read("a"):match("(%S+) (%d+)")
  return tonumber(seconds), tonumber(bytes)
end

local function repeats(texts, megabytes)
  local found
  local best = timing.functions {
    ours = function() found = covered(index.repeats(texts, { min = LEAST })) end,
  }
  local docs = {}
  for i, text in ipairs(texts) do docs[i] = { id = i, text = text } end
  local start = os.clock()
  local stage = dedup.repeats { min = LEAST, mark = true }
  dedup.apply(stage, docs)
  local stage_seconds = os.clock() - start
  local seconds, expected = suffix_array()
  local rows = {
    figures.figure { name = "repeated substrings of 100 bytes", value = megabytes / best.ours,
      unit = "MB/s", peer = "divsufsort and LCP", peer_value = megabytes / seconds,
      at_least = 4 },
    figures.figure { name = "bytes that these cover", value = found, unit = "bytes",
      peer = "divsufsort and LCP", peer_value = expected, at_least = 1 },
    figures.figure { name = "the same as a stage", value = megabytes / stage_seconds,
      unit = "MB/s", peer = "divsufsort and LCP", peer_value = megabytes / seconds },
  }
  rows[2].holds = found == expected
  return rows
end

--- The first words of a text, and the same with every fortieth changed.
local function pair_of(text, size)
  local number = 0
  local a = text:sub(1, size)
  return a, (a:gsub("%w+", function(word)
    number = number + 1
    return number % 40 == 0 and "REDACTED" or word
  end))
end

local function alignment(texts)
  local pairs_of_texts, bytes = {}, 0
  local path = "build/bench/pairs.jsonl"
  local file <close> = assert(io.open(path, "wb"))
  for i = 1, 40 do
    local a, b = pair_of(texts[i], 5000)
    pairs_of_texts[i] = { a, b }
    bytes = bytes + #a + #b
    file:write(json.encode { a = a, b = b }, "\n")
  end
  file:close()
  local all = table.concat(texts, " ", 1, 300)
  local small, small_b = pair_of(all, 10 * 1000)
  local large, large_b = pair_of(all, 1000 * 1000)
  local best = timing.functions {
    small = function() for _ = 1, 100 do align.reuse(small, small_b) end end,
    large = function() align.reuse(large, large_b) end,
  }
  local ours, theirs = timing.in_turns(timing.rate(bytes * 10, function()
    for _ = 1, 10 do
      for _, pair in ipairs(pairs_of_texts) do align.reuse(pair[1], pair[2]) end
    end
  end), peers.rate("difflib_words", path, 1 << 30))
  return {
    figures.figure { name = "alignment of two articles", value = ours,
      unit = "MB/s", peer = "difflib", peer_value = theirs, at_least = theirs and 50 },
    figures.figure { name = "alignment of 1 MB by 100 of 10 kB", value = best.large / best.small,
      unit = "times", at_most = 3 },
  }
end

return function(texts)
  local bytes = 0
  for _, text in ipairs(texts) do bytes = bytes + #text end
  local rows = repeats(texts, bytes / 1e6)
  return table.move(alignment(texts), 1, 10, #rows + 1, rows)
end
