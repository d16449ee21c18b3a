--- Dedup: documents told more than once, which one stays, and the evidence.
local against = require "pumice.dedup.against"
local decontaminate = require "pumice.dedup.decontaminate"
local documents = require "pumice.documents"
local exact = require "pumice.dedup.exact"
local lines = require "pumice.dedup.lines"
local near = require "pumice.dedup.near"
local repeats = require "pumice.dedup.repeats"
local reuse = require "pumice.dedup.reuse"

local M = {}

--- A barrier that finds documents most of whose words stand in another one, in
--- passages, after editing, and keeps one of each group.
---
--- The document that stays gets `copies`, a list of {id, jaccard, contained,
--- contains, aligned, passages}, of at most 1000 (`more_copies` counts the rest); the
--- others are dropped for the reason "copy" with the details {copy_of, jaccard,
--- contained, contains, aligned, passages, value, limit}. `contained` and `aligned` are
--- shares of this document's shingles and words that stand in the other one, and
--- `value` is what decided: here `aligned`. With `keep = "all"` they stay and get `copy_of`;
--- with "none" all of a group go; `pumice help dedup.keep` has all the rules.
--- A document that is only like a copy, and not like the one that stays, stays too.
--- What an outlet prints on many of its pages (see `repeats`) is left out, but of a page
--- that is for four fifths made of it and has no 30 other words in a row.
---
--- A text of fewer than `min_words` words (8) has no passage, so it is nobody's copy
--- and nobody a copy of it, even of the very same words: `dedup.near` and `dedup.exact`
--- find those. A short text that stands in a long one is missed now and then, as
--- `index.reuse` says. A passage in more than 16 documents that are no frame leads to
--- the four of them that would stay before all others, and to the first of about the
--- same length: so each copy is found, but not every pair of copies.
---
--- ```lua
--- local wire = "The council of the northern harbour has voted to repair the old lighthouse, "
---   .. "which lost its lamp in the storm of last November."
--- local kept, dropped = dedup.apply(dedup.reuse(), {
---   { id = "gazette", text = wire:gsub("harbour", "harbor") },
---   { id = "courier", text = "Good news for sailors. " .. wire },
---   { id = "herald", text = "The herring season opens late this year, say fishermen." },
--- })
--- #kept                           --> 2
--- kept[1].copies[1].id            --> "gazette"
--- dropped[1].copy_of              --> "courier"
--- dropped[1].value > 0.9          --> true
--- ```
---
---@param opts? pumice.dedup.ReuseOptions
---@return pumice.Cluster
M.reuse = reuse.new

--- A barrier that finds documents that are almost the same as wholes and keeps
--- one of each group: as `dedup.reuse`, but the Jaccard similarity of all their
--- shingles decides, and `value` is that.
---
--- ```lua
--- local kept, dropped = dedup.apply(dedup.near { keep = "first" }, {
---   { id = 1, text = "one two three four five six seven eight nine ten" },
---   { id = 2, text = "One, two, three, four, five, six, seven, eight, nine, eleven!" },
--- })
--- #kept, dropped[1].copy_of  --> 1, 1
--- ```
---
--- The default is for news; `preset = "web"` or `"papers"` has other thresholds, and
--- `pumice help dedup.presets` what each was measured on. `pumice tune` shows what
--- each threshold does to documents of yours.
---@param opts? pumice.dedup.NearOptions
---@return pumice.Cluster
M.near = near.new

--- A barrier that finds documents with the same text, but for case, accents,
--- quotes, dashes and white space, and keeps one of each group: as `dedup.near`,
--- with the details of a whole copy. With `by` another field is compared.
--- Remembers 128 bits of each document.
---
--- ```lua
--- local kept, dropped = dedup.apply(dedup.exact { keep = "first" }, {
---   { id = 1, text = "Caf\u{E9} closed" }, { id = 2, text = "Cafe  closed" },
---   { id = 3, text = "Cafe open" },
--- })
--- #kept, dropped[1].copy_of  --> 2, 1
--- ```
---
---@param opts? pumice.dedup.ExactOptions
---@return pumice.Cluster
M.exact = exact.new

--- A barrier that cuts lines (or paragraphs) that stood earlier in the corpus,
--- in the same document or in one before. A document with no word left is
--- dropped for the reason "repeated" with the details {copy_of, value, limit,
--- passages}: who has the first of its lines before, and that all of its words (1 of
--- 1) stood before. With `mark` nothing is cut, and the field `repeats` has {first,
--- last} of each. Remembers 128 bits of each line.
---
--- ```lua
--- local kept = dedup.apply(dedup.lines(), {
---   { text = "A first story\nSign up for our newsletter" },
---   { text = "Another story\nSign up for our newsletter!\nSIGN UP for our newsletter" },
--- })
--- kept[2].text  --> "Another story\nSign up for our newsletter!\n"
--- ```
---
--- Source: Penedo et al. 2023 (RefinedWeb), line-wise corrections.
---@param opts? pumice.dedup.LinesOptions
---@return pumice.Cluster
M.lines = lines.new

--- A barrier that cuts strings of at least 100 bytes that stood earlier in the
--- corpus, wherever they begin and end, back to the borders of words (or
--- sentences). The first copy stays. A document with no word left is dropped for
--- the reason "repeated" with the details {copy_of, value, limit, passages}, as by
--- `dedup.lines`; with `mark` nothing is cut, and the field `repeats` has {first,
--- last, copy_of} of each.
---
--- ```lua
--- local notice = "All rights reserved, no part may be copied. "
--- local kept = dedup.apply(dedup.repeats { min = 40 }, {
---   { id = 1, text = notice .. "The herring is late." },
---   { id = 2, text = "The lamp is lit. " .. notice .. "Read on." },
--- })
--- kept[2].text  --> "The lamp is lit. Read on."
--- ```
---
--- What is cut are all such strings, those that `index.repeats` with `later` finds,
--- however often they stand.
---
--- Source: Lee et al. 2021, "Deduplicating Training Data Makes Language Models
--- Better" (ExactSubstr).
---@param opts? pumice.dedup.RepeatsOptions
---@return pumice.Cluster
M.repeats = repeats.new

