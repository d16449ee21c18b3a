--- Periods: from tokens to descriptions of weeks, months, years and the like, and
--- days counted from other days.
---
--- Each function reads at token `i` and returns the token after what it read and
--- the description (see `date_grammar`), or nil; a third value is the token where
--- the period begins when words before it ("the") are not part of it.
local days = require "pumice.extract.date_days"
local parts = require "pumice.extract.date_parts"
local words = require "pumice.extract.date_words"

local M = {}

local function digits(t, i) return t.number[i] and t.last[i] - t.first[i] + 1 or 0 end

-- "two weeks ago", "in 3 days", "2 weeks from January 15", "3 weeks later".
function M.offset(t, i)
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
      local after, from = days.any(t, k)
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
    local after, from = days.any(t, j + 1)
    if after then return after, node(word == "before" and -1 or 1, from) end
  end
  return nil
end

-- "May 2019", "last May", "in May".
function M.month(t, i)
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

-- "this week", "last month", "the past two years", "next 3 days", "the week of May 3".
function M.period(t, i)
  local start = i
  if t.word[i] == "within" then i = i + 1 end
  local within = i > start
  if t.word[i] == "the" then i = i + 1 end
  local shift = words.shift[t.word[i]]
  if not shift then
    if t.word[i] == "week" or t.word[i] == "weekend" then
      if t.word[i + 1] == "of" or t.word[i + 1] == "beginning" or t.word[i + 1] == "starting" then
        local after, of = days.any(t, i + 2)
        if not after then after, of = days.bare(t, i + 2) end
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
function M.quarter(t, i)
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
function M.era(t, i)
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
function M.bare_year(t, i)
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
function M.nth(t, i)
  local j = t.word[i] == "the" and i + 1 or i
  local k, n = parts.ordinal(t, j)
  if not k and t.word[j] == "last" then k, n = j + 1, -1 end
  if not k then return nil end
  local after, count = parts.count(t, k)
  if after and (n == 1 or n == -1) then k = after else count = 1 end
  local unit = words.unit[t.word[k]]
  if not unit or unit.weekend or t.word[k + 1] ~= "of" then return nil end
  local last, of = M.month(t, k + 2)
  if not last then last, of = M.period(t, k + 2) end
  if not last then last, of = M.bare_year(t, k + 2) end
  if not last or of.is ~= "month" and of.is ~= "year" and of.is ~= "period" then return nil end
  return last, { is = "nth", n = n, count = count, unit = unit, of = of }
end

return M
