--- Who says a quotation: the cue verb beside it and the subject of that verb.
---
--- For each quotation, in this order:
---
---   1. what follows it in its own sentence:  Q, said X | Q, X said | Q, according to X
---   2. what comes before it there:           X said: Q | X called it Q | X: Q
---   3. a verb of saying farther on in it:    the Q plan would fail, X said
---   4. nothing, and it stands alone: the last one who spoke, in the paragraph if
---      it has any, else before; the paragraphs of one long quotation share theirs
---   5. nothing, and it is a fragment: the subject of the sentence, when it looks
---      like words that were said and not like a title or a scare quote.
---
--- After the sieve approach of Muzny et al. 2017, "A two-stage sieve approach for
--- quote attribution", reduced to what needs neither parser nor training.
local cues = require "pumice.extract.cue_verbs"
local grammar = require "pumice.extract.grammar"
local subjects = require "pumice.extract.subject"
local people = require "pumice.extract.people"
local reading = require "pumice.extract.reading"

local M = {}

local REACH = 60  -- tokens looked at on either side

local function ends_with(r, t, pattern)
  return r.text:find(pattern, r.last[t]) ~= nil
end

-- Does a sentence end between token t, a quotation, and the next one?
local function closes(r, t)
  local after = r.kind[t + 1]
  if after == "paragraph" or after == "end" or after == nil then return true end
  if not ends_with(r, t, "^[%.!%?]") then return false end
  return after == "quote" or after == "word"
    and r.capital[t + 1]
end

-- The first token of the sentence that the quotation at token t stands in.
local function sentence_start(r, t)
  local i = t
  while i > 1 and t - i < REACH do
    local kind = r.kind[i - 1]
    if kind == "end" then return i end
    if kind == "quote" and closes(r, i - 1) then return i end
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

local NOMINAL = grammar.set [[ of as by ]]
local SPEAKING = grammar.set [[ speak talk refer ]]

-- Is the word at token i a verb here, and not the noun of the same form?
local function cue_at(r, i)
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
        and not grammar.pronoun[before] and not before:find("[^s]s$") then
      return nil
    end
    if cue.tense ~= "base" and before == "to" then return nil end
    if cue.tense == "ing" and NOMINAL[r.low[i + 1]] and not SPEAKING[cue.base] then return nil end
  elseif cue.tense == "base" and r.kind[i - 1] ~= "quote" and r.kind[i - 1] ~= "," then
    return nil
  end
  return cue
end

local function is_according(r, i)
  return cues.according[r.low[i]] and r.low[i + 1] == "to"
end

---@class pumice.extract.Finding
---@field subject pumice.extract.Subject
---@field cue string

-- What follows the quotation at token t. `adjacent` is true when the words right
-- after it are the attribution.
local function right(r, t)
  local i = t + 1
  if r.kind[i] == "," or r.kind[i] == "-" then i = i + 1 end
  if r.kind[i] ~= "word" then return nil end
  local start = i
  while i <= r.n and i - start < REACH do
    local kind = r.kind[i]
    if kind == "end" or kind == "paragraph" or kind == "quote" or kind == ";" then return nil end
    if is_according(r, i) then
      local subject = subjects.after(r, i + 1)
      if subject then return subject, "according to", i == start, subject.last end
    end
    local cue = cue_at(r, i)
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
    local cue = cue_at(r, j)
    if cue and cue.tense == "finite" then
      local subject, passive = subjects.before(r, j)
      if subject and not passive and subject.first >= from then return subject end
    end
  end
  return subjects.of_clause(r, from, i - 1)
end

local BE = grammar.set [[ is are was were am 's 're been ]]
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

-- What comes before the quotation at token t in its sentence.
local function left(r, from, t)
  for i = t - 1, from, -1 do
    if is_according(r, i) then
      local subject = subjects.after(r, i + 1)
      if subject and subject.last < t then return subject, "according to" end
    end
    local cue = cue_at(r, i)
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
      else
        subject = inherited(r, from, i)
      end
      -- "saying it wanted Q": the saying attributes it, and not the wanting.
      local reported = subject and subject.pronoun and subject.first > from
        and (cue_at(r, subject.first - 1) or r.low[subject.first - 1] == "that"
          and cue_at(r, subject.first - 2))
      if subject and subject.last < t and not (reported and reported.class ~= "view") then
        return subject, r.low[i]
      end
    end
  end
  return nil
end

-- "X: Q", as interviews and minutes have it.
local function labelled(r, from, t)
  local i = r.kind[t - 1] == "paragraph" and t - 2 or t - 1
  if r.kind[i] ~= ":" then return nil end
  local subject = subjects.of_clause(r, from, i - 1)
  return subject and subject.last == i - 1 and subject or nil
end

-- "Q — Jane Roe", as letters and collections of voices have it.
local function signed(r, t)
  if r.kind[t + 1] ~= "-" or r.kind[t + 2] ~= "word" then return nil end
  local last = people.name_end(r, t + 2)
  local after = r.kind[last + 1]
  if (after == "paragraph" or after == "end" or after == ",")
      and r.capital[t + 2] then
    return { first = t + 2, last = last }
  end
  return nil
end

-- Verbs that give a name to a thing: what they name it is said, even in capitals.
local NAMING = grammar.set [[ call dub label nickname term brand deem hail rate describe mock
  ridicule deride tout ]]

local SMALL = grammar.set [[ a an the of in on for to and or at by with from vs as is ]]

