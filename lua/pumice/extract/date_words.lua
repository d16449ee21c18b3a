--- The words of dates, as data: English whole, and the names of months in German,
--- French, Spanish, Italian, Portuguese and Dutch.
local set = require("pumice.extract.grammar").set

local M = {}

local function numbered(words, from)
  local t, n = {}, from or 1
  for group in words:gmatch("%S+") do
    for word in group:gmatch("[^|]+") do t[word] = n end
    n = n + 1
  end
  return t
end

M.month = numbered [[ january|jan february|feb march|mar april|apr may june|jun july|jul august|aug
  september|sep|sept october|oct november|nov december|dec ]]

--- Months of other languages by their whole names; they need a day or a year beside them.
M.foreign_month = numbered [[
  januar|jänner|janvier|enero|gennaio|janeiro|januari
  februar|feber|février|fevrier|febrero|febbraio|fevereiro|februari
  märz|mars|marzo|março|maart april|avril|abril|aprile mai|mayo|maggio|maio|mei
  juni|juin|junio|giugno|junho juli|juillet|julio|luglio|julho
  august|août|aout|agosto|augustus
  september|septembre|septiembre|setiembre|settembre|setembro
  oktober|octobre|octubre|ottobre|outubro november|novembre|noviembre|novembro
  dezember|décembre|decembre|diciembre|dicembre|dezembro|december ]]

--- What may stand between day, month and year in those languages.
M.foreign_link = set [[ de del di do da ]]

M.weekday = numbered [[ monday|mon tuesday|tue|tues wednesday|wed|weds thursday|thu|thur|thurs
  friday|fri saturday|sat sunday|sun ]]

--- Forms that are also other words: they need a capital letter or a number beside.
M.doubtful = set [[ may mar march sat sun mon wed second jan dec sep fri tue thu jun jul ]]

M.number = numbered [[ one two three four five six seven eight nine ten eleven twelve thirteen
  fourteen fifteen sixteen seventeen eighteen nineteen twenty ]]
M.number.a, M.number.an = 1, 1
M.number.couple = 2
M.tens = { twenty = 20, thirty = 30, forty = 40, fifty = 50, sixty = 60, seventy = 70, eighty = 80,
  ninety = 90 }
M.ordinal = numbered [[ first second third fourth fifth sixth seventh eighth ninth tenth eleventh
  twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth ]]
M.ordinal.thirtieth = 30

--- Units of a calendar: how many days, or months.
M.unit = {
  day = { days = 1 }, days = { days = 1 }, week = { days = 7 }, weeks = { days = 7 },
  fortnight = { days = 14 }, fortnights = { days = 14 }, month = { months = 1 },
  months = { months = 1 }, quarter = { months = 3 }, quarters = { months = 3 },
  year = { months = 12 }, years = { months = 12 }, decade = { months = 120 },
  decades = { months = 120 }, century = { months = 1200 }, centuries = { months = 1200 },
  weekend = { weekend = true }, weekends = { weekend = true },
}

--- Units of a clock, in seconds.
M.clock_unit = {
  hour = 3600, hours = 3600, hr = 3600, hrs = 3600, minute = 60, minutes = 60, min = 60,
  mins = 60, second = 1, seconds = 1,
}

--- Where a word moves a period: 0 the one of the page, -1 the one before.
M.shift = {
  this = 0, current = 0, last = -1, past = -1, previous = -1, next = 1, coming = 1,
  upcoming = 1, following = 1,
}

M.day = { today = 0, yesterday = -1, tomorrow = 1, tonight = 0 }

M.season = { spring = "SP", summer = "SU", autumn = "FA", fall = "FA", winter = "WI" }

--- Parts of a day: when they begin and end, in hours.
M.day_part = {
  morning = { "MO", 8, 12 }, afternoon = { "AF", 12, 16 }, evening = { "EV", 16, 20 },
  night = { "NI", 20, 24 }, daytime = { "DT", 8, 18 },
}

--- Words before a date that make an open period of it.
M.since = set [[ since after ]]
M.before = set [[ before until till by ]]

--- Parts of a period.
M.early = set [[ early beginning start ]]
M.mid = set [[ mid middle ]]
M.late = set [[ late end ]]

--- Feasts: {month, day}, {month, weekday, which} with -1 for the last, or days from
--- Easter Sunday.
M.holiday = {
  ["christmas eve"] = { 12, 24 }, ["christmas day"] = { 12, 25 }, ["christmas"] = { 12, 25 },
  ["boxing day"] = { 12, 26 }, ["new year's eve"] = { 12, 31 }, ["new year's day"] = { 1, 1 },
  ["new year day"] = { 1, 1 }, ["new years day"] = { 1, 1 }, ["valentine's day"] = { 2, 14 },
  ["st patrick's day"] = { 3, 17 }, ["st. patrick's day"] = { 3, 17 },
  ["international workers' day"] = { 5, 1 }, ["may day"] = { 5, 1 }, ["juneteenth"] = { 6, 19 },
  ["independence day"] = { 7, 4 }, ["halloween"] = { 10, 31 }, ["veterans day"] = { 11, 11 },
  ["armistice day"] = { 11, 11 }, ["thanksgiving day"] = { 11, weekday = 4, which = 4 },
  ["thanksgiving"] = { 11, weekday = 4, which = 4 },
  ["black friday"] = { 11, weekday = 4, which = 4, days = 1 },
  ["labor day"] = { 9, weekday = 1, which = 1 },
  ["memorial day"] = { 5, weekday = 1, which = -1 },
  ["mother's day"] = { 5, weekday = 7, which = 2 },
  ["father's day"] = { 6, weekday = 7, which = 3 },
  ["easter sunday"] = { easter = 0 }, ["easter monday"] = { easter = 1 },
  ["easter"] = { easter = 0 }, ["good friday"] = { easter = -2 },
  ["ash wednesday"] = { easter = -46 }, ["pentecost"] = { easter = 49 },
}

--- Words that put what follows in the future.
M.future = set [[ will shall going due scheduled expected planned upcoming 'll tomorrow ]]

--- Words after which a bare number is a year.
M.before_year = set [[ in since of by until till from to during after before for year mid early late
  the and or between through than around circa c ]]

return M
