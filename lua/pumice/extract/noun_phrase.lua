--- Noun phrases: where one begins and ends, found without a parser from the closed
--- classes of words that bound it. Places are tokens of a reading.
local cues = require "pumice.extract.cue_verbs"
local grammar = require "pumice.extract.grammar"
local names = require "pumice.extract.person_names"

local M = {}

--- Does the word, in lower case, look like an adverb?
---@param word string
---@return boolean
function M.is_adverb(word)
  return grammar.opener[word] or #word > 4 and word:find("ly$") ~= nil and word ~= "family"
end

--- Is the token one that no noun phrase contains?
---@param r pumice.extract.Reading
---@param i integer
---@return boolean?
function M.bounds(r, i)
  local kind = r.kind[i]
  if kind ~= "word" then return kind ~= "possessive" and kind ~= ")" and kind ~= "(" end
  local word = r.low[i]
  if r.capital[i] and i > 1 and r.kind[i - 1] == "word" then return r.calendar[i] end
  if word == "and" or word == "or" or word == "one" or word == "who" then return word == "who" end
  return grammar.conjunction[word] or grammar.pronoun[word] or r.calendar[i]
    or grammar.auxiliary[word] and word ~= "all" and word ~= "even"
end

--- Returns where a noun phrase from token `i` to `j` at the most ends; i - 1 when there
--- is none. It goes on over "of", "for" and their like and stops at a participle, an
--- adverb or a verb.
---@param r pumice.extract.Reading
---@param i integer
---@param j integer
---@return integer
function M.ending(r, i, j)
  local last = i - 1
  for t = i, j do
    local kind, word = r.kind[t], r.low[t]
    if kind == "word" then
      if M.bounds(r, t) then break end
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
        if M.is_adverb(word) then break end
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

--- Are the words from `i` to `j` a heading in capitals and no name?
---@param r pumice.extract.Reading
---@param i integer
---@param j integer
---@return boolean
function M.is_shouted(r, i, j)
  return j - i >= 2 and not r.text:sub(r.first[i], r.last[j]):find("%l")
end

--- Returns the noun phrase of the words from `i` to `j`, or nil.
---@param r pumice.extract.Reading
---@param i integer
---@param j integer
---@return pumice.extract.Subject?
function M.within(r, i, j)
  while i <= j and (r.low[i] == "and" or r.low[i] == "but" or r.low[i] == "so"
      or M.is_adverb(r.low[i]) and not r.capital[i]) do
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
  local last = M.ending(r, i, j)
  if last < i or M.is_shouted(r, i, last) or grammar.indefinite[r.low[i]] then return nil end
  return { first = i, last = last }
end

--- Returns the name that a segment between commas opens with, or nil.
---@param r pumice.extract.Reading
---@param i integer
---@param j integer
---@return pumice.extract.Subject?
function M.opening_name(r, i, j)
  if r.low[i] == "and" or r.low[i] == "but" then i = i + 1 end
  if i > j or not r.capital[i] or grammar.determiner[r.low[i]] or grammar.preposition[r.low[i]]
      or grammar.conjunction[r.low[i]] or r.calendar[i] then
    return nil
  end
  local last = math.min(j, names.ending(r, i))
  if last - i < 1 or M.is_shouted(r, i, last) or r.kind[last + 1] == "possessive" then
    return nil
  end
  return { first = i, last = last }
end

return M