local function profile(text)
  local words, capitals, small = 0, 0, 0
  for word in text:gmatch("[%w\x80-\xF4][%w\x80-\xF4'-]*") do
    words = words + 1
    if reading.is_capital(word) or word:find("^%d") then capitals = capitals + 1
    elseif SMALL[word] then small = small + 1 end
  end
  return words, capitals > 0 and capitals + small == words
end

-- Is the quotation markup, a nickname or the title of a work?
local function is_label(r, t, title_like)
  local at = r.first[t]
  if r.text:find("^=[\"'\xE2]", at - 2) then return true end
  if not title_like then return false end
  local before, after = r.kind[t - 1], r.kind[t + 1]
  if before == "word" and after == "word"
      and r.capital[t - 1]
      and r.capital[t + 1] then
    return true
  end
  return false
end

local function words_of(r, quote)
  return (r.text:sub(quote.first, quote.last):gsub("%p+$", ""))
end

--- Attributes quotations. Gives each stretch its `speaker` and `cue` where there
--- are any, and `said`: whether it is speech at all.
---
---@param r pumice.extract.Reading
---@param quotes pumice.extract.Stretch[]  changed in place
function M.attribute(r, quotes)
  local who = people.read(r)
  local speakers = {}
  local last_speaker, last_paragraph  -- the last one who spoke, and where
  local seen = {}                     -- the words of the quotations so far
  local read_to = 1                   -- indirect speech is read up to here

  local function name(subject)
    local speaker = subjects.speaker(r, who, subject)
    return speaker
  end

  -- The last one whose speech is reported before token t, with or without marks.
  local function note_until(t, paragraph)
    local found
    for i = math.max(read_to, t - 4 * REACH), t - 1 do
      local cue = cue_at(r, i)
      if cue and cue.class ~= "view" and cue.tense == "finite" then
        local subject, passive = subjects.before(r, i)
        if subject and not passive and (subject.pronoun or subject.last > subject.first
            or who:known({ r.low[subject.first] })) then
          found = name(subject) or found
        end
      elseif is_according(r, i) then
        local subject = subjects.after(r, i + 1)
        if subject then found = name(subject) or found end
      end
    end
    read_to = t
    if found then last_speaker, last_paragraph = found, paragraph end
  end

  for q, quote in ipairs(quotes) do
    local t = r.token_of[q]
    local from = sentence_start(r, t)
    local words, title_like = profile(r.text:sub(quote.first, quote.last))
    local subject, cue, adjacent
    if not closes(r, t) or not ends_with(r, t, "^[%.]") then
      subject, cue, adjacent = right(r, t)
    end
    local speaker
    if not subject then
      subject = signed(r, t)
      cue, adjacent = nil, subject ~= nil
    end
    if not (subject and adjacent) then
      local before, before_cue = left(r, from, t)
      if not before then
        before = labelled(r, from, t)
        before_cue = before and ":"
      end
      if before then subject, cue = before, before_cue end
    end
    local label = r.text:sub(quote.first, quote.last):match("^(%u[%u%.' -]+%u):%s")
    if subject then
      speaker = name(subject)
      if not speaker and (subject.pronoun == "it" or subject.pronoun == "they") then
        local topic = subjects.of_clause(r, from, subject.first - 1)
        speaker = topic and not topic.pronoun and name(topic) or nil
      end
    end
    note_until(t, quote.paragraph)
    local alone = from == t or r.kind[t - 1] == "paragraph" or r.kind[t - 1] == ":"
    local said = subject ~= nil
    if label then
      said, speaker = true, who:labelled(label)
    elseif not subject then
      local introduced = r.kind[t - 1] == ":" and subjects.of_clause(r, from, t - 2)
      if alone and introduced then
        said, speaker = true, name(introduced) or last_speaker
      elseif alone then
        said = words >= 3 or last_paragraph == quote.paragraph
        speaker = last_speaker
      else
        local topic = subjects.of_clause(r, from, t - 1)
        said = words >= 4 and not title_like
        speaker = topic and name(topic) or last_speaker
      end
    elseif not speaker then
      speaker = last_speaker
    end
    if is_label(r, t, title_like) then said = false end
    if title_like and not adjacent and not alone
        and r.kind[t - 1] ~= "," and r.kind[t - 1] ~= ":" and r.low[t - 1] ~= "as"
        and not (subject and cues.forms[cue] and NAMING[cues.forms[cue].base]) then
      said = false
    end
    -- A pull quote repeats what was quoted where it belongs.
    local repeated = seen[words_of(r, quote)]
    if alone and not subject and repeated then said = false end
    seen[words_of(r, quote)] = true
    quote.said, quote.cue, speakers[q] = said, cue, speaker
    quote.explicit = subject ~= nil
    if said and speaker then last_speaker, last_paragraph = speaker, quote.paragraph end
    read_to = t + 1
  end

  -- The paragraphs of one quotation have one speaker: whoever is named in any.
  for q = #quotes, 1, -1 do
    local before = quotes[q].continues
    if before and quotes[q].explicit and not quotes[before].explicit then
      speakers[before], quotes[before].explicit = speakers[q], true
    end
  end
  for q, quote in ipairs(quotes) do
    if quote.continues and (quotes[quote.continues].explicit or not quote.explicit) then
      speakers[q] = speakers[quote.continues]
      quote.explicit = quotes[quote.continues].explicit
    end
    if quote.continues or quote.continued then quote.said = true end
    quote.speaker = speakers[q]
  end
end

return M
