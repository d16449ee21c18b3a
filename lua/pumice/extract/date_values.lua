--- What a date means: descriptions of dates to ISO 8601.
---
--- A day is "2016-05-03", a month "2016-05", a year "2016", a week "2016-W18", any
--- other period "START/END" with the day after its last as END, open on one side
--- "2016-05-03/.." or "../2016-05-03", a time "T14:30", a moment
--- "2016-05-03T14:30". What neither the text nor the day of the page tells is X, as
--- in TimeML: "XXXX-05-03", "XXXX-WXX-5" for a Friday.
local calendar = require "pumice.extract.calendar"
local times = require "pumice.extract.time_values"
local words = require "pumice.extract.date_words"

local M = {}

local resolve

-- The year that puts a month and day nearest to the page: the one before it,
-- unless the sentence looks ahead.
local function nearest_year(month, day, anchor, future)
  local y = calendar.date(anchor)
  local best, distance
  for year = y - 1, y + 1 do
    if calendar.exists(year, month, day) then
      local away = calendar.number(year, month, day) - anchor
      local cost = math.abs(away)
      if future and away < 0 or not future and away > 0 then cost = cost + 183 end
      if not best or cost < distance then best, distance = year, cost end
    end
  end
  return best
end

local FIRST, LAST = calendar.number(1, 1, 1), calendar.number(9999, 12, 31)

local function day_result(n)
  if n < FIRST or n > LAST then return {} end
  return { value = calendar.iso(n), first = n, after = n + 1 }
end

local function month_result(y, m)
  return { value = ("%04d-%02d"):format(y, m), first = calendar.number(y, m, 1),
    after = calendar.number(y, m + 1, 1), period = true }
end

local function year_result(y)
  return { value = ("%04d"):format(y), first = calendar.number(y, 1, 1),
    after = calendar.number(y + 1, 1, 1), period = true }
end

local function interval(first, after)
  if first < FIRST or after > LAST then return { period = true } end
  return { value = calendar.iso(first) .. "/" .. calendar.iso(after), first = first, after = after,
    period = true }
end

local readers = {}

function readers.date(node, anchor, future)
  local y, m, d = node.y, node.m, node.d
  if not m then
    if not anchor then return { value = ("XXXX-XX-%02d"):format(d) } end
    local ay, am, ad = calendar.date(anchor)
    local step = future and 1 or -1
    local move = future and (d < ad and 1 or 0) or (not future and d > ad and -1 or 0)
    for _ = 1, 14 do
      local n = calendar.number(ay, am + move, 1)
      local ny, nm = calendar.date(n)
      if calendar.exists(ny, nm, d)
          and (not node.wd or calendar.weekday(calendar.number(ny, nm, d)) == node.wd) then
        return day_result(calendar.number(ny, nm, d))
      end
      move = move + step
    end
    return { value = ("XXXX-XX-%02d"):format(d) }
  end
  if not y and anchor then y = nearest_year(m, d, anchor, future) end
  if not y then return { value = ("XXXX-%02d-%02d"):format(m, d) } end
  if not calendar.exists(y, m, d) then
    return { value = ("%04d-%02d-%02d"):format(y, m, d) }
  end
  return day_result(calendar.number(y, m, d))
end

function readers.feast(node, anchor, future)
  local feast = words.holiday[node.name]
  local function in_year(y)
    if feast.easter then return calendar.easter(y) + feast.easter end
    if feast.which == -1 then
      local last = calendar.number(y, feast[1] + 1, 1) - 1
      return last - (calendar.weekday(last) - feast.weekday) % 7
    elseif feast.which then
      local first = calendar.number(y, feast[1], 1)
      return first + (feast.weekday - calendar.weekday(first)) % 7 + 7 * (feast.which - 1)
        + (feast.days or 0)
    end
    return calendar.number(y, feast[1], feast[2])
  end
  if node.y then return day_result(in_year(node.y)) end
  if not anchor then
    if feast[2] then return { value = ("XXXX-%02d-%02d"):format(feast[1], feast[2]) } end
    return {}
  end
  local y = calendar.date(anchor)
  local back, ahead = in_year(y), in_year(y)
  if back > anchor then back = in_year(y - 1) end
  if ahead <= anchor then ahead = in_year(y + 1) end
  if node.shift == 1 then return day_result(ahead) end
  if node.shift == -1 then return day_result(back) end
  if future or anchor - back > ahead - anchor then return day_result(ahead) end
  return day_result(back)
end

