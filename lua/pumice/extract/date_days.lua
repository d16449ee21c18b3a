--- Days: from tokens to descriptions of one day, with or without its year.
---
--- Each function reads at token `i` and returns the token after what it read and
--- the description (see `date_grammar`), or nil.
local parts = require "pumice.extract.date_parts"
local words = require "pumice.extract.date_words"

local M = {}

local SEPARATOR = { ["-"] = true, ["/"] = true, ["."] = true }

local function digits(t, i) return t.number[i] and t.last[i] - t.first[i] + 1 or 0 end

local function is_month_or_number(t, i)
  local m = words.month[t.word[i]]
  return m or t.number[i], m ~= nil
end

local LEADS_NUMBERS = { on = true, from = true, ["until"] = true, to = true, by = true,
  ["for"] = true, since = true, before = true, between = true }

-- "2016-05-03", "3/5/2016", "2019-aug-1", "22/Jan/2019", "20161016", "7/4".
local function numeric(t, i)
  if digits(t, i) == 8 then
    local n = t.number[i]
    local y, m, d = n // 10000, n // 100 % 100, n % 100
    if y >= 1900 and y <= 2099 and m >= 1 and m <= 12 and d >= 1 and d <= 31 then
      return i + 1, { is = "date", y = y, m = m, d = d }
    end
    return nil
  end
  local a, a_month = is_month_or_number(t, i)
  local sign = t.word[i + 1]
  if not a or not SEPARATOR[sign] or not t.joined[i + 1] or not t.joined[i + 2] then return nil end
  local b, b_month = is_month_or_number(t, i + 2)
  if not b or a_month and b_month then return nil end
  if i > 1 and t.joined[i] and (SEPARATOR[t.word[i - 1]] or t.word[i - 1] == ",")
      and t.number[i - 2] and not (t.word[i - 1] == "-" and sign == "/") then
    return nil
  end
  local c, c_month
  if t.word[i + 3] == sign and t.joined[i + 3] and t.joined[i + 4] then
    c, c_month = is_month_or_number(t, i + 4)
  end
  if c then
    local after = i + 5
    if t.joined[after] and (t.number[after] or t.word[after] == sign and t.joined[after + 1]
        and t.number[after + 1]) then
      return nil
    end
    local y, m, d
    if digits(t, i) == 4 then y, m, d = a, b, c
    elseif digits(t, i + 4) == 4 then m, d, y = a, b, c
    elseif digits(t, i + 2) == 4 then d, y, m = a, b, c
    elseif digits(t, i + 4) == 2 and not c_month then
      m, d, y = a, b, c + (c < 40 and 2000 or 1900)
    else
      return nil
    end
    if b_month and digits(t, i) < 4 then d, m = a, b end
    if c_month then m, d = c, digits(t, i) == 4 and b or a end
    if m > 12 or sign == "." and digits(t, i) <= 2 and not a_month and d <= 12 then m, d = d, m end
    if y < 1000 or m < 1 or m > 12 or d < 1 or d > 31 then return nil end
    return after, { is = "date", y = y, m = m, d = d }
  end
  local after = i + 3
  local dash = t.word[after] == "-" and sign == "/" and t.number[after + 1]
    and t.word[after + 2] == "/"
  if t.joined[after] and (SEPARATOR[t.word[after]] and t.joined[after + 1] and t.number[after + 1]
      and not dash or t.word[after] == "%" or t.word[after] == ":") then
    return nil
  end
  if digits(t, i + 2) == 4 and b >= 1000 and (a_month or a <= 12) and digits(t, i) <= 2
      and sign ~= "." then
    return after, { is = "month", y = b, m = a }
  end
  if digits(t, i) == 4 and a >= 1000 and (b_month or digits(t, i + 2) == 2 and b >= 1 and b <= 12)
      and sign == "-" then
    return after, { is = "month", y = a, m = b }
  end
  if digits(t, i) > 2 or digits(t, i + 2) > 2 then return nil end
  if a_month or b_month then
    local m, d = a, b
    if b_month then m, d = b, a end
    if d >= 1 and d <= 31 and (sign ~= "." ) then return after, { is = "date", m = m, d = d } end
    return nil
  end
  -- Two small numbers are a date only where the words around say so.
  local m, d = a, b
  if m > 12 then m, d = d, m end
  if m < 1 or m > 12 or d < 1 or d > 31 then return nil end
  local lead = t.word[i - 1]
  local dated = dash or lead == "-" and t.word[i - 3] == "/" or words.weekday[lead]
    or LEADS_NUMBERS[lead]
  if sign == "/" and (dated or lead == "," or lead == "or" or lead == "and" or lead == "back")
      or dated and words.weekday[lead] or lead == "on" and sign == "." then
    return after, { is = "date", m = m, d = d }
  end
  return nil
