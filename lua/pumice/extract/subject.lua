--- The subject of a verb: the name or noun phrase beside it, found without a
--- parser from the closed classes of words that bound it.
local grammar = require "pumice.extract.grammar"
local names = require "pumice.extract.person_names"
local people = require "pumice.extract.people"
local cues = require "pumice.extract.cue_verbs"

local M = {}

local REACH = 60  -- tokens; no subject is looked for farther from its verb

local function is_adverb(word)
  return grammar.opener[word] or #word > 4 and word:find("ly$") ~= nil and word ~= "family"
end

local function skips(r, i)
  return r.kind[i] == "word"
    and (grammar.auxiliary[r.low[i]] or is_adverb(r.low[i]) and not r.capital[i])
end

-- Passes over "(D-Md.)" to the left: the token before it.
local function before_parenthesis(r, i)
  if r.kind[i] ~= ")" then return i end
  for j = i - 1, math.max(1, i - 12), -1 do
    if r.kind[j] == "(" then return j - 1 end
  end
  return i
end

local CLAUSE = { ["end"] = true, paragraph = true, quote = true, [":"] = true, [";"] = true,
  ["-"] = true, ["..."] = true }

-- Is the token one that no noun phrase contains?
local function bounds(r, i)
  local kind = r.kind[i]
  if kind ~= "word" then return kind ~= "possessive" and kind ~= ")" and kind ~= "(" end
  local word = r.low[i]
  if r.capital[i] and i > 1 and r.kind[i - 1] == "word" then return r.calendar[i] end
  if word == "and" or word == "or" or word == "one" or word == "who" then return word == "who" end
  return grammar.conjunction[word] or grammar.pronoun[word] or r.calendar[i]
    or grammar.auxiliary[word] and word ~= "all" and word ~= "even"
end

-- A noun phrase from token i to j at the most: where it ends. It goes on over
-- "of", "for" and their like and stops at a participle, an adverb or a verb.
local function phrase_end(r, i, j)
  local last = i - 1
  for t = i, j do
    local kind, word = r.kind[t], r.low[t]
    if kind == "word" then
      if bounds(r, t) then break end
      if (word == "and" or word == "or") and not (r.capital[t - 1] and r.capital[t + 1]) then
        break
      end
      if grammar.preposition[word] and (t == i or not grammar.inner[word]) then break end
      -- In "a spokesman for Acme in Elden" the place is of the firm, not the speaker.
      if word == "in" and r.capital[t - 1] then break end
      -- A determiner right after a plain word: that word was a verb.
      if t > i and grammar.determiner[word] and not r.capital[t] and r.kind[t - 1] == "word"
          and not grammar.preposition[r.low[t - 1]] and not grammar.determiner[r.low[t - 1]]
          and not (r.low[t - 1] == "and" or r.low[t - 1] == "or") then
        return r.capital[t - 1] and t - 1 or t - 2
      end
      if t > i and not r.capital[t] then
        if is_adverb(word) then break end
        local noun_before = r.kind[t - 1] == "word" and not grammar.determiner[r.low[t - 1]]
          and not grammar.preposition[r.low[t - 1]]
        if noun_before and (word:find("ing$") and #word > 5 or word:find("ed$") and #word > 4
            or grammar.past[word]) then
          break
        end
        local cue = cues.forms[word]
        if cue and cue.tense ~= "base" and noun_before and t > i + 1
            and not word:find("s$") then
          break
        end
      end
      if not grammar.preposition[word] and word ~= "and" and word ~= "or"
          and not grammar.determiner[word] then
        last = t
      end
    elseif kind ~= "possessive" then
      break
    end
  end
  return last
end

---@class pumice.extract.Subject
---@field first integer  token
---@field last integer  token
---@field pronoun? string

-- Are the words from i to j a heading in capitals and no name?
local function shouted(r, i, j)
  return j - i >= 2 and not r.text:sub(r.first[i], r.last[j]):find("%l")
end

local function phrase(r, i, j)
  while i <= j and (r.low[i] == "and" or r.low[i] == "but" or r.low[i] == "so"
      or is_adverb(r.low[i]) and not r.capital[i]) do
    i = i + 1
  end
  if i > j then return nil end
  local first_word = r.low[i]
  if grammar.preposition[first_word] and r.kind[i] == "word" then
    -- "In a statement Husted said": the phrase that ends the stretch.
    local t = j
    while t > i and not (grammar.determiner[r.low[t]] or r.capital[t] and not r.capital[t - 1]
        and not grammar.particle[r.low[t - 1]]) do
      t = t - 1
    end
    if t == i or grammar.preposition[r.low[t - 1]] then return nil end
    i = t
  end
  local last = phrase_end(r, i, j)
  if last < i or shouted(r, i, last) or grammar.indefinite[r.low[i]] then return nil end
  return { first = i, last = last }
end

