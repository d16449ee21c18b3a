--- token.words against ICU4C's word iterator, libunistring's and `wc -w`, by
--- the instructions of the processor; and token.graphemes and token.sentences
--- against ICU4C's, over documents of 64 kB.
local core = require "pumice.core"
local corpus = require "corpus"
local figures = require "figures"
local peers = require "peers"
local timing = require "timing"
local token = require "pumice.token"

local ICU, UNISTRING, WC = "ICU4C", "libunistring", "wc -w"

--- What is measured: a function of a document, and for each peer the targets.
local function tasks(name)
  local list = {}
  for path, shown in pairs { avx512 = "AVX-512", avx2 = "AVX2", portable = "no vectors" } do
    if core.token.words("", false, path) then
      local half = path == "avx2" and 0.5 or path == "avx512" and 1
      local english = name == "English"
      local targets = half and { [ICU] = (english and 15 or 5) * half,
        [UNISTRING] = (english and 10 or 2.5) * half, [WC] = english and 6 * half } or {}
      list[#list + 1] = { name = "words, " .. shown, peers = { ICU, UNISTRING, WC },
        targets = targets, run = function(doc) return core.token.words(doc, false, path) end,
        icu = "words" }
    end
  end
  table.sort(list, function(a, b) return a.name < b.name end)
  list[#list + 1] = { name = "graphemes", peers = { ICU }, targets = { [ICU] = 5 },
    run = token.graphemes, icu = "graphemes" }
  list[#list + 1] = { name = "sentences", peers = { ICU }, targets = { [ICU] = 3 },
    run = token.sentences, icu = "sentences" }
  list[#list + 1] = { name = "sentences by English rules", peers = { ICU }, targets = { [ICU] = 1 },
    run = function(doc) return token.sentences(doc, { rules = "en" }) end, icu = "sentences" }
  return list
end

local function measure(name, path, whole, rows)
  local documents = corpus.documents(whole)
  local things = {
    [UNISTRING] = peers.task("unistring-words", path),
    [WC] = function() return timing.command("LC_ALL=C.UTF-8 wc -w " .. path) end,
  }
  local list = tasks(name)
  for _, task in ipairs(list) do
    things[ICU .. task.icu] = peers.task("icu-" .. task.icu, path)
    things[task.name] = function()
      for _, doc in ipairs(documents) do task.run(doc) end
    end
  end
  local best = timing.functions(things)
  local megabytes = #whole / 1e6
  for _, task in ipairs(list) do
    for _, peer in ipairs(task.peers) do
      local seconds = best[peer] or best[peer .. task.icu]
      rows[#rows + 1] = figures.figure { name = ("%s, %s"):format(task.name, name),
        value = megabytes / best[task.name], unit = "MB/s", peer = peer,
        peer_value = megabytes / seconds, at_least = task.targets[peer] or nil }
    end
  end
end

return function()
  peers.build()
  return corpus.each_text(measure)
end
