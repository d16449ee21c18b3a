--- People without a name: "a porter at the hotel", and what appositions tell.
local grammar = require "pumice.extract.grammar"

local M = {}

--- Words that open such a phrase.
M.openers = grammar.set [[ a an the one another ]]

-- Endings and words that name people, and words with those endings that do not.
local HUMAN = { "er$", "or$", "ist$", "man$", "woman$", "person$", "ian$", "eer$", "ee$" }
local PEOPLE = grammar.set [[ resident neighbour mother president student agent assistant aide
  official source witness guest colleague friend priest nurse teenager expert critic guide
  professor scientist client tenant merchant sergeant lieutenant parent patient chief clerk
  cook judge doctor spouse wife daughter girl boy ]]
local THINGS = grammar.set [[ other former number letter paper order water tower power river
  computer matter quarter summer winter september october november december over after under
  never ever her offer answer error factor door floor sector corner centre either newspaper
  border chapter poster banner remainder member minor major senior junior ]]

--- Returns the last token of the noun that says what somebody is, and the gender
--- it tells, when the phrase that token i opens is about a person.
---@param reading pumice.extract.Reading
---@param i integer
---@return integer?
---@return string?
function M.role_end(reading, i)
  for j = i + 1, math.min(i + 5, reading.n) do
    local word = reading.low[j]
    if reading.kind[j] ~= "word" or grammar.preposition[word] or grammar.conjunction[word] then
      return nil
    end
    local human = PEOPLE[word] or grammar.male[word] or grammar.female[word]
    for k = 1, not THINGS[word] and not human and #HUMAN or 0 do
      human = human or #word > 4 and word:find(HUMAN[k])
    end
    if human and not reading.capital[j + 1] then
      return j, grammar.male[word] and "male" or grammar.female[word] and "female" or nil
    end
  end
  return nil
end

return M
