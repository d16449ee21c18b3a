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
local cue_finder = require "pumice.extract.cue_finder"
local cues = require "pumice.extract.cue_verbs"
local grammar = require "pumice.extract.grammar"
local people = require "pumice.extract.people"
local reading = require "pumice.extract.reading"
local subjects = require "pumice.extract.subject"

local M = {}

local REACH = 240  -- tokens of narration searched for indirect speech

-- Verbs that give a name to a thing: what they name it is said, even in capitals.
local NAMING = grammar.set [[ call dub label nickname term brand deem hail rate describe mock
  ridicule deride tout ]]

local SMALL = grammar.set [[ a an the of in on for to and or at by with from vs as is ]]

-- Returns how many words there are, and whether they are capital as in a title.
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
  return r.capital[t - 1] and r.capital[t + 1]
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

  local function name(subject) return subjects.speaker(r, who, subject) end

  -- The last one whose speech is reported before token t, with or without marks.
  local function note_until(t, paragraph)
    local found
    for i = math.max(read_to, t - REACH), t - 1 do
      local cue = cue_finder.cue_at(r, i)
      if cue and cue.class ~= "view" and cue.tense == "finite" then
        local subject, passive = subjects.before(r, i)
        if subject and not passive and (subject.pronoun or subject.last > subject.first
            or who:known({ r.low[subject.first] })) then
          found = name(subject) or found
        end
      elseif cue_finder.is_according(r, i) then
        local subject = subjects.after(r, i + 1)
        if subject then found = name(subject) or found end
      end
    end
    read_to = t
    if found then last_speaker, last_paragraph = found, paragraph end
  end

  for q, quote in ipairs(quotes) do
    local t = r.token_of[q]
    local from = cue_finder.sentence_start(r, t)
    local words, title_like = profile(r.text:sub(quote.first, quote.last))
    local subject, cue, adjacent
    if not cue_finder.closes(r, t) or not cue_finder.ends_with(r, t, "^[%.]") then
      subject, cue, adjacent = cue_finder.right(r, t)
    end
    local speaker
    if not subject then
      subject = cue_finder.signed(r, t)
      cue, adjacent = nil, subject ~= nil
    end
    if not (subject and adjacent) then
      local before, before_cue = cue_finder.left(r, from, t)
      if not before then
        before = cue_finder.labelled(r, from, t)
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
          or cue_finder.ends_with(r, t, "^[.!?]")
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
    if alone and not subject and repeated and words >= 4 then said = false end
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
