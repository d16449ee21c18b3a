--- The words beside a quotation that say whose it is: a cue and its subject.
---
--- Tokens are those of a `reading`; `t` is the token of a quotation, `r` the reading.
--- Subjects are those of `subject`.
local cues = require "pumice.extract.cue_verbs"
local grammar = require "pumice.extract.grammar"
local names = require "pumice.extract.person_names"
local subjects = require "pumice.extract.subject"

local M = {}

local REACH = 60  -- tokens looked at on either side

function M.ends_with(r, t, pattern)
  return r.text:find(pattern, r.last[t]) ~= nil
end

--- Does a sentence end between token t, a quotation, and the next one?
function M.closes(r, t)
  local after = r.kind[t + 1]
  if after == "paragraph" or after == "end" or after == nil then return true end
  if not M.ends_with(r, t, "^[%.!%?]") then return false end
  return after == "quote" or after == "word"
    and r.capital[t + 1]
end

--- The first token of the sentence that the quotation at token t stands in.
function M.sentence_start(r, t)
  local i = t
  while i > 1 and t - i < REACH do
    local kind = r.kind[i - 1]
    if kind == "end" then return i end
    if kind == "quote" and M.closes(r, i - 1) then return i end
    if kind == "paragraph" then
      -- "She continued:" in the paragraph before introduces the quotation.
      if r.kind[i - 2] == ":" and i == t then
        i = i - 1
      else
        return i
      end
    else
      i = i - 1
    end
  end
  return i
end

local BE = grammar.set [[ is are was were am 's 're been ]]

-- Does "X and Y" stand before token i, a plural for the verb there?
local function coordinated(r, i)
  return r.capital[i - 1] and r.low[i - 2] == "and" and r.capital[i - 3]
end

local NOMINAL = grammar.set [[ of as by ]]
local SPEAKING = grammar.set [[ speak talk refer ]]

--- Is the word at token i a verb here, and not the noun of the same form?
function M.cue_at(r, i)
  if r.kind[i] ~= "word" then return nil end
  local cue = cues.forms[r.low[i]]
  if not cue then return nil end
  local before = r.low[i - 1]
  if (r.kind[i - 1] == "word" or r.kind[i - 1] == "possessive")
      and r.capital[i] then
    return nil
  end
  if r.kind[i - 1] == "possessive" or before == "this" then return nil end
  -- "his past comments" is no verb, "the film's narrator says that" is one.
  if r.kind[i - 2] == "possessive" and (cue.tense == "base" or r.low[i]:find("s$"))
      and r.kind[i + 1] == "word" and r.low[i + 1] ~= "that" then
    return nil
  end
  if r.kind[i - 1] == "word" then
    if grammar.determiner[before] or grammar.preposition[before] and before ~= "to" then
      return nil
    end
    if cue.tense == "base" and before ~= "to" and not grammar.auxiliary[before]
        and not grammar.pronoun[before] and not before:find("[^s]s$")
        and (cues.noun[cue.base] or cue.class == "view") and not coordinated(r, i) then
      return nil
    end
    if cue.tense ~= "base" and before == "to" then return nil end
    if cue.tense == "ing" and NOMINAL[r.low[i + 1]] and not SPEAKING[cue.base]
        and not BE[before] then
      return nil
    end
  elseif cue.tense == "base" and r.kind[i - 1] ~= "quote" and r.kind[i - 1] ~= "," then
    return nil
  end
  return cue
end

function M.is_according(r, i)
  return cues.according[r.low[i]] and r.low[i + 1] == "to"
end

--- What follows the quotation at token t: subject, cue, and whether the attribution
--- follows directly.
function M.right(r, t)
  local i = t + 1
  if r.kind[i] == "," or r.kind[i] == "-" then i = i + 1 end
  if r.kind[i] ~= "word" then return nil end
  local start = i
  while i <= r.n and i - start < REACH do
    local kind = r.kind[i]
    if kind == "end" or kind == "paragraph" or kind == "quote" or kind == ";" then return nil end
    if M.is_according(r, i) then
      local subject = subjects.after(r, i + 1)
      if subject then return subject, "according to", i == start, subject.last end
    end
    local cue = M.cue_at(r, i)
    if cue and cue.class ~= "view" and (cue.tense == "finite" or cue.tense == "base") then
      local subject, passive
      if i > start then subject, passive = subjects.before(r, i) end
      if passive then subject = nil end
      local adverb = i == start or i == start + 1 and grammar.auxiliary[r.low[start]]
      if not subject and adverb and cue.class == "speech" then subject = subjects.after(r, i) end
      if subject and subject.first > t then
        local adjacent = adverb or subject.first <= start + 1
        return subject, r.low[i], adjacent, i
      end
    end
    i = i + 1
  end
  return nil