function readers.offset(node, anchor, future)
  local from = node.from and resolve(node.from, anchor, future)
  local n = node.from and (from and from.first) or not node.from and anchor or nil
  if not n then return {} end
  if node.unit.months then return day_result(calendar.add_months(n, node.n * node.unit.months)) end
  return day_result(n + node.n * node.unit.days)
end

function readers.weekday(node, anchor, future)
  if not anchor then return { value = "XXXX-WXX-" .. node.wd } end
  local monday = anchor - calendar.weekday(anchor) + 1
  if node.shift == "past" then
    local n = anchor - (calendar.weekday(anchor) - node.wd) % 7
    return day_result(n == anchor and n - 7 or n)
  end
  if node.shift then return day_result(monday + 7 * node.shift + node.wd - 1) end
  local n = anchor - (calendar.weekday(anchor) - node.wd) % 7
  if future then
    n = anchor + (node.wd - calendar.weekday(anchor)) % 7
  end
  return day_result(n)
end

function readers.month(node, anchor, future)
  local y = node.y
  if not y and anchor then
    local ay, am = calendar.date(anchor)
    if node.shift == 0 then y = ay
    elseif node.shift == -1 then y = node.m < am and ay or ay - 1
    elseif node.shift == 1 then y = node.m > am and ay or ay + 1
    elseif future then y = node.m >= am and ay or ay + 1
    else y = node.m <= am and ay or ay - 1 end
  end
  if not y then return { value = ("XXXX-%02d"):format(node.m), period = true } end
  return month_result(y, node.m)
end

function readers.year(node) return year_result(node.y) end

function readers.period(node, anchor)
  if not anchor then return { period = true } end
  local unit, shift = node.unit, node.shift
  local y, m = calendar.date(anchor)
  local monday = anchor - calendar.weekday(anchor) + 1
  if unit.weekend then
    local n = monday + 7 * shift
    local wy, w = calendar.week(n)
    return { value = ("%04d-W%02d-WE"):format(wy, w), first = n + 5, after = n + 7, period = true }
  elseif unit.days == 7 then
    local n = monday + 7 * shift
    local wy, w = calendar.week(n)
    return { value = ("%04d-W%02d"):format(wy, w), first = n, after = n + 7, period = true }
  elseif unit.days then
    if shift < 0 then return interval(anchor - 14, anchor) end
    local n = shift > 0 and monday + 14 or monday
    return interval(n, n + 14)
  elseif unit.months == 1 then
    local first = calendar.number(y, m + shift, 1)
    local ny, nm = calendar.date(first)
    return month_result(ny, nm)
  elseif unit.months == 3 then
    local first = (m - 1) // 3 * 3 + 1 + 3 * shift
    return interval(calendar.number(y, first, 1), calendar.number(y, first + 3, 1))
  end
  local years = unit.months // 12
  if years == 1 then return year_result(y + shift) end
  local first = y // years * years + years * shift
  return interval(calendar.number(first, 1, 1), calendar.number(first + years, 1, 1))
end

function readers.span(node, anchor)
  if not anchor then return { period = true } end
  local n, unit = node.n, node.unit
  if unit.months == 3 then
    local y, m = calendar.date(anchor)
    local quarter = (m - 1) // 3 * 3 + 1
    local from = n < 0 and quarter + 3 * n or quarter + 3
    return interval(calendar.number(y, from, 1), calendar.number(y, from + 3 * math.abs(n), 1))
  end
  local function moved(from)
    if unit.months then return calendar.add_months(from, n * unit.months) end
    return from + n * unit.days
  end
  if n < 0 then return interval(moved(anchor), anchor) end
  if node.today then return interval(anchor, moved(anchor)) end
  return interval(anchor + 1, moved(anchor + 1))
end

local SEASON_MONTH = { SP = 3, SU = 6, FA = 9, WI = 12 }

function readers.season(node, anchor)
  local y = node.y or anchor and calendar.date(anchor) + node.shift or nil
  if not y then return { period = true } end
  local first = calendar.number(y, SEASON_MONTH[node.name], 1)
  return { value = ("%04d-%s"):format(y, node.name), first = first,
    after = calendar.add_months(first, 3), period = true }
end

local function part_of_year(node, anchor, months, index)
  local y = node.y or anchor and calendar.date(anchor) + (node.shift or 0) or nil
  if not y then return { period = true } end
  local first = 1 + (index - 1) * months
  return interval(calendar.number(y, first, 1), calendar.number(y, first + months, 1))
end
function readers.quarter(node, anchor) return part_of_year(node, anchor, 3, node.q) end
function readers.half(node, anchor) return part_of_year(node, anchor, 6, node.h) end

