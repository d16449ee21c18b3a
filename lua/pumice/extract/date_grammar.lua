--- What a date looks like: from tokens to descriptions of dates.
---
--- `read(t, i)` tries the longest forms first. A description is a table whose
--- `is` says what it is; `date_values` turns it into ISO 8601.
---
---   date      y m d wd     any may be missing
---   feast     name y shift
---   offset    n unit from  days, weeks, months from another one
---   weekday   wd shift week
---   month     y m shift    period   unit shift     span   n unit (signed)
---   year      y            season   name y shift   quarter q y shift   half
---   decade    y            century  n              week   n y m shift
---   part      of which     open     side of        range  from to
---   time      h mi s       moment   day time       now
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
  local after, node = M.day_of_month(t, j)
  if after then return after, node end
  after, node = numeric(t, j)
  if after and node.is == "date" then return after, node end
  return nil
end

-- "4 July 2020", "July 4th, 2020", "the fourth of July", "July 4".
function M.day_of_month(t, i)
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

local function any_day(t, i)
  local after, node = numeric(t, i)
  if after then return after, node end
  after, node = M.day_of_month(t, i)
  if after then return after, node end
  after, node = weekday(t, i)
  if after then return after, node end
  after, node = named_day(t, i)
  if after then return after, node end
  return feast(t, i)
end

-- "two weeks ago", "in 3 days", "2 weeks from January 15", "3 weeks later".
local function offset(t, i)
  local start = i
  local leads = t.word[i] == "in"
  if leads then i = i + 1 end
  local j, n = parts.count(t, i)
  if not j or not words.unit[t.word[j]] or words.unit[t.word[j]].weekend then return nil end
  local unit = words.unit[t.word[j]]
  local more
  j = j + 1
  if t.word[j] == "and" then
    local k, m = parts.count(t, j + 1)
    if k and words.unit[t.word[k]] and words.unit[t.word[k]].days then
      more = { n = m, unit = words.unit[t.word[k]] }
      j = k + 1
    end
  end
  local function node(sign, from, told)
    local result = { is = "offset", n = sign * n, unit = unit, from = from, told = told }
    if more then
      result = { is = "offset", n = sign * more.n, unit = more.unit, from = result }
    end
    return result
  end
  local word = t.word[j]
  if leads then
    if word == "'" and t.word[j + 1] == "time" then j = j + 2 end
    if t.word[j] == "since" then
      local k = t.word[j + 1] == "the" and t.word[j + 2] == "year" and j + 3 or j + 1
      local after, from = any_day(t, k)
      if after then return after, node(1, from) end
      local y
      after, y = parts.year(t, k)
      if after then return after, node(1, { is = "year", y = y }) end
    end
    if t.word[start + 1] == "a" and unit.months == 12 then return nil end
    return j, node(1)
  end
  if word == "ago" then return j + 1, node(-1) end
  if word == "hence" then return j + 1, node(1) end
  if word == "later" then return j + 1, node(1, nil, true) end
  if word == "earlier" then return j + 1, node(-1, nil, true) end
  if word == "from" or word == "after" or word == "before" then
    if word == "from" and (t.word[j + 1] == "now" or t.word[j + 1] == "today") then
      return j + 2, node(1)
    end
    local after, from = any_day(t, j + 1)
    if after then return after, node(word == "before" and -1 or 1, from) end
  end
  return nil
end

-- "May 2019", "last May", "in May".
local function month(t, i)
  local shift = words.shift[t.word[i]]
  local start = i
  if shift then i = i + 1 end
  local j, m, doubtful = parts.month(t, i)
  if not j then
    m = words.foreign_month[t.word[i]]
    if not m then return nil end
    j = i + 1
    local k = words.foreign_link[t.word[j]] and j + 1 or j
    local after, y = parts.year(t, k)
    if after then return after, { is = "month", y = y, m = m } end
    return nil
  end
  local after, y = parts.trailing_year(t, j)
  if after then return after, { is = "month", y = y, m = m } end
  if t.word[j] == "'" and not t.joined[j] then doubtful = true end
  if shift and (t.capital[i] or not words.doubtful[t.word[i]]) then
    return j, { is = "month", m = m, shift = shift }
  end
  if t.word[j] == "of" and words.shift[t.word[j + 1]] and t.word[j + 2] == "year" then
    return j + 3, { is = "month", m = m, shift = words.shift[t.word[j + 1]] }
  end
  -- "May" and "March" alone are months only after a word that dates have.
  local lead = t.word[start - 1]
  local led = lead == "in" or lead == "since" or lead == "of" or lead == "until" or lead == "by"
    or lead == "from" or lead == "to" or lead == "before" or lead == "after" or lead == "and"
    or lead == "early" or lead == "late" or lead == "mid" or lead == "during" or lead == "-"
    or lead == "through" or lead == "between" or lead == "for" or lead == "the" and not doubtful
  local links = (t.word[j] == "-" or t.word[j] == "to" or t.word[j] == "through")
    and words.month[t.word[j + 1]]
  if doubtful or (words.doubtful[t.word[i]] or not t.capital[i]) and not led and not links then
    return nil
  end
  return j, { is = "month", m = m }
