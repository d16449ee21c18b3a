--- The subject of a verb: the name or noun phrase beside it, and whom it stands for.
local grammar = require "pumice.extract.grammar"
local names = require "pumice.extract.person_names"
local noun_phrase = require "pumice.extract.noun_phrase"
local people = require "pumice.extract.people"
local cues = require "pumice.extract.cue_verbs"

local M = {}

local REACH = 60  -- tokens; no subject is looked for farther from its verb

local function skips(r, i)
  return r.kind[i] == "word"
    and (grammar.auxiliary[r.low[i]] or noun_phrase.is_adverb(r.low[i]) and not r.capital[i])
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

-- The stretch of a clause that ends at token j, back to what bounds it.
local function stretch_start(r, j)
  local i = j
  while i > 1 and j - i < REACH do
    i = before_parenthesis(r, i)
    if noun_phrase.bounds(r, i) then return i + 1 end
    local cue = r.kind[i] == "word" and cues.forms[r.low[i]]
    if cue and (cue.tense == "finite" or cue.tense == "ing") and i < j and not r.capital[i]
        and not grammar.determiner[r.low[i - 1]] and not r.low[i]:find("s$") then
      return i + 1
    end
    i = i - 1
  end
  return i + 1
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
    local name = noun_phrase.opening_name(r, segments[s][1], segments[s][2])
    if name then return name end
  end
  for s = #segments, 1, -1 do
    local from, to = segments[s][1], segments[s][2]
    local word = r.low[from]
    if not grammar.preposition[word] and not r.calendar[from] and not noun_phrase.is_adverb(word)
        and not (word:find("ing$") and not r.capital[from + 1]) then
      if grammar.pronoun[word] and word ~= "that" then
        return { first = from, last = from, pronoun = grammar.pronoun[word] }
      end
      if not grammar.conjunction[word] or word == "and" or word == "but" then
        local found = noun_phrase.within(r, from, to)
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
    local found = noun_phrase.within(r, stretch_start(r, k), k)
    return found, passive
  elseif pronoun then
    return { first = j, last = j, pronoun = pronoun }, passive
  end
  if grammar.article[r.low[j]] or grammar.preposition[r.low[j]] then return nil, passive end
  return noun_phrase.within(r, stretch_start(r, j), j), passive
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
  local last = noun_phrase.ending(r, from, to)
  if last < from then return nil end
  if not r.capital[last] and r.kind[last + 1] == "," then
    local name = noun_phrase.opening_name(r, last + 2, math.min(r.n, last + 8))
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
        and not noun_phrase.is_adverb(word) and not bare
        and not (word:find("ing$") and not r.capital[i + 1]) then
      local from = i
      if grammar.conjunction[word] or grammar.auxiliary[word] then from = i + 1 end
      local pronoun = grammar.pronoun[r.low[from]]
      if pronoun then return { first = from, last = from, pronoun = pronoun } end
      if not grammar.preposition[r.low[from]] then
        if r.capital[from] and not grammar.determiner[r.low[from]] then
          local last = math.min(j, names.ending(r, from))
          if r.kind[last + 1] ~= "possessive" and not noun_phrase.is_shouted(r, from, last) then
            return { first = from, last = last }
          end
        end
        local found = noun_phrase.within(r, from, j)
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
      local last = noun_phrase.ending(r, person.first, math.min(r.n, person.first + 25))
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
