--- The parts dates are made of: numbers, years, months, days, times of day.
---
--- Each function reads at token `i` and returns the token after what it read and
--- the value, or nil.
local words = require "pumice.extract.date_words"

local M = {}

--- A count: "3", "three", "twenty-one", "a", "a couple of".
function M.count(t, i)
  local n = t.number[i]
  if n then
    local piece = i > 2 and t.joined[i] and t.number[i - 2]  -- 000 of 10,000
      and (t.word[i - 1] == "," or t.word[i - 1] == ".")
    if piece then return nil end
    return i + 1, n
  end
  local word = t.word[i]
  if words.tens[word] then
    local j = t.word[i + 1] == "-" and i + 2 or i + 1
    local ones = words.number[t.word[j]]
    if ones and ones < 10 and t.word[j] ~= "a" and t.word[j] ~= "an" then
      return j + 1, words.tens[word] + ones
    end
    return i + 1, words.tens[word]
  end
  if word == "couple" and t.word[i + 1] == "of" then return i + 2, 2 end
  if word == "a" and t.word[i + 1] == "couple" then
    return t.word[i + 2] == "of" and i + 3 or i + 2, 2
  end
  if word == "half" then return nil end
  if words.number[word] then return i + 1, words.number[word] end
  return nil
end

local SUFFIX = { st = true, nd = true, rd = true, th = true }

--- An ordinal: "3rd", "third", "twenty third".
function M.ordinal(t, i)
  if t.number[i] and SUFFIX[t.word[i + 1]] and t.joined[i + 1] then return i + 2, t.number[i] end
  local word = t.word[i]
  if words.ordinal[word] then return i + 1, words.ordinal[word] end
  if words.tens[word] then
    local j = t.word[i + 1] == "-" and i + 2 or i + 1
    local ones = words.ordinal[t.word[j]]
    if ones and ones < 10 then return j + 1, words.tens[word] + ones end
  end
  return nil
end

--- A day of a month, 1 to 31: "3", "3rd", "third", "the third", "third day".
function M.day(t, i)
  if t.word[i] == "the" then i = i + 1 end
  local j, n = M.ordinal(t, i)
  if j and t.word[j] == "day" then j = j + 1 end
  if not j then
    if t.number[i] and t.last[i] - t.first[i] > 1 then return nil end
    j, n = M.count(t, i)
    if t.word[i] == "a" or t.word[i] == "an" then return nil end
  end
  if j and n >= 1 and n <= 31 then return j, n end
  return nil
end

--- A month: "May", "Sept.". The second value tells a whole name from a doubtful form.
function M.month(t, i)
  local word = t.word[i]
  local m = words.month[word]
  if m then
    local dotted = t.word[i + 1] == "." and t.joined[i + 1] and #word <= 4 and word ~= "may"
      and (t.number[i + 2] or t.word[i + 2] == ",")
    return dotted and i + 2 or i + 1, m, words.doubtful[word] and not t.capital[i]
  end
  return nil
end

local function year_words(t, i)
  local word = t.word[i]
  if word == "two" and t.word[i + 1] == "thousand" then
    local j = t.word[i + 2] == "and" and i + 3 or i + 2
    local after, n = M.count(t, j)
    if after and n < 100 and not t.number[j] then return after, 2000 + n end
    return i + 2, 2000
  end
  local century = word == "nineteen" and 19 or word == "eighteen" and 18 or word == "twenty" and 20
  if not century then return nil end
  local j = t.word[i + 1] == "-" and i + 2 or i + 1
  if t.number[j] then return nil end
  if t.word[j] == "oh" or t.word[j] == "o" then
    local after, n = M.count(t, j + 1)
    if after and n < 10 then return after, century * 100 + n end
    return nil
  end
  local after, n = M.count(t, j)
  if after and n >= 10 and n < 100 then return after, century * 100 + n end
  return nil
end

--- A year of four digits or in words; with `short`, also '87 and 87.
function M.year(t, i, short)
  local n = t.number[i]
  if n and t.last[i] - t.first[i] == 3 and n >= 1000 and n <= 2199 then
    if t.word[i + 1] == "s" and t.joined[i + 1] then return nil end
    return i + 1, n
  end
  if t.word[i] == "'" and t.number[i + 1] and t.last[i + 1] - t.first[i + 1] == 1 then
    local two = t.number[i + 1]
    if t.word[i + 2] == "s" then return nil end
    return i + 2, two + (two < 40 and 2000 or 1900)
  end
  if short and n and t.last[i] - t.first[i] == 1 and n >= 32 then return i + 1, 1900 + n end
  return year_words(t, i)