-- Weeks are whole ones: the first of a month or year is the one with its Thursday.
function readers.nth(node, anchor, future)
  local of = resolve(node.of, anchor, future)
  if not of.first then return { period = true } end
  local unit, n, count = node.unit, node.n, node.count
  if unit.days == 7 then
    local start = of.first - calendar.weekday(of.first) + 1
    if calendar.weekday(of.first) > 4 then start = start + 7 end
    if n > 0 then start = start + 7 * (n - 1) else
      local final = of.after - 1
      start = final - calendar.weekday(final) + 1 - 7 * (count - 1)
      if calendar.weekday(final) < 4 and count > 1 then start = start - 7 end
    end
    if count == 1 and n > 0 and node.of.is == "year" then
      local y, w = calendar.week(start)
      return { value = ("%04d-W%02d"):format(y, w), first = start, after = start + 7,
        period = true }
    end
    return interval(start, start + 7 * count)
  end
  local function moved(from, k)
    if unit.months then return calendar.add_months(from, k * unit.months) end
    return from + k * unit.days
  end
  local first = n > 0 and moved(of.first, n - 1) or moved(of.after, -count)
  if unit.days then return count > 1 and interval(first, first + count) or day_result(first) end
  if unit.months == 1 and count == 1 then
    local y, m = calendar.date(first)
    return month_result(y, m)
  end
  return interval(first, moved(first, count))
end

function readers.decade(node)
  return interval(calendar.number(node.y, 1, 1), calendar.number(node.y + 10, 1, 1))
end

function readers.century(node)
  local y = 100 * (node.n - 1)
  return interval(calendar.number(math.max(y, 1), 1, 1), calendar.number(y + 100, 1, 1))
end

function readers.week(node, anchor, future)
  if node.of then
    local of = resolve(node.of, anchor, future)
    if not of.first then return { period = true } end
    local monday = of.first - calendar.weekday(of.first) + 1
    if node.weekend then
      local wy, w = calendar.week(monday)
      return { value = ("%04d-W%02d-WE"):format(wy, w), first = monday + 5, after = monday + 7,
        period = true }
    end
    return interval(of.first, of.first + 7)
  end
  local y = node.y or anchor and calendar.date(anchor) + (node.shift or 0) or nil
  if not y then return { value = ("XXXX-W%02d"):format(node.n), period = true } end
  local first = calendar.monday(y, node.n)
  return { value = ("%04d-W%02d"):format(y, node.n), first = first, after = first + 7,
    period = true }
end

function readers.part(node, anchor, future)
  local of = resolve(node.of, anchor, future)
  return { value = of.value, first = of.first, after = of.after, period = true, which = node.which }
end

-- The day at which a period is met from outside: "the end of May" is its end.
local function edge(result)
  if result.which == "late" then return result.after end
  if result.which == "mid" then return (result.first + result.after) // 2 end
  return result.first
end

function readers.open(node, anchor, future)
  local of = resolve(node.of, anchor, future)
  if not of.value then return { period = true } end
  local side = node.side
  local partial = of.value
  if of.first then
    local n = edge(of)
    if side == "after" and of.period then n = of.after end
    partial = calendar.iso(n)
  end
  local value = (side == "since" or side == "after") and partial .. "/.." or "../" .. partial
  return { value = value, period = true, first = of.first, after = of.after }
end

function readers.range(node, anchor, future)
  local from = resolve(node.from, anchor, future)
  local to = resolve(node.to, anchor, future)
  if not from.first or not to.first then
    return { value = from.value and to.value and from.value .. "/" .. to.value, period = true }
  end
  local first, after = edge(from), edge(to)
  -- "from next Monday to Friday": the end follows the beginning.
  if after < first and node.to.is == "weekday" then
    after = after + 7 * ((first - after + 6) // 7)
  elseif after < first and (node.to.is == "month" or node.to.is == "date") and not node.to.y then
    after = calendar.add_months(after, 12)
  end
  return interval(first, after)
end

for is, read in pairs(times) do
  readers[is] = function(node, anchor, future)
    return read(node, node.day and resolve(node.day, anchor, future))
  end
end

resolve = function(node, anchor, future) return readers[node.is](node, anchor, future) end

--- Returns the value of a description in ISO 8601, nil when it cannot be told, and
--- its kind: "date", "daterange", "time", "timerange", "datetime", "datetimerange".
---
---@param node table  from `date_phrases.read`
---@param anchor? integer  the day of the page, a day number
---@param future boolean  whether the sentence looks ahead
---@return string? value
---@return string kind
---@return integer? first  the day it begins on, a day number
function M.value(node, anchor, future)
  local result = resolve(node, anchor, future)
  return result.value, result.kind or result.period and "daterange" or "date", result.first
end

return M
