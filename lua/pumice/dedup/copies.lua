--- What becomes of copies: from links with their evidence to the fate of each
--- document, and to the document itself.
local candidates = require "pumice.dedup.candidates"
local clusters = require "pumice.dedup.clusters"
local json = require "pumice.json"
local keep = require "pumice.dedup.keep"

local M = {}

---@class pumice.dedup.Evidence
---@field jaccard number  shared shingles over all shingles
---@field contained number  share of the one's shingles that stand in the other
---@field contains number  share of the other's shingles that stand in the one
---@field aligned number  share of the one's words in shared passages
---@field their_aligned number  share of the other's
---@field words integer  words of the one outside of frames
---@field their_words integer  of the other
---@field passages pumice.align.Passage[]

---@class pumice.dedup.Sketch
---@field id string|number
---@field outlet string
---@field date? string
---@field words integer
---@field set string  packed hashes, what candidates are found by
---@field text? string  128 bits of its text; nil when that has no word
---@field priority? number  see keep.Keeping
---@field junk? number  share of it, for the rule "cleanest"

--- The evidence as the other document sees it.
---@param e pumice.dedup.Evidence
---@return pumice.dedup.Evidence
function M.turn(e)
  local passages = {}
  for i, p in ipairs(e.passages) do
    passages[i] = { first = p.their_first, last = p.their_last,
      their_first = p.first, their_last = p.last }
  end
  table.sort(passages, function(x, y) return x.first < y.first end)
  return { jaccard = e.jaccard, contained = e.contains, contains = e.contained,
    aligned = e.their_aligned, their_aligned = e.aligned, words = e.their_words,
    their_words = e.words, passages = passages }
end

--- The evidence of a link as one of its two documents sees it.
---@param link pumice.Link
---@param member integer
---@return pumice.dedup.Evidence
local function seen_by(link, member)
  return link.a == member and link.evidence or M.turn(link.evidence)
end

--- A measure counts for the copy: how much of it stands in what stays.
local function value_of(link, member, measure)
  local e = link.evidence
  if measure == "aligned" and link.b == member then return e.their_aligned end
  return e[measure]
end

--- The ids of documents by their numbers, read in the order of the sketches.
local function ids_of(documents, sketches)
  local numbers, ids = {}, {}
  for number in pairs(documents) do numbers[#numbers + 1] = number end
  table.sort(numbers)
  for _, number in ipairs(numbers) do ids[number] = keep.id(sketches[number], number) end
  return ids
end

--- A document that stays lists so many of its copies and counts the rest: a page
--- that stands in a corpus a million times would grow beyond what a document may
--- be. Every copy names it anyhow.
M.LISTED = 1000

--- What becomes of a document that stays, and of a copy of it.
local function fate_of_kept(group, links, ids)
  local copies = {}
  for i = 1, math.min(#group.copies, M.LISTED) do
    local copy = group.copies[i]
    local ours = seen_by(links[copy.link], group.as or group.kept)
    copies[i] = { id = ids[copy.member], jaccard = ours.jaccard, contained = ours.contained,
      contains = ours.contains, aligned = ours.aligned, passages = ours.passages }
  end
  return { copies = copies, more = #group.copies - #copies }
end

--- What becomes of `member`, which goes as a copy of `other`.
local function fate_of_copy(link, member, other, ids)
  local theirs = seen_by(link, member)
  return { copy_of = ids[other], jaccard = theirs.jaccard, contained = theirs.contained,
    contains = theirs.contains, aligned = theirs.aligned, passages = theirs.passages }
end

--- Returns a function that gives the fate of each document in a group: `copies`
--- for one that stays, `copy_of` with the evidence for a copy of it.
---@param sketches pumice.dedup.Sketch[]
---@param links pumice.Link[]
---@param keeping pumice.dedup.Keeping
---@param measure "aligned"|"jaccard"  what decided
---@param limit number  how much of it makes a copy
---@return fun(number: integer): table?
function M.resolve(sketches, links, keeping, measure, limit)
  local rule, ranks, twins = keeping.rule, candidates.ranked(sketches, keeping)
  local choice = {
    is_copy = function(link, member) return value_of(link, member, measure) >= limit end,
    twins = twins,
  }
  if type(rule) == "function" then
    choice.choose = keep.chooser(sketches, rule)
  else
    choice.ranks = ranks
  end
  local group_of, copy_of = {}, {}
  for _, group in ipairs(clusters.groups(links, choice)) do
    group_of[group.kept] = group
    for _, copy in ipairs(group.copies) do
      group_of[copy.member], copy_of[copy.member] = group, copy
    end
  end
  local ids = ids_of(group_of, sketches)
  return function(number)
    local group, copy = group_of[number], copy_of[number]
    if not group then return nil end
    if not copy and rule ~= "none" then return fate_of_kept(group, links, ids) end
    local fate
    if copy then
      fate = fate_of_copy(links[copy.link], copy.as or copy.member, group.kept, ids)
    else
      copy = group.copies[1]
      fate = fate_of_copy(links[copy.link], group.as or group.kept, copy.member, ids)
    end
    fate.value = value_of(links[copy.link], copy.as or copy.member, measure)
    fate.stays, fate.limit = rule == "all", limit
    return fate
  end
end

--- Carries a fate out: the document that stays lists its copies, after those
--- it has already, and counts in `more_copies` those that are not listed; a copy
--- goes, or, when all stay, says what it is a copy of.
---@param doc table
---@param fate table
---@return table?, string?, table?
function M.each(doc, fate)
  if fate.copies then
    local copies = doc.copies or json.array()
    for _, copy in ipairs(fate.copies) do
      json.array(copy.passages)
      copies[#copies + 1] = copy
    end
    doc.copies = copies
    if fate.more > 0 then doc.more_copies = (doc.more_copies or 0) + fate.more end
    return doc
  elseif fate.stays then
    doc.copy_of = fate.copy_of
    return doc
  end
  return nil, "copy", { copy_of = fate.copy_of, jaccard = fate.jaccard,
    contained = fate.contained, contains = fate.contains, aligned = fate.aligned,
    passages = json.array(fate.passages), value = fate.value, limit = fate.limit }
end

return M