end

-- "(jun-15)" after a weekday, "2018-7-6": the rest of a date that a weekday opens.
local function after_weekday(t, i)
  local j = t.word[i] == "," and i + 1 or i
  if t.word[j] == "(" then
    local after, node = numeric(t, j + 1)
    if after and node.is == "date" and t.word[after] == ")" then return after + 1, node end
    return nil
  end
  local after, node = M.of_month(t, j)
  if after then return after, node end
  after, node = numeric(t, j)
  if after and node.is == "date" then return after, node end
  return nil
end

--- A day of a month: "4 July 2020", "July 4th, 2020", "the fourth of July", "July 4".
function M.of_month(t, i)
  local j, d = parts.day(t, i)
  if j then
    if t.word[j] == "." and t.joined[j] and words.foreign_month[t.word[j + 1]] then j = j + 1 end
    local linked = t.word[j] == "of" or t.word[j] == "in" or words.foreign_link[t.word[j]]
    local k = linked and j + 1 or j
    local after, m, doubtful = parts.month(t, k)
    if not after and words.foreign_month[t.word[k]] and not doubtful then
      after, m = k + 1, words.foreign_month[t.word[k]]
      if words.foreign_link[t.word[after]] then
        local last, y = parts.year(t, after + 1)
        if last then return last, { is = "date", y = y, m = m, d = d } end
      end
    end
    if after and not (doubtful and t.word[k] ~= "may" and k == j and not t.number[i]) then
      local last, y = parts.trailing_year(t, after)
      return last or after, { is = "date", y = y, m = m, d = d }
    end
    if t.word[i] == "the" and not t.number[i + 1] then return nil end
  end
  local after, m, doubtful = parts.month(t, i)
  if not after then return nil end
  if t.word[after] == "-" and not t.joined[after] then return nil end
  local last
  if not t.number[after] and parts.year(t, after) then return nil end  -- October two thousand
  last, d = parts.day(t, after)
  if not last or doubtful and not t.number[after] and not parts.ordinal(t, after) then
    return nil
  end
  if words.unit[t.word[last]] or words.clock_unit[t.word[last]] or t.word[last] == "%" then
    return nil
  end
  if t.number[last - 1] and t.word[last] == ":" and t.joined[last] then return nil end
  local end_of_year, y = parts.trailing_year(t, last)
  return end_of_year or last, { is = "date", y = y, m = m, d = d }
end

-- The feasts whose first word each word is.
local FEASTS = {}
for name in pairs(words.holiday) do
  local first = name:match("^%a+")
  FEASTS[first] = FEASTS[first] or {}
  table.insert(FEASTS[first], name)
