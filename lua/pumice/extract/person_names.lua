--- Names as they stand in a text: how far one goes, its titles, its surname.
local grammar = require "pumice.extract.grammar"

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

-- Is the quotation at token j a nickname: Marcia “Cia” Price?
local function is_nickname(reading, j)
  local words = reading.text:sub(reading.first[j], math.min(reading.last[j], reading.first[j] + 16))
  return reading.capital[j + 1] and #words <= 16 and not words:find("[^%a -]")
end

--- Returns the last token of the name that starts at token i.
function M.ending(reading, i)
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

--- Returns the words of the tokens from i to j and their lower-case forms.
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

--- Returns the word that people are filed under: the surname without "Jr.".
---@param low string[]
---@return string
function M.key(low)
  local n = #low
  while n > 1 and SUFFIX[low[n]] do n = n - 1 end
  return low[n]
end

--- Do the words name a place or a body, and no person?
---@param low string[]
---@return boolean
function M.is_organisation(low)
  local organisation = PLACE[low[1]] or false
  for _, word in ipairs(low) do organisation = organisation or ORGANISATION[word] end
  return organisation
end

return M