end

-- "the 18th", where a preposition says that it is a day.
local LEADS_DAY = { on = true, ["until"] = true, by = true, since = true, before = true,
  after = true, of = true }
local function bare_day(t, i)
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

-- "this week", "last month", "the past two years", "next 3 days", "the week of May 3".
local function period(t, i)
  local start = i
  if t.word[i] == "within" then i = i + 1 end
  local within = i > start
  if t.word[i] == "the" then i = i + 1 end
  local shift = words.shift[t.word[i]]
  if not shift then
    if t.word[i] == "week" or t.word[i] == "weekend" then
      if t.word[i + 1] == "of" or t.word[i + 1] == "beginning" or t.word[i + 1] == "starting" then
        local after, of = any_day(t, i + 2)
        if not after then after, of = bare_day(t, i + 2) end
        if after then return after, { is = "week", of = of, weekend = t.word[i] == "weekend" } end
      end
      if t.word[i] == "week" and digits(t, i + 1) > 0 and digits(t, i + 1) <= 2
          and t.number[i + 1] >= 1 and t.number[i + 1] <= 53 then
        local after, y = parts.trailing_year(t, i + 2)
        local last = after or i + 2
        if not after and t.word[last] == "of" and words.shift[t.word[last + 1]]
            and t.word[last + 2] == "year" then
          return last + 3,
            { is = "week", n = t.number[i + 1], shift = words.shift[t.word[last + 1]] }
        end
        return last, { is = "week", n = t.number[i + 1], y = y }
      end
    end
    if within then
      local j, n = parts.count(t, i)
      if j and words.unit[t.word[j]] then
        return j + 1, { is = "span", n = n, unit = words.unit[t.word[j]], today = true }
      end
    end
    return nil
  end
  local j = i + 1
  local second = words.shift[t.word[j]]
  if shift == 0 and second then shift, j = second, j + 1 end
  local unit = words.unit[t.word[j]]
  if unit and unit.days ~= 1 and not t.word[j]:find("s$") then
    return j + 1, { is = "period", unit = unit, shift = shift }, i
  end
  if words.season[t.word[j]] then
    return j + 1, { is = "season", name = words.season[t.word[j]], shift = shift }, i
  end
  local k, n = parts.count(t, j)
  if k and shift ~= 0 and words.unit[t.word[k]] and not words.unit[t.word[k]].weekend then
    return k + 1, { is = "span", n = shift * n, unit = words.unit[t.word[k]], today = within },
      within and start or i
  end
  return nil
end

-- "Q1 2017", "2017-Q1", "2019 H2", "the first quarter of 2013".
local function quarter(t, i)
  local function mark(j)
    if (t.word[j] == "q" or t.word[j] == "h") and t.number[j + 1] and t.joined[j + 1]
        and digits(t, j + 1) == 1 then
      local n = t.number[j + 1]
      if t.word[j] == "q" and n >= 1 and n <= 4 then return j + 2, { is = "quarter", q = n } end
      if t.word[j] == "h" and n >= 1 and n <= 2 then return j + 2, { is = "half", h = n } end
    end
    return nil
  end
  local after, node = mark(i)
  if after then
    local j = (t.word[after] == "of" or t.word[after] == "-") and after + 1 or after
    local last, y = parts.year(t, j)
    node.y = y
    return last or after, node
  end
  local j, y = parts.year(t, i)
  if j then
    after, node = mark(t.word[j] == "-" and j + 1 or j)
    if after then
      node.y = y
      return after, node
    end
  end
  local k, n = parts.ordinal(t, t.word[i] == "the" and i + 1 or i)
  if k and (t.word[k] == "quarter" and n <= 4 or t.word[k] == "half" and n <= 2) then
    node = t.word[k] == "quarter" and { is = "quarter", q = n } or { is = "half", h = n }
    local last, year = parts.trailing_year(t, k + 1)
    if last then
      node.y = year
      return last, node
    end
    if t.word[k + 1] == "of" then
      local s = (t.word[k + 2] == "the") and 0 or words.shift[t.word[k + 2]]
      if s and t.word[k + 3] == "year" then
        node.shift = s
        return k + 4, node
      end
    end
  end
  return nil
end

-- "the 1990s", "the nineties", "the 21st century", "summer 2019".
local function era(t, i)
  local j = i
  local s = t.word[j + 1] == "'" and t.joined[j + 1] and j + 2 or j + 1
  if t.number[j] and t.word[s] == "s" and t.joined[s] and t.number[j] % 10 == 0 then
    if digits(t, j) == 4 and t.number[j] >= 1100 and t.number[j] < 2200 then
      return s + 1, { is = "decade", y = t.number[j] }
    elseif digits(t, j) == 2 and (t.word[i - 1] == "the" or t.word[i - 1] == "'") then
      return s + 1, { is = "decade", y = 1900 + t.number[j] }
    end
  end
  local k, n = parts.ordinal(t, j)
  if k and t.word[k] == "-" then k = k + 1 end
  if k and t.word[k] == "century" and n >= 1 and n <= 22 then
    return k + 1, { is = "century", n = n }
  end
  local season = words.season[t.word[i]]
  if season then
    local after, y = parts.trailing_year(t, i + 1)
    if after then return after, { is = "season", name = season, y = y } end
  end
  return nil
