--- Who is meant: full names for surnames, and people for "he" and "she".
---
--- One pass over the narration collects every name of two words or more and every
--- mention of a person. A surname alone ("Putin", "Mr Putin") then stands for the
--- fullest name with that surname, one given before if there is one; titles are
--- split off. "He" and "she" stand for the subject of the nearest sentence before
--- that agrees, in the manner of Hobbs 1978 with sentences for trees.
local grammar = require "pumice.extract.grammar"
local roles = require "pumice.extract.roles"
local cues = require "pumice.extract.cue_verbs"
local first_names = require "pumice.extract.first_names"

local M = {}

local SUFFIX = grammar.set [[ jr jr. sr sr. ii iii iv esq. ]]
local ORGANISATION = grammar.set [[ university college house department committee council party
  times
  news post court bank agency office institute association group company corporation
  commission street street's school schools museum city county state states union nations
  kingdom republic island islands sea ocean river act law bill war day agreement plan
  network channel fund center centre board bureau administration service services force
  army navy guard police congress senate parliament ministry foundation society press
  journal magazine television radio club team league cup street avenue square park hotel
  convention conference forum summit airport station bridge road lane church hospital
  inc. inc corp. corp co. co ltd ltd. plc llc mill
  america american americans york angeles francisco washington ]]

-- First words of places and bodies that no person's name begins with.
local PLACE = grammar.set [[ new north south east west united great los las san santa saint
  democratic republican national federal american british european russian chinese ]]

local function plain(low) return (low:gsub("%.$", "")) end

