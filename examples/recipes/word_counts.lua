--- Counts words over the corpus and tells what each document is about: the
--- words that are frequent in it and rare elsewhere.
---
---   pumice run word_counts articles.jsonl -o articles_with_words.jsonl
---
--- A fold: every document adds its words to a count, and the second pass weighs
--- each document's own words by it. Source: tf-idf, Spärck Jones 1972.
local pumice = require "pumice"
local token = pumice.token

--- The words of a text without regard to case, and how often each occurs.
local function count_words(doc)
  local counts = {}
  for _, word in ipairs(token.words(pumice.text.fold(pumice.stage.text_of(doc))):strings()) do
    counts[word] = (counts[word] or 0) + 1
  end
  return counts
end

return pumice.recipe {
  summary = "Count words over the corpus; list the words that mark each document",
  options = {
    top = { 10, "words listed for each document" },
  },
  stages = function(options)
    return {
      pumice.fold {
        name = "count words",
        start = function() return { documents = 0, having = {} } end,
        add = function(state, doc)
          state.documents = state.documents + 1
          for word in pairs(count_words(doc)) do
            state.having[word] = (state.having[word] or 0) + 1
          end
        end,
        merge = function(a, b)
          a.documents = a.documents + b.documents
          for word, count in pairs(b.having) do a.having[word] = (a.having[word] or 0) + count end
          return a
        end,
        each = function(doc, corpus)
          local words = {}
          for word, count in pairs(count_words(doc)) do
            local weight = count * math.log(corpus.documents / corpus.having[word])
            words[#words + 1] =
              { word = word, count = count, documents = corpus.having[word], weight = weight }
          end
          table.sort(words, function(a, b)
            if a.weight ~= b.weight then return a.weight > b.weight end
            return a.word < b.word
          end)
          doc.words = table.move(words, 1, math.min(options.top, #words), 1, {})
          for _, word in ipairs(doc.words) do word.weight = nil end
          return doc
        end,
      },
    }
  end,
  examples = {
    {
      given = {
        { id = "a", text = "The ferry, the ferry and the tide" },
        { id = "b", text = "The tide and the moon" },
      },
      options = { top = 1 },
      gives = {
        a = { words = { { word = "ferry", count = 2, documents = 1 } } },
        b = { words = { { word = "moon", count = 1, documents = 1 } } },
      },
    },
  },
}
