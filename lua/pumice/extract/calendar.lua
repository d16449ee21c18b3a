--- The Gregorian calendar as arithmetic on day numbers.
local M = {}

--- Returns the number of a day: 1 is Monday, 1 January of the year 1.
--- Source: the proleptic Gregorian calendar, counted from 1 March.
---@param y integer
---@param m integer  may run over 12 or under 1
---@param d integer  may run over the month
---@return integer
function M.number(y, m, d)
  y = y + (m - 1) // 12
  m = (m - 1) % 12 + 1
  local years = m <= 2 and y - 1 or y
  local months = (m + 9) % 12
  return 365 * years + years // 4 - years // 100 + years // 400 + (153 * months + 2) // 5 + d - 306
end

--- Returns year, month and day of a day number.
---@param n integer
---@return integer year
---@return integer month
---@return integer day
function M.date(n)
  local era_day = n + 305
  local y = (10000 * era_day + 14780) // 3652425
  local rest = era_day - (365 * y + y // 4 - y // 100 + y // 400)
  if rest < 0 then
    y = y - 1
    rest = era_day - (365 * y + y // 4 - y // 100 + y // 400)
  end
  local months = (100 * rest + 52) // 3060
  return y + (months + 2) // 12, (months + 2) % 12 + 1, rest - (months * 306 + 5) // 10 + 1
end

--- Returns 1 for Monday to 7 for Sunday.
---@param n integer
---@return integer
function M.weekday(n) return (n - 1) % 7 + 1 end

--- Returns "2016-05-03".
---@param n integer
---@return string
function M.iso(n) return ("%04d-%02d-%02d"):format(M.date(n)) end

--- Tells whether a month has that day.
---@param y integer
---@param m integer
---@param d integer
---@return boolean
function M.exists(y, m, d)
  if m < 1 or m > 12 or d < 1 then return false end
  local _, month = M.date(M.number(y, m, d))
  return d <= 31 and month == m
end

--- Returns the ISO year and week of a day: the week of its Thursday.
---@param n integer
---@return integer year
---@return integer week
function M.week(n)
  local thursday = n - M.weekday(n) + 4
  local y = M.date(thursday)
  return y, (thursday - M.number(y, 1, 1)) // 7 + 1
end

--- Returns the Monday of an ISO week.
---@param y integer
---@param week integer
---@return integer
function M.monday(y, week)
  local fourth = M.number(y, 1, 4)
  return fourth - M.weekday(fourth) + 1 + 7 * (week - 1)
end

--- Returns the day `n` moved by months; the 31st becomes the last of the month.
---@param n integer
---@param months integer
---@return integer
function M.add_months(n, months)
  local y, m, d = M.date(n)
  local first = M.number(y, m + months, 1)
  return first + math.min(d, M.number(y, m + months + 1, 1) - first) - 1
end

--- Returns Easter Sunday of a year. Source: Anonymous Gregorian, Nature 1876.
---@param y integer
---@return integer
function M.easter(y)
  local a, b, c = y % 19, y // 100, y % 100
  local h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
  local l = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
  local m = (a + 11 * h + 22 * l) // 451
  local days = h + l - 7 * m + 114
  return M.number(y, days // 31, days % 31 + 1)
end

return M
