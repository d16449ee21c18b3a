--- What scripts do with words, from Lua, over documents of 64 kB: count those in
--- a set, join them; in one call on the Spans, against the same with a string for
--- each word, and against string.gmatch. Word frequencies of the whole text
--- against gmatch with a table and gawk.
local corpus = require "corpus"
local figures = require "figures"
local timing = require "timing"
local token = require "pumice.token"

local COMMON = token.set {
  "the", "of", "and", "a", "to", "in", "is", "you", "that", "it", "he", "was", "for", "on", "are",
  "as", "with", "his", "they", "I", "at", "be", "this", "have", "from", "or", "one", "had", "by",
}
local GAWK = [[LC_ALL=C.UTF-8 gawk "{ for (i = 1; i <= NF; i++) n[\$i]++ }
  END { print length(n) }" ]]

--- By operation: on Spans, through strings, by gmatch.
local OPERATIONS = {
  { "words counted by a set",
    function(doc) return token.words(doc):count(COMMON) end,
    function(doc)
      local n = 0
      for _, word in ipairs(token.words(doc)) do
        if COMMON[word] then n = n + 1 end
      end
      return n
    end,
    function(doc)
      local n = 0
      for word in doc:gmatch("[%w_']+") do
        if COMMON[word] then n = n + 1 end
      end
      return n
    end },
  { "words joined by blanks",
    function(doc) return #token.words(doc):join() end,
    function(doc)
      local list = {}
      for i, word in ipairs(token.words(doc)) do list[i] = word end
      return #table.concat(list, " ")
    end,
    function(doc)
      local list = {}
      for word in doc:gmatch("[%w_']+") do list[#list + 1] = word end
      return #table.concat(list, " ")
    end },
}

local function operations(documents, megabytes, rows)
  for _, operation in ipairs(OPERATIONS) do
    local name, spans, strings, gmatch = table.unpack(operation)
    local function over(run)
      return function()
        local sum = 0
        for _, doc in ipairs(documents) do sum = sum + run(doc) end
      end
    end
    assert(spans(documents[1]) == strings(documents[1]), "the answers differ")
    local best = timing.functions {
      spans = over(spans), strings = over(strings), gmatch = over(gmatch),
    }
    for peer, target in pairs { strings = 6, gmatch = 8 } do
      rows[#rows + 1] = figures.figure { name = name, value = megabytes / best.spans,
        unit = "MB/s", peer = peer == "strings" and "the same, a string each" or "string.gmatch",
        peer_value = megabytes / best[peer], at_least = target }
    end
  end
end

local function frequencies(path, text, megabytes, rows)
  local best = timing.functions {
    ours = function() token.words(text):frequencies() end,
    gmatch = function()
      local counts = {}
      for word in text:gmatch("[%w_']+") do counts[word] = (counts[word] or 0) + 1 end
      assert(next(counts))
    end,
    gawk = function() return timing.command(GAWK .. path) end,
  }
  for peer, target in pairs { gmatch = 4, gawk = 6 } do
    rows[#rows + 1] = figures.figure { name = "word frequencies", value = megabytes / best.ours,
      unit = "MB/s", peer = peer == "gawk" and "gawk" or "string.gmatch and a table",
      peer_value = megabytes / best[peer], at_least = target }
  end
end

return function()
  local path, text = corpus.english()
  local megabytes, rows = #text / 1e6, {}
  operations(corpus.documents(text), megabytes, rows)
  frequencies(path, text, megabytes, rows)
  return rows
end