end

-- The subject of a participle or infinitive: that of the finite verb before it.
local function inherited(r, from, i)
  for j = i - 1, from, -1 do
    local cue = M.cue_at(r, j)
    if cue and cue.tense == "finite" then
      local subject, passive = subjects.before(r, j)
      if subject and not passive and subject.first >= from then return subject end
    end
  end
  return subjects.of_clause(r, from, i - 1)
end

local JOINS = grammar.set [[ and but or then also ]]

-- Has the "-ing" form at token i its own subject: "is saying", "Trump saying"?
local function progressive(r, i)
  local j = i - 1
  while r.kind[j] == "word" and (r.low[j]:find("ly$") or r.low[j] == "also" or r.low[j] == "now"
      or r.low[j] == "still" or r.low[j] == "again" or r.low[j] == "once") do
    j = j - 1
  end
  if r.kind[j] == "possessive" then return false end
  return r.kind[j] == "word" and (BE[r.low[j]]
    or r.capital[j] and not r.calendar[j]
      and not grammar.preposition[r.low[j]] and not grammar.conjunction[r.low[j]])
end

--- What comes before the quotation at token t in its sentence.
function M.left(r, from, t)
  for i = t - 1, from, -1 do
    if M.is_according(r, i) then
      local subject = subjects.after(r, i + 1)
      if subject and subject.last < t then return subject, "according to" end
    end
    if cues.saying[r.low[i]] and r.kind[i - 1] == "possessive" then
      local subject = subjects.owner(r, i - 1)
      if subject then return subject, r.low[i] end
    end
    local cue = M.cue_at(r, i)
    if cue then
      local before = r.low[i - 1]
      local subject, passive
      if cue.tense == "finite" or cue.tense == "participle" or progressive(r, i)
          or cue.tense == "base" and r.kind[i - 1] == "word" and before ~= "to" then
        subject, passive = subjects.before(r, i)
        if passive then
          subject = nil
          for j = i + 1, math.min(i + 12, t - 1) do
            if r.low[j] == "by" then
              subject = subjects.after(r, j)
              break
            end
          end
        elseif not subject and r.kind[i - 1] == "word" and JOINS[before] then
          subject = inherited(r, from, i)
        elseif not subject and cue.class == "speech" and i > from and r.kind[i - 1] == "quote" then
          subject = subjects.after(r, i)
        elseif not subject and cue.tense == "finite" and r.kind[i - 1] == "," then
          subject = inherited(r, from, i)
        end
      elseif i <= from + 1 and cue.tense == "ing" then
        -- "Calling it Q, Mara Quist left": the subject comes after.
        local after = r.kind[t + 1] == "," and t + 2 or t + 1
        subject = subjects.of_clause(r, after, math.min(r.n, t + 12))
        if subject then return subject, r.low[i] end
      else
        subject = inherited(r, from, i)
      end
      -- "saying it wanted Q": the saying attributes it, and not the wanting.
      local reported = subject and subject.pronoun and subject.first > from
        and (M.cue_at(r, subject.first - 1) or r.low[subject.first - 1] == "that"
          and M.cue_at(r, subject.first - 2))
      if subject and subject.last < t and not (reported and reported.class ~= "view") then
        return subject, r.low[i]
      end
    end
  end
  return nil
end

--- "X: Q", as interviews and minutes have it.
function M.labelled(r, from, t)
  local i = r.kind[t - 1] == "paragraph" and t - 2 or t - 1
  if r.kind[i] ~= ":" then return nil end
  local subject = subjects.of_clause(r, from, i - 1)
  return subject and subject.last == i - 1 and subject or nil
end

--- "Q — Jane Roe", as letters and collections of voices have it.
function M.signed(r, t)
  if r.kind[t + 1] ~= "-" or r.kind[t + 2] ~= "word" then return nil end
  local last = names.ending(r, t + 2)
  local after = r.kind[last + 1]
  if (after == "paragraph" or after == "end" or after == ",")
      and r.capital[t + 2] then
    return { first = t + 2, last = last }
  end
  return nil
end

return M
