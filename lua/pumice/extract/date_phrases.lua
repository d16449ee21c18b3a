--- Dates put together: ranges, open periods, a day with a time.
local days = require "pumice.extract.date_days"
local grammar = require "pumice.extract.date_grammar"
local parts = require "pumice.extract.date_parts"
local words = require "pumice.extract.date_words"

local M = {}

local LINK = { to = true, till = true, ["until"] = true, through = true, thru = true, ["-"] = true,
  ["~"] = true }

local function is_day(node)
  return node.is == "date" or node.is == "offset" or node.is == "weekday" or node.is == "feast"
end

-- The end of a range: a date, or what its beginning lends it ("May 5 to 9").
local function other_end(t, i, from)
  if t.word[i] == "now" or t.word[i] == "date" or t.word[i] == "present" then
    return i + 1, { is = "offset", n = 0, unit = words.unit.day }
  end
  local after, node = grammar.piece(t, i)
  if after then
    local fits = is_day(from) == is_day(node) or node.is == "offset" or from.is == "part"
      or node.is == "part"
    if fits then return after, node end
  end
  if from.is == "date" and from.m then
    local j, d = parts.day(t, i)
    if j and not words.unit[t.word[j]] and not words.clock_unit[t.word[j]] and t.word[j] ~= ":" then
      local last, y = parts.trailing_year(t, j)
      return last or j, { is = "date", y = y or from.y, m = from.m, d = d }
    end
  end
  return nil
end

-- "3 to 12 of Sept", "5-9 May 2019": the beginning lacks what the end says.
local function short_range(t, i, link)
  local j, d = parts.day(t, i)
  if not j or not link[t.word[j]] then return nil end
  local after, to = days.of_month(t, j + 1)
  if after and to.m and (t.number[i] == nil or t.last[i] - t.first[i] <= 1) then
    return after, { is = "range", from = { is = "date", y = to.y, m = to.m, d = d }, to = to }
  end
  return nil
end

-- "between X and Y", "from X to Y", "X - Y".
local function range(t, i)
  local word = t.word[i]
  local led = word == "between" or word == "from"
  local link = word == "between" and { ["and"] = true, ["-"] = true, ["~"] = true, through = true,
    to = true } or LINK
  local j = led and i + 1 or i
  local after, node = short_range(t, j, link)
  if after then return after, node end
  local from
  after, from = grammar.piece(t, j)
  if not after or from.is == "span" or not link[t.word[after]] then return nil end
  local last, to = other_end(t, after + 1, from)
  if not last then return nil end
  if not led and not (t.word[after] == "-" or t.word[after] == "~")
      and (from.is == "period" or to.is == "period") then
    return nil
  end
  if from.is == "date" and not from.y and to.y then from.y = to.y end
  if from.is == "month" and not from.y and not from.shift and to.y then from.y = to.y end
  return last, { is = "range", from = from, to = to }
end

local OPEN = {
  since = "since", after = "after", before = "before", ["until"] = "until", till = "until",
  by = "until",
}

-- A time with the part of the day that says which half: "at 7 in the evening".
local function time(t, i, bare)
  local word = t.word[i]
  local j = i
  if word == "at" then j = i + 1 end
  if t.word[j] == "around" or t.word[j] == "about" then j = j + 1 end
  local after, node = parts.time(t, j, bare and j > i)
  if not after then return nil end
  local k = after
  if t.word[k] == "in" and t.word[k + 1] == "the" then k = k + 2 end
  local part = words.day_part[t.word[k]]
  if part and k > after and not node.half then
    if part[1] ~= "MO" and node.h < 12 then node.h = node.h + 12 end
    return k + 1, node
  end
  return after, node
end

-- "since August", "until 27 April", "no later than January 1, 2010".
local function open(t, i)
  local side = OPEN[t.word[i]]
  local j = i + 1
  if t.word[i] == "prior" and t.word[i + 1] == "to" then side, j = "before", i + 2 end
  if t.word[i] == "no" and t.word[i + 1] == "later" and t.word[i + 2] == "than" then
    side, j = "until", i + 3
  end
  if t.word[i] == "starting" or t.word[i] == "beginning" then
    side = "since"
    if t.word[j] == "on" or t.word[j] == "from" or t.word[j] == "in" then j = j + 1 end
  end
  if not side then return nil end
  if t.word[j] == "the" and t.word[j + 1] == "year" then j = j + 1 end
  local last, clock = time(t, j, true)
  if last and (clock.half or clock.mi) then
    return last, { is = "open_time", time = clock, side = side }
  end
  local after, node = grammar.piece(t, j)
  if not after or node.is == "span" then return nil end
  return after, { is = "open", of = node, side = side }
end

-- "5 to 6pm", "from 8:30 till 10": two times; `part` of the day may tell the half.
local function time_range(t, i, part)
  local led = t.word[i] == "from" or t.word[i] == "between"
  local j = led and i + 1 or i
  local after, from = parts.time(t, j, "range")
  if not after or not (LINK[t.word[after]] or led and t.word[after] == "and") then return nil end
  local last, to = parts.time(t, after + 1, true)
  if not last then return nil end
  local told = from.half or to.half or from.mi and to.mi or led and (from.mi or to.mi)
  if not told and not part then return nil end
  if part and not from.half and not to.half and part[1] ~= "MO" and to.h < 12 then
    from.h, to.h = from.h + 12, to.h + 12
  end
  if to.half and not from.half and to.half == "pm" and from.h < 12 and from.h + 12 <= to.h then
    from.h = from.h + 12
  end
  return last, { is = "times", from = from, to = to }