end
for _, names in pairs(FEASTS) do table.sort(names, function(a, b) return #a > #b end) end

local function feast(t, i)
  local shift = words.shift[t.word[i]]
  local j = shift and i + 1 or i
  for _, name in ipairs(FEASTS[t.word[j]] or {}) do
    local k = j
    local whole = true
    for piece in name:gmatch("%a+%.?'?") do
      local word = piece:gsub("[.']", "")
      if t.word[k] ~= word then whole = false break end
      k = k + 1
      if piece:find("'", 1, true) then
        if t.word[k] ~= "'" then whole = false break end
        k = k + 1
      elseif t.word[k] == "." and name:find(word .. ".", 1, true) then
        k = k + 1
      end
    end
    if whole then
      local after, y = parts.trailing_year(t, k)
      return after or k, { is = "feast", name = name, y = y, shift = shift }
    end
  end
  return nil
end

-- "yesterday", "the day before yesterday", "the 18th".
local function named_day(t, i)
  local word = t.word[i]
  -- In "USA Today" it is a name.
  local name = t.capital[i] and t.capital[i - 1]
  if words.day[word] and word ~= "tonight" and not name then
    return i + 1, { is = "offset", n = words.day[word], unit = words.unit.day }
  end
  if word == "the" and t.word[i + 1] == "day"
      and (t.word[i + 2] == "before" or t.word[i + 2] == "after") then
    local n = t.word[i + 2] == "before" and -1 or 1
    local anchor = words.day[t.word[i + 3]]
    if anchor then
      return i + 4, { is = "offset", n = n + anchor, unit = words.unit.day }
    end
  end
  if word == "the" and t.word[i + 1] == "next" and t.word[i + 2] == "day" then
    return i + 3, { is = "offset", n = 1, unit = words.unit.day }
  end
  return nil
end

-- "last Friday", "Friday next week", "next week Friday", "this Friday 7/6".
local function weekday(t, i)
  local start = i
  local shift
  if words.shift[t.word[i]] then
    shift = words.shift[t.word[i]]
    local second = words.shift[t.word[i + 1]]
    if shift == 0 and second then
      shift = t.word[i + 1] == "past" and "past" or t.word[i + 1] == "upcoming" and 0 or second
      i = i + 1
    end
    i = i + 1
    if t.word[i] == "week" then
      i = i + 1
      if t.word[i] == "on" or t.word[i] == "," then i = i + 1 end
    end
  end
  local j, wd = parts.weekday(t, i)
  if not j then return nil end
  local after, node = after_weekday(t, j)
  if after then return after, node end
  local k = t.word[j] == "the" and j + 1 or j
  local last, d = parts.ordinal(t, k)
  if not last and k == j and digits(t, k) > 0 and digits(t, k) <= 2 and not (t.word[k + 1] == ":"
      or t.word[k + 1] == "-" or parts.meridiem(t, k + 1) or t.word[k + 1] == "."
      and t.number[k + 2]) and t.number[k] > 12 then
    last, d = k + 1, t.number[k]
  end
  if last and d >= 1 and d <= 31 then return last, { is = "date", d = d, wd = wd } end
  if shift then
    return j, { is = "weekday", wd = wd, shift = shift, next = t.word[start] == "next" }
  end
  k = t.word[j] == "of" and j + 1 or j
  if words.shift[t.word[k]] and t.word[k + 1] == "week" then
    return k + 2, { is = "weekday", wd = wd, shift = words.shift[t.word[k]] }
  end
  return j, { is = "weekday", wd = wd }
end

--- Any of the forms above, the longest first.
function M.any(t, i)
  local after, node = numeric(t, i)
  if after then return after, node end
  after, node = M.of_month(t, i)
  if after then return after, node end
  after, node = weekday(t, i)
  if after then return after, node end
  after, node = named_day(t, i)
  if after then return after, node end
  return feast(t, i)
end

local LEADS_DAY = { on = true, ["until"] = true, by = true, since = true, before = true,
  after = true, of = true }
--- "the 18th", where a preposition says that it is a day.
function M.bare(t, i)
  if not LEADS_DAY[t.word[i - 1]] then return nil end
  local j = t.word[i] == "the" and i + 1 or i
  if not t.number[j] then return nil end
  local after, d = parts.ordinal(t, j)
  if not after or d < 1 or d > 31 then return nil end
  local word = t.word[after]
  if word == nil or not word:find("^[%a\x80-\xFF]") or word == "at" or word == "from"
      or word == "and" or word == "to" then
    return after, { is = "date", d = d }
  end
  return nil
end

return M