--- Splits titles off a row of words: "Russian President Vladimir Putin" gives
--- 3, "male". Returns the index where the name begins and what the title says of
--- its bearer, "male", "female" or nil.
---@param low string[]  lower-cased words
---@return integer start
---@return string? gender
---@return boolean titled
function M.split_title(low)
  local start, gender = 1, nil
  for i = 1, #low - 1 do
    local word = plain(low[i])
    if grammar.title[word] and not (i + 1 == #low and SUFFIX[low[i + 1]]) then start = i + 1 end
    gender = grammar.male[word] and "male" or grammar.female[word] and "female" or gender
  end
  return start, gender, start > 1
end

local People = {}
People.__index = People

-- Is the quotation at token j a nickname: Marcia “Cia” Price?
local function is_nickname(reading, j)
  local words = reading.text:sub(reading.first[j], math.min(reading.last[j], reading.first[j] + 16))
  return reading.capital[j + 1] and #words <= 16 and not words:find("[^%a -]")
end

-- Returns the last token of the name that starts at token i.
local function name_end(reading, i)
  local kind, low = reading.kind, reading.low
  local last = i
  for j = i + 1, reading.n do
    if reading.capital[j] and not reading.calendar[j] then
      last = j
    elseif j - last > 1
        or not (kind[j] == "word" and grammar.particle[low[j]]  -- counts when a capital follows
          or kind[j] == "quote" and is_nickname(reading, j)) then
      break
    end
  end
  return last
end
M.name_end = name_end

-- Returns the words of the tokens from i to j and their lower-case forms.
function M.words(reading, i, j)
  local words, low = {}, {}
  for t = i, j do
    if reading.kind[t] == "word" then
      words[#words + 1] = reading.text:sub(reading.first[t], reading.last[t])
      low[#low + 1] = reading.low[t]
    end
  end
  return words, low
end

local function key_of(low)
  local n = #low
  while n > 1 and SUFFIX[low[n]] do n = n - 1 end
  return low[n]
end

local LABEL = 16  -- tokens a label has at most

-- What the paragraph that starts at token i is besides prose: a "headline", all
-- its words capital, or a "label", a short line that ends like no sentence.
local function line_kind(reading, i)
  local words, capitals = 0, 0
  local j = i + 1
  while j <= reading.n and reading.kind[j] ~= "paragraph" and words < 40 do
    if reading.kind[j] == "quote"
        or reading.kind[j] == "end" and reading.kind[j + 1] ~= "paragraph" then
      return nil
    end
    if reading.kind[j] == "word" and reading.last[j] - reading.first[j] >= 3 then
      words = words + 1
      if reading.capital[j] then
        capitals = capitals + 1
      end
    end
    j = j + 1
  end
  if words >= 3 and capitals * 10 >= words * 7 then return "headline" end
  return j <= i + LABEL and reading.kind[j - 1] == "word" and "label" or nil
end

---@class pumice.extract.Person
---@field name string  the fullest form
---@field count integer  mentions
---@field gender? string

local function full_name(self, words, low, gender, titled, t)
  local key = key_of(low)
  local same = self.by_last[key]
  if not same then
    same = {}
    self.by_last[key] = same
  end
  for _, person in ipairs(same) do
    if person.low[1] == low[1] then
      person.count = person.count + 1
      person.gender = person.gender or gender
      person.titled = person.titled or titled
      if #words > #person.words then person.words, person.low = words, low end
      return person
    end
  end
  local organisation = PLACE[low[1]] or false
  for _, word in ipairs(low) do organisation = organisation or ORGANISATION[word] end
  local person = {
    words = words, low = low, count = 1, first = t, titled = titled,
    gender = gender or first_names[low[1]],
    organisation = organisation and not titled and not first_names[low[1]],
  }
  if #same < 16 then same[#same + 1] = person end
  return person
end

-- Is what stands at token i the first word of a sentence?
local function opens_sentence(reading, i)
  local before = reading.kind[i - 1]
  return before == "end" or before == "paragraph" or before == "quote" or before == nil
    or before == ":"
end

-- Can a subject begin at token i: a sentence, a clause, what follows "said"?
local function opens_phrase(reading, i)
  return opens_sentence(reading, i) or reading.kind[i - 1] == ","
    or cues.forms[reading.low[i - 1]] ~= nil
end

-- Describes the name that stands on the tokens from start to last.
local function name_mention(self, reading, start, last)
  local words, lows = M.words(reading, start, last)
  local from, gender, titled = M.split_title(lows)
  local before = reading.kind[start - 1] == "word" and reading.low[start - 1] or ""
  if from > 1 then
    words = table.move(words, from, #words, 1, {})
    lows = table.move(lows, from, #lows, 1, {})
  elseif grammar.title[before] then
    titled = true
    gender = grammar.male[before] and "male" or grammar.female[before] and "female" or nil
  end
  return {
    token = start, last = last, low = lows, words = words, gender = gender, titled = titled,
    person = #words >= 2 and #words <= 5 and full_name(self, words, lows, gender, titled, start),
    the = before == "the",
  }
end

local function collect(self, reading)
  local kind, low = reading.kind, reading.low
  local i, sentence, line = 1, 1, nil
  while i <= reading.n do
    self.sentence[i] = sentence
    if kind[i] == "paragraph" then
      line = line_kind(reading, i)
      if kind[i - 1] ~= "end" then sentence = sentence + 1 end
    elseif kind[i] == "end" then
      sentence = sentence + 1
    elseif roles.openers[low[i]] and opens_phrase(reading, i) and roles.role_end(reading, i) then
      local last, gender = roles.role_end(reading, i)
      local named = self.mentions[#self.mentions]
      if named and reading.kind[i - 1] == "," and named.last == i - 2 and named.person then
        -- An apposition tells what a person is: "Mara Quist, the mayor".
        named.person.titled = true
        named.person.gender = named.person.gender or gender
      elseif low[i] ~= "the" then
        -- Somebody without a name: "a porter at the hotel".
        self.mentions[#self.mentions + 1] = {
          token = i, last = last, sentence = sentence, role = true,
          person = { role = true, first = i, last = last, gender = gender, words = {}, low = {},
            count = 1, titled = true },
        }
      end
    elseif low[i] == "he" or low[i] == "she" then
      self.mentions[#self.mentions + 1] =
        { token = i, last = i, pronoun = low[i], sentence = sentence }
    elseif kind[i] == "word" and low[i] ~= "i" and not reading.calendar[i]
        and reading.capital[i] then
      local start = i
      local common = grammar.determiner[low[i]] or grammar.preposition[low[i]]
        or grammar.conjunction[low[i]] or grammar.pronoun[low[i]] or grammar.auxiliary[low[i]]
      if common and opens_sentence(reading, i) then start = i + 1 end
      if reading.capital[start] and not reading.calendar[start] then
        local last = name_end(reading, start)
        for t = i + 1, last do self.sentence[t] = sentence end
        if line ~= "headline" then
          local mention = name_mention(self, reading, start, last)
          mention.sentence = sentence
          -- A label tells names, but nobody in it is spoken of.
          if line ~= "label" then self.mentions[#self.mentions + 1] = mention end
        end
        i = last
      end
    end
    i = i + 1
  end
end

--- Returns the person a surname or first name stands for, or nil.
---@param low string[]  the words without title, in lower case
---@param gender? string
---@return pumice.extract.Person?
function People:known(low, gender)
  local same = self.by_last[key_of(low)]
  if #low == 1 and not same then return self.by_first[low[1]] end
  local best
  for _, person in ipairs(same or {}) do
    local fits = not (gender and person.gender and gender ~= person.gender)
      and (#low == 1 or person.low[1] == low[1]) and not person.organisation
    if fits and (not best or person.count > best.count) then best = person end
  end
  return best
end

--- Returns the name behind the label of a transcript: "WALLACE".
---@param label string
---@return string
function People:labelled(label)
  local low = {}
  for word in label:lower():gmatch("%S+") do low[#low + 1] = word end
  local person = self:known(low)
  return person and M.name(person) or label
end

-- Gives each mention its person, in the order of the text.
local function settle(self)
  for _, same in pairs(self.by_last) do
    for _, person in ipairs(same) do
      if not person.organisation then
        local other = self.by_first[person.low[1]]
        if other == nil then self.by_first[person.low[1]] = person
        elseif other ~= person then self.by_first[person.low[1]] = false end
      end
    end
  end
  for m, mention in ipairs(self.mentions) do
    self.mention_at[mention.token] = m
    if mention.pronoun then
      mention.person = self:antecedent(mention.pronoun, m)
    elseif not mention.person and mention.words and #mention.words == 1 then
      local person = not mention.the and self:known(mention.low, mention.gender) or nil
      if not person and mention.titled then
        person = full_name(self, mention.words, mention.low, mention.gender, true, mention.token)
      end
      if person then
        person.count = person.count + 1
        person.alone = true
        person.gender = person.gender or mention.gender
      end
      mention.person = person
    end
  end
end

local REACH = 40       -- mentions looked back over
local SENTENCES = 8    -- sentences looked back over

local function is_person(person)
  return person and not person.organisation
    and (person.titled or person.gender or person.alone)
end

--- Returns the person that "he" or "she" stands for when it is mention `m`.
function People:antecedent(pronoun, m)
  local gender = pronoun == "he" and "male" or "female"
  local here = self.mentions[m].sentence
  local best, best_rank, best_away
  for k = m - 1, math.max(1, m - REACH), -1 do
    local mention = self.mentions[k]
    local away = here - mention.sentence
    if away > SENTENCES then break end
    local person = mention.person
    if person and not person.organisation and (person.gender or gender) == gender then
      -- Nearer sentences first; within one, what is its subject, then what is first.
      local doubt = person.gender and 0 or is_person(person) and 3 or 9
      local rank = away * 8 - (mention.pronoun and 2 or 0) - (mention.subject and 5 or 0)
        + (mention.owner and 1 or 0) + (mention.governed and 4 or 0) + doubt
      if not best or rank < best_rank or rank == best_rank and away == best_away then
        best, best_rank, best_away = person, rank, away
      end
    end
  end
  if best and not best.gender then best.gender = gender end
  return best
end

--- Returns the person a pronoun at token `t` stands for, or nil.
function People:at(t)
  local m = self.mention_at[t]
  return m and self.mentions[m].person or nil
end

--- Returns a person's name in its fullest form.
function M.name(person)
  return table.concat(person.words, " ")
end

--- Reads the people of a narration.
---@param reading pumice.extract.Reading
function M.read(reading)
  local self = setmetatable({
    by_last = {}, by_first = {}, mentions = {}, mention_at = {}, sentence = {},
  }, People)
  collect(self, reading)
  for _, mention in ipairs(self.mentions) do
    local kind = reading.kind
    local before = kind[mention.token - 1]
    local verb = before == "word" and cues.forms[reading.low[mention.token - 1]]
    local speaks = verb and verb.class == "speech" and verb.tense == "finite"
    mention.subject = speaks or mention.role or before == "end" or before == "paragraph"
      or before == "quote" or before == "," and kind[mention.token - 2] == "quote"
    mention.governed = grammar.preposition[reading.low[mention.token - 1]]
    if speaks and mention.person then mention.person.alone = true end
    mention.owner = kind[mention.last + 1] == "possessive"
    if mention.owner then mention.subject = false end
  end
  settle(self)
  return self
end

return M