end

local NOT_AFTER_YEAR = { ["%"] = true, [":"] = true, ["$"] = true, ["'"] = false }

-- A year by itself: after a word that years follow, or where nothing is counted.
local function bare_year(t, i)
  local led
  local start = i
  if t.word[i] == "year" and t.number[i + 1] then i, led = i + 1, true end
  local j, y = parts.year(t, i)
  if not j then return nil end
  if y < 1500 and not led or t.number[j] or NOT_AFTER_YEAR[t.word[j]] then return nil end
  if t.joined[j] and (t.word[j] == "," or t.word[j] == ".") and t.joined[j + 1]
      and t.number[j + 1] then
    return nil
  end
  local before = t.word[start - 1]
  if before == "$" or before == "£" or before == "€" or before == "#" then return nil end
  if t.joined[start] and before and not before:find("^[(/~='\"-]") then return nil end
  if (t.joined[start] and before == "-" or t.joined[j] and t.word[j] == "-")
      and not (t.number[j + 1] and digits(t, j + 1) >= 2 and digits(t, j + 1) % 2 == 0)
      and not (t.number[start - 2] and digits(t, start - 2) == 4) then
    return nil
  end
  local after = t.word[j]
  local ends = after == nil or not after:find("^[%a\x80-\xFF]") and not t.number[j] or t.capital[j]
  local phrase = words.before_year[after] or words.unit[after] == nil and words.day_part[after]
  led = led or words.before_year[before] or words.month[before]
  if t.joined[start] and before == "-" and t.word[start - 3] == "-"
      or t.word[j] == "-" and t.joined[j] and t.word[j + 2] == "-" and t.joined[j + 2] then
    return nil
  end
  if led or ends or phrase then return j, { is = "year", y = y } end
  return nil
end

-- "the first week of 2019", "3rd week of May", "the last four months of 2021".
local function nth_period(t, i)
  local j = t.word[i] == "the" and i + 1 or i
  local k, n = parts.ordinal(t, j)
  if not k and t.word[j] == "last" then k, n = j + 1, -1 end
  if not k then return nil end
  local after, count = parts.count(t, k)
  if after and (n == 1 or n == -1) then k = after else count = 1 end
  local unit = words.unit[t.word[k]]
  if not unit or unit.weekend or t.word[k + 1] ~= "of" then return nil end
  local last, of = month(t, k + 2)
  if not last then last, of = period(t, k + 2) end
  if not last then last, of = bare_year(t, k + 2) end
  if not last or of.is ~= "month" and of.is ~= "year" and of.is ~= "period" then return nil end
  return last, { is = "nth", n = n, count = count, unit = unit, of = of }
end

--- A period or a day without what may stand around it.
function M.base(t, i)
  local after, node, start
  after, node = quarter(t, i)
  if after then return after, node end
  after, node = nth_period(t, i)
  if after then return after, node end
  after, node = offset(t, i)
  if after then return after, node end
  after, node = any_day(t, i)
  if after then return after, node end
  after, node, start = period(t, i)
  if after then return after, node, start end
  after, node = month(t, i)
  if after then return after, node end
  after, node = era(t, i)
  if after then return after, node end
  after, node = bare_day(t, i)
  if after then return after, node end
  return bare_year(t, i)
end

-- "early 2016", "the end of May", "later this week", "mid-1989".
local function part(t, i)
  local j = i
  if t.word[j] == "the" then j = j + 1 end
  local word = t.word[j]
  local which = (words.early[word] or word == "earlier") and "early" or words.mid[word] and "mid"
    or (words.late[word] or word == "later") and "late"
  if not which then return nil end
  local k = j + 1
  if t.word[k] == "in" or t.word[k] == "of" or t.word[k] == "-" then k = k + 1 end
  local needs_of = word == "end" or word == "beginning" or word == "start" or word == "middle"
  if needs_of and t.word[j + 1] ~= "of" and not (words.shift[t.word[k]]) then return nil end
  local after, node
  if t.word[k] == "the" and words.unit[t.word[k + 1]] and words.unit[t.word[k + 1]].days ~= 1 then
    after, node = k + 2, { is = "period", unit = words.unit[t.word[k + 1]], shift = 0 }
  else
    after, node = M.base(t, k)
  end
  local whole = node and (node.is == "offset" or node.is == "weekday" or node.is == "date"
    or node.is == "span")
  if not after or whole then return nil end
  return after, { is = "part", of = node, which = which }, j
end

local function piece(t, i)
  local after, node, start = part(t, i)
  if after then return after, node, start or i end
  return M.base(t, i)
end
M.piece = piece

return M
