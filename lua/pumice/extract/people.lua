--- Who is meant: full names for surnames, and people for "he" and "she".
---
--- One pass over the narration collects every name of two words or more and every
--- mention of a person. A surname alone ("Putin", "Mr Putin") then stands for the
--- fullest name with that surname, one given before if there is one; titles are
--- split off. "He" and "she" stand for the subject of the nearest sentence before
--- that agrees, in the manner of Hobbs 1978 with sentences for trees.
local cues = require "pumice.extract.cue_verbs"
local first_names = require "pumice.extract.first_names"
local grammar = require "pumice.extract.grammar"
local mentions = require "pumice.extract.mentions"
local names = require "pumice.extract.person_names"

local M = {}

local People = {}
People.__index = People

---@class pumice.extract.Person
---@field name string  the fullest form
---@field count integer  mentions
---@field gender? string

--- Returns the person of a full name: one that is known, or a new one.
---@param words string[]
---@param low string[]  the words in lower case
---@param gender? string
---@param titled boolean
---@param t integer  the token where the name stands
---@return pumice.extract.Person
function People:introduce(words, low, gender, titled, t)
  local key = names.key(low)
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
  local person = {
    words = words, low = low, count = 1, first = t, titled = titled,
    gender = gender or first_names[low[1]],
    organisation = names.is_organisation(low) and not titled and not first_names[low[1]],
  }
  if #same < 16 then same[#same + 1] = person end
  return person
end

--- Returns the person a surname or first name stands for, or nil.
---@param low string[]  the words without title, in lower case
---@param gender? string
---@return pumice.extract.Person?
function People:known(low, gender)
  local same = self.by_last[names.key(low)]
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
        person = self:introduce(mention.words, mention.low, mention.gender, true, mention.token)
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
  mentions.collect(self, reading)
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