--- A stage that drops documents which share 13 words in a row with a test, for
--- the reason "test" with the details {copy_of, jaccard, contained, contains,
--- aligned, passages, value}: the test that shares most, how much in shingles of 3 words,
--- where, and how many runs of 13 words. Words are folded as
--- `shingle.words` does; tests with fewer words are passed over.
---
--- ```lua
--- local quiz = os.tmpname()
--- local file <close> = io.open(quiz, "w")
--- file:write "Which river runs through the town of Karsk?"
--- file:flush()
--- local tests = dedup.decontaminate { tests = quiz, n = 5 }
--- local _, reason = tests.each { text = "Q: which river runs through the town?" }
--- reason           --> "test"
--- os.remove(quiz)  --> true
--- ```
---
--- Raises when a file of tests cannot be read, and when of all tests none has so many
--- words. In a recipe such a file has to be the value of an option with `path = true`,
--- given by who runs it.
---
--- Source: Brown et al. 2020, "Language Models are Few-Shot Learners", appendix C.
---@param opts? pumice.dedup.DecontaminateOptions
---@return pumice.Stage
M.decontaminate = decontaminate.new

--- A barrier that drops documents which are copies of what an index has, for the
--- reason "copy" with the details of `dedup.reuse`: the id of the old one, the
--- figures, the passages. With `add` those that stay are added to the index when the
--- run is over; they are then compared with each other as well, and the first stays:
--- three runs keep the same documents as one run over all of them.
---
--- ```lua
--- local path = os.tmpname()
--- local settings = { index = path, add = true }
--- local wire = "The ferry that has joined Orle to the island of Brim will close in October."
--- local monday = dedup.apply(dedup.against(settings), { { id = "m1", text = wire } })
--- local tuesday, dropped = dedup.apply(dedup.against(settings), {
---   { id = "t1", text = "We hear: " .. wire }, { id = "t2", text = "The herring is late." },
--- })
--- #monday, #tuesday        --> 1, 1
--- dropped[1].copy_of       --> "m1"
--- dropped[1].value > 0.8   --> true
--- os.remove(path), os.remove(path .. "-lock")  --> true, true
--- ```
---
--- What an outlet prints on many of its pages is left out, as far as it is known from
--- the documents before. The runs that add to one index follow each other; one that
--- finds it in use ends with an error, and is run again when the other is over: with
--- `--resume` if it says that what is done is kept. In a recipe the file has to be the
--- value of an option with `path = true`.
---
--- With `tests` instead of an index it is `dedup.decontaminate`.
---@param opts? pumice.dedup.AgainstOptions
---@return pumice.Cluster|pumice.Stage
M.against = against.new

--- What a cluster remembers of each document.
local function sketches_of(cluster, docs)
  if cluster.sketches and documents.is(docs) then return cluster.sketches(docs) end
  local sketches = {}
  for i, doc in ipairs(docs) do sketches[i] = cluster.sketch(doc) end
  return sketches
end

--- Returns the links that a cluster barrier finds in a list of documents:
--- {a, b, evidence}, numbers of documents with a < b. Of more than eight documents
--- with the very same text one stands for all, and is linked to one of the others.
---@param cluster pumice.Cluster
---@param docs table[]
---@return pumice.Link[] links
---@return any[] sketches
function M.links(cluster, docs)
  local sketches, links = sketches_of(cluster, docs), {}
  for _, pair in ipairs(cluster.pairs(sketches)) do
    local a, b = pair[1], pair[2]
    local evidence = not cluster.compare or cluster.compare(docs[a], docs[b], pair[3])
    if evidence then links[#links + 1] = { a = a, b = b, evidence = evidence } end
  end
  return links, sketches
end

--- Runs a cluster barrier over a list of documents. Returns those that stay,
--- in order, and for each that goes {id, reason, ...} with the details. Raises when
--- it is given another kind of stage. Of a list that `pumice.read.all` gives, those
--- that stay are such a list, too: only what had copies is in memory.
---@param cluster pumice.Cluster
---@param docs table[]|pumice.Documents
---@return table[] kept
---@return table[] dropped
function M.apply(cluster, docs)
  if type(cluster) ~= "table" or cluster.barrier ~= "cluster" then
    error("dedup.apply runs a cluster, such as dedup.near(); of other stages call `each`", 2)
  end
  local links, sketches = M.links(cluster, docs)
  local fates = cluster.resolve(sketches, links)
  local function fate_of(i)
    if type(fates) == "function" then return fates(i) end
    return fates[i]
  end
  local number, instead, dropped = {}, {}, {}
  for i = 1, #docs do
    local fate = fate_of(i)
    if fate == nil then
      number[#number + 1] = i
    else
      local doc = docs[i]
      local result, reason, details = cluster.each(doc, fate)
      if result then
        number[#number + 1], instead[i] = i, result
      else
        local line = { id = doc.id, reason = reason }
        for name, value in pairs(details or {}) do line[name] = value end
        dropped[#dropped + 1] = line
      end
    end
  end
  if cluster.commit then cluster.commit() end
  local kept = documents.chosen(docs, number, instead)
  return documents.is(docs) and kept or table.move(kept, 1, #kept, 1, {}), dropped
end

return M
