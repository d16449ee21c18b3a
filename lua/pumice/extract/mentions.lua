--- Mentions of people in the order of the text: names, pronouns, and somebody
--- without a name ("a porter at the hotel").
local cues = require "pumice.extract.cue_verbs"
local grammar = require "pumice.extract.grammar"
local names = require "pumice.extract.person_names"
local roles = require "pumice.extract.roles"

local M = {}

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
  local words, lows = names.words(reading, start, last)
  local from, gender, titled = names.split_title(lows)
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
    person = #words >= 2 and #words <= 5 and self:introduce(words, lows, gender, titled, start),
    the = before == "the",
  }
end

--- Enters every mention of the narration, and the people that are named in full,
--- into `self`, the people of a text.
---@param self table  see pumice.extract.people
---@param reading pumice.extract.Reading
function M.collect(self, reading)
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
        local last = names.ending(reading, start)
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

return M
