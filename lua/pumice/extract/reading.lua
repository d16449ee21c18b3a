--- The narration of a text: everything outside the quotations, as a row of tokens.
---
--- A quotation is one token, so `“No,” she said` reads quote, she, said. Kinds:
--- "word", "possessive" ('s), "quote", "end" (of a sentence), "paragraph", and the
--- marks "," ":" ";" "(" ")" "-" as themselves. Arrays run in parallel:
---
---   kind[i]   string
---   first[i], last[i]   bytes in the text
---   capital[i]  whether the token is a word with a capital letter
---   calendar[i]  whether it is a day or a month, and not June of "June Abbot"
---   low[i]    the word in lower case, "" for other kinds
---   quote[i]  the number of the quotation, for the kind "quote"
local grammar = require "pumice.extract.grammar"

local M = {}

local MONTH_NAMES = grammar.set [[ april may june august ]]

local ABBREVIATIONS = {}
for word in ([[mr mrs ms mx dr sen sens rep reps gov govs gen lt col sgt prof rev st jr sr del
  capt cmdr maj adm hon messrs fr pres supt insp det const cpl jan feb mar apr jun jul aug sep
  sept oct nov dec no vs inc corp co ltd va calif fla mass wis mich ill tenn minn conn ariz
  ala ark colo del ga ind kan ky la md me miss mo mont neb nev okla ore pa tex vt wash wyo
  etc est dept univ assn bros mt ft]]):gmatch("%S+") do
  ABBREVIATIONS[word] = true
end

local LETTERS = "[%w\x80-\xBF\xC3-\xE1\xE3-\xF4]"
local RUN = "^" .. LETTERS .. "+"

-- Returns the last byte of a run of single letters with points: U.S., a.m.
local function initials_end(text, first)
  if not text:find("^%a%.%a%f[^%w]", first) then return nil end
  local last = first + 2
  while text:find("^%.%a%f[^%w]", last + 1) do last = last + 2 end
  return text:byte(last + 1) == 0x2E and last + 1 or last
end

local JOINED = {
  [0x2D] = "^%-" .. LETTERS .. "+()",            -- e-mail, co-founder
  [0x27] = "^'" .. LETTERS .. "+()",             -- don't, O'Neill
  [0xE2] = "^\xE2\x80\x99" .. LETTERS .. "+()",
  [0x2E] = "^%.%d+()",                           -- 3.5
  [0x2C] = "^,%d+()",                            -- 6,000
}

-- Returns the last byte of the word that starts at `first`: it runs on over
-- hyphens, apostrophes and the points of initials and of known abbreviations.
local function word_end(text, first)
  local part = first  -- what stands after the last hyphen: D-Md., U.S.-led
  local last = initials_end(text, part) or select(2, text:find(RUN, part))
  while true do
    local byte = text:byte(last + 1)
    if byte == 0x2E and (last == part and text:find("^%u", part)
        or last - part < 6 and ABBREVIATIONS[text:sub(part, last):lower()]) then
      return last + 1
    end
    local pattern = JOINED[byte]
    if not pattern then return last end
    if byte == 0x27 and text:find("^'[sS]%f[^%w]", last + 1) then return last end
    if byte == 0xE2 and text:find("^\xE2\x80\x99[sS]%f[^%w]", last + 1) then return last end
    if (byte == 0x2C or byte == 0x2E) and not text:find("^%d", last) then return last end
    local after = text:match(pattern, last + 1)
    if not after then return last end
    if byte == 0x2D then
      part = last + 2
      after = (initials_end(text, part) or after - 1) + 1
    end
    last = after - 1
  end
end

--- Does a word begin with a capital letter (Latin or Cyrillic)?
---@param word string
---@return boolean
function M.is_capital(word)
  return word:find("^%u") ~= nil or word:find("^\xC3[\x80-\x9E]") ~= nil
    or word:find("^\xD0[\x81\x90-\xAF]") ~= nil
    or word:find("^\xC4[\x80\x82\x84\x86\x88\x8A\x8C\x8E\x90\x92\x98\x9A\xA0\xB0]") ~= nil
    or word:find("^\xC5[\x81\x83\x87\x90\x98\x9A\x9E\xA0\xA2\xAA\xAE\xB9\xBB\xBD]") ~= nil
end

local STOPS = { ["."] = "end", ["!"] = "end", ["?"] = "end", [","] = ",", [":"] = ":",
  [";"] = ";", ["("] = "(", [")"] = ")", ["["] = "(", ["]"] = ")", ["-"] = "-" }
local WIDE = { ["–"] = "-", ["—"] = "-", ["―"] = "-", ["…"] = "..." }

---@class pumice.extract.Reading
---@field n integer  tokens
---@field kind string[]
---@field first integer[]
---@field last integer[]
---@field low string[]
---@field capital boolean[]
---@field calendar boolean[]
---@field quote table<integer, integer>
---@field token_of integer[]  of each quotation, its token

--- Reads the narration of `text` around its quotations.
---
---@param text string
---@param firsts integer[]  paragraphs
---@param lasts integer[]
---@param quotes pumice.extract.Stretch[]
---@return pumice.extract.Reading
function M.read(text, firsts, lasts, quotes)
  local kind, first, last, low, capital, quote, token_of = {}, {}, {}, {}, {}, {}, {}
  local n = 0
  local function add(what, from, to, word)
    n = n + 1
    kind[n], first[n], last[n] = what, from, to
    low[n], capital[n] = word and word:lower() or "", word ~= nil and M.is_capital(word)
  end
  local q, next_quote = 1, quotes[1]
  for p = 1, #firsts do
    add("paragraph", firsts[p], firsts[p])
    local at, stop = firsts[p], lasts[p]
    while at <= stop do
      local byte = text:byte(at)
      if next_quote and at >= next_quote.first then
        add("quote", next_quote.first, next_quote.last)
        quote[n], token_of[q] = q, n
        at = next_quote.last + 1
        q = q + 1
        next_quote = quotes[q]
      elseif text:find(RUN, at) then
        local to = word_end(text, at)
        if next_quote and to >= next_quote.first then to = next_quote.first - 1 end
        add("word", at, to, text:sub(at, to))
        at = to + 1
      elseif byte == 0x27 and text:find("^'[sS]%f[^%w]", at) and kind[n] == "word" then
        add("possessive", at, at + 1)
        at = at + 2
      elseif byte == 0xE2 then
        local mark = text:sub(at, at + 2)
        if mark == "’" and text:find("^[sS]%f[^%w]", at + 3) and kind[n] == "word" then
          add("possessive", at, at + 3)
          at = at + 4
        else
          if WIDE[mark] then add(WIDE[mark], at, at + 2) end
          at = at + 1
          while at <= stop and text:find("^[\x80-\xBF]", at) do at = at + 1 end
        end
      else
        local stop_kind = STOPS[string.char(byte)]
        if stop_kind == "end" and kind[n] == "end" then
          last[n] = at
        elseif stop_kind then
          add(stop_kind, at, at)
        end
        at = at + 1
        if byte == 0xC2 then at = at + 1 end
      end
    end
  end
  add("paragraph", #text + 1, #text + 1)
  local calendar = {}
  for i = 1, n do
    calendar[i] = grammar.calendar[low[i]]
      and not (MONTH_NAMES[low[i]] and capital[i + 1] and not grammar.calendar[low[i + 1]])
      or false
  end
  return { text = text, n = n, kind = kind, first = first, last = last, low = low,
    capital = capital, calendar = calendar, quote = quote, token_of = token_of }
end

return M