end

local function day_part(t, i)
  local part = words.day_part[t.word[i]]
  if part then return i + 1, part end
  return nil
end

-- "in the morning", "late afternoon", "later in the evening".
local function part_alone(t, i)
  local j = i
  local word = t.word[j]
  local modified = word == "early" or word == "late" or word == "later" or word == "earlier"
  if modified then j = j + 1 end
  local placed = t.word[j] == "in" and t.word[j + 1] == "the"
  if placed then j = j + 2 end
  if not placed and (not modified or word == "later" or word == "earlier") then return nil end
  return day_part(t, j)
end

-- A day and what time of it: "Friday at 4pm", "yesterday afternoon", "8am today".
local function moment(t, i)
  local after, day = grammar.piece(t, i)
  if after and is_day(day) then
    local j = t.word[after] == "," and after + 1 or after
    local last, part = day_part(t, after)
    if last then
      local end_of_range, clocks = time_range(t, last, part)
      if end_of_range then
        return end_of_range, { is = "moments", day = day, from = clocks.from, to = clocks.to }
      end
      local further, clock = time(t, last, true)
      if further then return further, { is = "moment", day = day, time = clock } end
      return last, { is = "part_of_day", day = day, part = part }
    end
    local side = OPEN[t.word[after]]
    if side then
      local further, clock = time(t, after + 1, true)
      if further and (clock.half or clock.mi) then
        return further, { is = "open_moment", day = day, time = clock, side = side }
      end
    end
    if t.word[j] == "from" or t.word[j] == "between" or t.number[j] then
      local end_of_range, clocks = time_range(t, j)
      if end_of_range then
        return end_of_range, { is = "moments", day = day, from = clocks.from, to = clocks.to }
      end
    end
    if t.word[j] == "for" and t.number[j + 1] then j = j + 1 end
    if t.word[j] == "-" and j == after then j = j + 1 end
    local further, clock = time(t, j, true)
    if further and (clock.half or clock.mi or t.word[j] == "at" or clock.h % 12 == 0) then
      -- Wed Oct 26 15:50:06 2016
      if day.is == "date" and day.m and not day.y and clock.s then
        local end_of_year, y = parts.year(t, further)
        if end_of_year then further, day.y = end_of_year, y end
      end
      return further, { is = "moment", day = day, time = clock }
    end
    return nil
  end
  if words.day[t.word[i]] == nil and (t.word[i] == "this" or t.word[i] == "last")
      and words.day_part[t.word[i + 1]] then
    local n = t.word[i] == "last" and -1 or 0
    return i + 2, { is = "part_of_day", day = { is = "offset", n = n, unit = words.unit.day },
      part = words.day_part[t.word[i + 1]] }
  end
  if t.word[i] == "tonight" then
    local further, clock = time(t, i + 1, true)
    if further then
      return further, { is = "moment", time = clock,
        day = { is = "offset", n = 0, unit = words.unit.day } }
    end
    return i + 1, { is = "part_of_day", day = { is = "offset", n = 0, unit = words.unit.day },
      part = words.day_part.night }
  end
  local clocks
  after, clocks = time_range(t, i)
  if after then
    local j = (t.word[after] == "on" or t.word[after] == "of") and after + 1 or after
    local last
    last, day = grammar.piece(t, j)
    if last and is_day(day) then
      return last, { is = "moments", day = day, from = clocks.from, to = clocks.to }
    end
    return after, clocks
  end
  local last, part = part_alone(t, i)
  if last then
    local further, hour = time(t, last, true)
    if further and t.word[last] == "at" then
      if part[1] ~= "MO" and hour.h < 12 then hour.h = hour.h + 12 end
      return further, { is = "time", time = hour }
    end
    return last, { is = "part_alone", part = part }
  end
  local clock
  after, clock = time(t, i, false)
  if after then
    local j = (t.word[after] == "on" or t.word[after] == ",") and after + 1 or after
    last, day = grammar.piece(t, j)
    if last and is_day(day) then return last, { is = "moment", day = day, time = clock } end
    if (t.word[j] == "this" or t.word[j] == "last") and words.day_part[t.word[j + 1]]
        or t.word[j] == "tonight" then
      local n = t.word[j] == "last" and -1 or 0
      if not clock.half and clock.h < 12
          and (t.word[j] == "tonight" or words.day_part[t.word[j + 1]][1] ~= "MO") then
        clock.h = clock.h + 12
      end
      return t.word[j] == "tonight" and j + 1 or j + 2, { is = "moment", time = clock,
        day = { is = "offset", n = n, unit = words.unit.day } }
    end
    if t.word[i] == "at" and not clock.half and not clock.mi then return nil end
    return after, { is = "time", time = clock }, t.word[i] == "at" and i + 1 or i
  end
  return nil
end

--- Reads the longest date that starts at token `i`. Returns the token after it,
--- its description, and the token where it begins when that is a later one.
---@param t pumice.extract.DateTokens
---@param i integer
---@return integer? after
---@return table? node
---@return integer? start
function M.read(t, i)
  local after, node = range(t, i)
  if after then return after, node end
  local start
  after, node, start = moment(t, i)
  if after then return after, node, start end
  after, node = open(t, i)
  if after then return after, node end
  return grammar.piece(t, i)
end

return M
