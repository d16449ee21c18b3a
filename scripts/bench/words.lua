--- token.words against ICU4C's word iterator.
local corpus = require "corpus"
local figures = require "figures"
local timing = require "timing"
local token = require "pumice.token"

local function run(command)
  local pipe <close> = assert(io.popen(command))
  return pipe:read("a")
end

return function()
  local path, text = corpus.english()
  local program = "build/bench/icu_words"
  assert(os.execute(("cc -O2 -o %s scripts/bench/icu_words.c $(pkg-config --cflags --libs icu-uc)")
    :format(program)))
  local peer_seconds, peer_words = run(program .. " " .. path):match("(%S+) (%d+)")
  local words
  local best = timing.functions { ours = function() words = #token.words(text) end }
  io.stderr:write(("words: %d, ICU %s\n"):format(words, peer_words))
  local megabytes = #text / 1e6
  return { figures.figure { name = "words to spans, English", value = megabytes / best.ours,
    unit = "MB/s", peer = "ICU4C word iterator", peer_value = megabytes / tonumber(peer_seconds) } }
end