end

--- "the year 2011", "of 2011", ", 2011", "in 2011": a year that follows a date.
function M.trailing_year(t, i)
  local j = i
  if t.word[j] == "," then j = j + 1 end
  if t.word[j] == "of" or t.word[j] == "in" then j = j + 1 end
  if t.word[j] == "the" and t.word[j + 1] == "year" then j = j + 2
  elseif t.word[j] == "year" then j = j + 1 end
  local after, y = M.year(t, j, j > i and t.word[j - 1] == "of")
  if after and not (t.word[after] == ":" and t.joined[after]) then return after, y end
  return nil
end

--- A weekday: "Friday", "Fri.", "on Friday" without the "on".
function M.weekday(t, i)
  local word = t.word[i]
  local wd = words.weekday[word]
  if not wd or words.doubtful[word] and not t.capital[i] then return nil end
  local j = i + 1
  if #word <= 4 and t.word[j] == "." and t.joined[j]
      and (words.month[t.word[j + 1]] or t.number[j + 1]) then
    j = j + 1
  end
  return j, wd
end

local function meridiem(t, i)
  local word = t.word[i]
  if word == "am" or word == "pm" then return i + 1, word end
  if word == "a" or word == "p" then
    local j = t.word[i + 1] == "." and i + 2 or i + 1
    if t.word[j] == "m" then
      return t.word[j + 1] == "." and j == i + 2 and j + 2 or j + 1, word .. "m"
    end
  end
  return nil
end
M.meridiem = meridiem

local function at_hour(hour, half)
  if half == "pm" and hour < 12 then return hour + 12 end
  if half == "am" and hour == 12 then return 0 end
  return hour
end

--- A time of day: "8:30", "8.30 pm", "8 a.m.", "noon", "eight o'clock". With
--- `bare`, also a number alone ("at 7"), with "range" one before a dash. The value
--- is {h =, mi =, s =, half =}.
function M.time(t, i, bare)
  local word = t.word[i]
  if word == "noon" or word == "midday" then return i + 1, { h = 12 } end
  if word == "midnight" then return i + 1, { h = 0 } end
  local h = t.number[i]
  local j = i + 1
  local mi, s
  if h and t.last[i] - t.first[i] <= 1 then
    if (t.word[j] == ":" or t.word[j] == "." or t.word[j] == "h") and t.joined[j]
        and t.joined[j + 1] and t.number[j + 1] and t.last[j + 1] - t.first[j + 1] == 1
        and t.number[j + 1] < 60 then
      local colon = t.word[j] == ":"
      mi = t.number[j + 1]
      j = j + 2
      if t.word[j] == ":" and t.joined[j] and t.number[j + 1] and t.number[j + 1] < 60 then
        s = t.number[j + 1]
        j = j + 2
      end
      local after, half = meridiem(t, j)
      if h > 24 or h > 12 and half then return nil end
      if not after and not colon and not bare then return nil end
      return after or j, { h = at_hour(h, half), mi = mi, s = s, half = half }
    end
  elseif h and t.last[i] - t.first[i] == 3 then
    local after, half = meridiem(t, j)
    if after and h // 100 <= 12 and h % 100 < 60 then
      return after, { h = at_hour(h // 100, half), mi = h % 100, half = half }
    end
    return nil
  elseif not h and words.number[word] and word ~= "a" and word ~= "an" then
    h = words.number[word]
    if h > 12 then return nil end
  end
  if not h or h > 24 then return nil end
  local after, half = meridiem(t, j)
  if after and h <= 12 then return after, { h = at_hour(h, half), half = half } end
  if t.word[j] == "o" and t.word[j + 1] == "'" and t.word[j + 2] == "clock" then
    return j + 3, { h = h }
  end
  if bare and not words.unit[t.word[j]] and not words.clock_unit[t.word[j]]
      and not words.month[t.word[j]] and (bare == "range" and t.word[j] == "-"
        or not (t.word[j] or ""):find("^[%%/-]")) then
    return j, { h = h }
  end
  return nil
end

return M