-- The stretch of a clause that ends at token j, back to what bounds it.
local function stretch_start(r, j)
  local i = j
  while i > 1 and j - i < REACH do
    i = before_parenthesis(r, i)
    if bounds(r, i) then return i + 1 end
    local cue = r.kind[i] == "word" and cues.forms[r.low[i]]
    if cue and (cue.tense == "finite" or cue.tense == "ing") and i < j and not r.capital[i]
        and not grammar.determiner[r.low[i - 1]] and not r.low[i]:find("s$") then
      return i + 1
    end
    i = i - 1
  end
  return i + 1
end

-- Does a segment between commas open with a name?
local function opens_with_name(r, i, j)
  if r.low[i] == "and" or r.low[i] == "but" then i = i + 1 end
  if i > j or not r.capital[i] or grammar.determiner[r.low[i]] or grammar.preposition[r.low[i]]
      or grammar.conjunction[r.low[i]] or r.calendar[i] then
    return nil
  end
  local last = math.min(j, names.ending(r, i))
  if last - i < 1 or shouted(r, i, last) or r.kind[last + 1] == "possessive" then return nil end
  return { first = i, last = last }
end

-- "X, the mayor of Y, said": the comma is at token j; finds X.
local function before_apposition(r, j)
  local segments = {}
  local last = j - 1
  local i = last
  while i >= 1 and j - i < REACH do
    local kind = r.kind[i]
    if kind == "," or CLAUSE[kind] then
      if i + 1 <= last then segments[#segments + 1] = { i + 1, last } end
      if kind ~= "," then break end
      last = i - 1
    end
    i = i - 1
  end
  if #segments == 0 then return nil end
  -- From the verb leftwards: the first that opens with a name; else the first
  -- segment of the clause that is no adverbial.
  for s = 1, #segments do
    local name = opens_with_name(r, segments[s][1], segments[s][2])
    if name then return name end
  end
  for s = #segments, 1, -1 do
    local from, to = segments[s][1], segments[s][2]
    local word = r.low[from]
    if not grammar.preposition[word] and not r.calendar[from] and not is_adverb(word)
        and not (word:find("ing$") and not r.capital[from + 1]) then
      if grammar.pronoun[word] and word ~= "that" then
        return { first = from, last = from, pronoun = grammar.pronoun[word] }
      end
      if not grammar.conjunction[word] or word == "and" or word == "but" then
        local found = phrase(r, from, to)
        if found then return found end
      end
    end
  end
  return nil
end

--- Returns the subject that stands before the verb at token `i`, or nil; and
--- whether the verb is passive ("was told").
---@param r pumice.extract.Reading
---@param i integer
---@return pumice.extract.Subject?
---@return boolean passive
function M.before(r, i)
  local passive = false
  local j = i - 1
  while skips(r, j) do
    if r.low[j]:find("^was$") or r.low[j] == "were" or r.low[j] == "is" or r.low[j] == "are"
        or r.low[j] == "been" or r.low[j] == "be" or r.low[j] == "being" then
      passive = not r.low[i]:find("ing$")
    end
    j = j - 1
  end
  j = before_parenthesis(r, j)
  if r.kind[j] == "," then return before_apposition(r, j), passive end
  if r.kind[j] ~= "word" then return nil, passive end
  if r.low[j] == "and" or r.low[j] == "or" or r.low[j] == "but" then return nil, passive end
  local pronoun = grammar.pronoun[r.low[j]]
  if pronoun and (pronoun == "who" or pronoun == "which") then
    local k = before_parenthesis(r, r.kind[j - 1] == "," and j - 2 or j - 1)
    if r.kind[k] ~= "word" then return nil, passive end
    if r.low[k] == "of" or r.low[k] == "in" or r.low[k] == "for" then return nil, passive end
    local found = phrase(r, stretch_start(r, k), k)
    return found, passive
  elseif pronoun then
    return { first = j, last = j, pronoun = pronoun }, passive
  end
  if grammar.article[r.low[j]] or grammar.preposition[r.low[j]] then return nil, passive end
  return phrase(r, stretch_start(r, j), j), passive
end

--- Returns the subject that stands after the verb at token `i` ("said the mayor
--- of Y", "said a lawyer, Jane Roe"), or nil.
---@param r pumice.extract.Reading
---@param i integer
---@return pumice.extract.Subject?
function M.after(r, i)
  local from = i + 1
  if r.kind[from] ~= "word" then return nil end
  local word = r.low[from]
  local pronoun = grammar.pronoun[word]
  if pronoun then
    if pronoun == "who" or pronoun == "which" or word == "that" then return nil end
    return { first = from, last = from, pronoun = pronoun }
  end
  if grammar.preposition[word] or grammar.conjunction[word] or r.calendar[from] then
    return nil
  end
  if not r.capital[from] and not grammar.determiner[word]
      and not word:find("[^s]s$") and not grammar.title[word] then
    return nil
  end
  local to = from
  while to < r.n and to - from < 25
      and (r.kind[to + 1] == "word" or r.kind[to + 1] == "possessive") do
    to = to + 1
  end
  local last = phrase_end(r, from, to)
  if last < from then return nil end
  if not r.capital[last] and r.kind[last + 1] == "," then
    local name = opens_with_name(r, last + 2, math.min(r.n, last + 8))
    local follows = name and r.kind[name.last + 1]
    if follows == "," or follows == "end" or follows == "quote" then return name end
  end
  return { first = from, last = last }
end

--- Returns the name that the possessive at token `i` makes an owner, or nil.
---@param r pumice.extract.Reading
---@param i integer
---@return pumice.extract.Subject?
function M.owner(r, i)
  local first = i
  while r.capital[first - 1] and not r.calendar[first - 1] and i - first < 5 do
    first = first - 1
  end
  return first < i and { first = first, last = i - 1 } or nil
end

--- Returns the first noun phrase of the clause that starts at token `i`, its
--- adverbials passed over: what a sentence is about.
---@param r pumice.extract.Reading
---@param i integer  first token of the sentence
---@param limit integer  last token to look at
---@return pumice.extract.Subject?
function M.of_clause(r, i, limit)
  local start = i
  while i <= limit do
    local j = i
    while j < limit and r.kind[j + 1] ~= "," and not CLAUSE[r.kind[j + 1]] do j = j + 1 end
    local word = r.low[i]
    local bare = i > start and not r.capital[i] and not grammar.determiner[word]
      and not grammar.pronoun[word] and not grammar.conjunction[word]
    if r.kind[i] == "word" and not grammar.preposition[word] and not r.calendar[i]
        and not is_adverb(word) and not bare
        and not (word:find("ing$") and not r.capital[i + 1]) then
      local from = i
      if grammar.conjunction[word] or grammar.auxiliary[word] then from = i + 1 end
      local pronoun = grammar.pronoun[r.low[from]]
      if pronoun then return { first = from, last = from, pronoun = pronoun } end
      if not grammar.preposition[r.low[from]] then
        if r.capital[from] and not grammar.determiner[r.low[from]] then
          local last = math.min(j, names.ending(r, from))
          if r.kind[last + 1] ~= "possessive" and not shouted(r, from, last) then
            return { first = from, last = last }
          end
        end
        local found = phrase(r, from, j)
        if found then return found end
      end
    end
    i = j + 2
  end
  return nil
end

-- The name that ends a noun phrase, as tokens: "Trump lawyer Marc Kasowitz".
local function trailing_name(r, subject)
  local i = subject.last
  if not r.capital[i] then return nil end
  while i > subject.first and r.kind[i - 1] == "word"
      and (r.capital[i - 1] or grammar.particle[r.low[i - 1]] and r.capital[i - 2]) do
    i = i - 1
  end
  if grammar.determiner[r.low[i]] and i < subject.last then i = i + 1 end
  return i
end

--- Returns the speaker a subject stands for, as the output has it: the fullest
--- name of a person, else the noun phrase as written, a determiner that opened a
--- sentence in lower case; nil for a pronoun that stands for nobody known.
---@param r pumice.extract.Reading
---@param who table  the people of the reading
---@param subject pumice.extract.Subject
---@return string?
function M.speaker(r, who, subject)
  if subject.pronoun then
    local person = (subject.pronoun == "he" or subject.pronoun == "she") and who:at(subject.first)
    if person and person.role then
      local last = phrase_end(r, person.first, math.min(r.n, person.first + 25))
      return M.speaker(r, who, { first = person.first, last = math.max(last, person.last) })
    end
    return person and people.name(person) or nil
  end
  local start = trailing_name(r, subject)
  local determined = r.kind[subject.first] == "word" and grammar.determiner[r.low[subject.first]]
  local inner = false
  for t = subject.first, (start or 0) - 1 do
    inner = inner or r.kind[t] == "word" and (r.low[t] == "and" or grammar.preposition[r.low[t]])
  end
  if start and not inner then
    local words, low = names.words(r, start, subject.last)
    local from, gender, titled = names.split_title(low)
    if from > 1 then
      words = table.move(words, from, #words, 1, {})
      low = table.move(low, from, #low, 1, {})
    end
    local bare = determined and start == subject.first + 1 and not titled and #low <= 2
    if not bare or who:known(low) then
      local person = who:known(low, gender)
      if person and #person.words > #words then return people.name(person) end
      return table.concat(words, " ")
    elseif start == subject.first + 1 then
      return (r.text:sub(r.first[start], r.last[subject.last]))
    end
  end
  local text = r.text:sub(r.first[subject.first], r.last[subject.last]):gsub("%s+", " ")
  if determined and not text:find("^%u%u") then
    text = text:gsub("^%u", string.lower)
  end
  return text
end

return M
