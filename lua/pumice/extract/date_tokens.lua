--- A text as the row of words, numbers and signs that dates are read from.
local M = {}

local LETTERS = "[%a\xC3-\xDF][%a\x80-\xBF\xC3-\xDF]*"

---@class pumice.extract.DateTokens
---@field n integer
---@field word string[]  in lower case; ' for every apostrophe, - for every dash
---@field first integer[]
---@field last integer[]
---@field number (integer|false)[]  the value of a run of digits
---@field capital boolean[]
---@field joined boolean[]  whether nothing stands between it and the one before
---@field piece_after (integer|false)[]  what `date_grammar` has read at each token
---@field piece_node table[]
---@field piece_start integer[]

local DASH = { ["–"] = "-", ["—"] = "-", ["−"] = "-", ["‐"] = "-", ["‑"] = "-" }

--- Cuts a text into tokens: runs of letters, runs of digits, single signs.
---@param text string
---@return pumice.extract.DateTokens
function M.read(text)
  local word, first, last, number, capital, joined = {}, {}, {}, {}, {}, {}
  local n, at, before = 0, 1, 0
  while true do
    at = text:find("[^%s]", at)
    if not at then break end
    local byte = text:byte(at)
    local to, value
    if byte >= 0x30 and byte <= 0x39 then
      to = select(2, text:find("^%d+", at))
      value = to - at < 9 and tonumber(text:sub(at, to)) or false
    elseif text:find("^" .. LETTERS, at) then
      to = select(2, text:find("^" .. LETTERS, at))
    elseif byte == 0xE2 then
      to = math.min(at + 2, #text)
    elseif byte == 0xC2 then
      to = math.min(at + 1, #text)
    else
      to = at
      while byte >= 0x80 and text:find("^[\x80-\xBF]", to + 1) and to - at < 3 do to = to + 1 end
    end
    local token = text:sub(at, to)
    if token ~= "\xC2\xA0" then
      n = n + 1
      if DASH[token] then token = "-" elseif token == "’" then token = "'" end
      word[n], first[n], last[n] = token:lower(), at, to
      number[n], capital[n] = value or false, token:find("^%u") ~= nil
      joined[n] = at == before + 1
      before = to
    end
    at = to + 1
  end
  return { n = n, word = word, first = first, last = last, number = number, capital = capital,
    joined = joined, piece_after = {}, piece_node = {}, piece_start = {} }
end

return M
