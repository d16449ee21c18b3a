local calendar = require "pumice.extract.calendar"
local extract = require "pumice.extract"
local cpu_time = require "cpu_time"

-- Returns "text = value" for each date of a text, for a page of Sunday, 8 May 2016.
local function values(text, date)
  local found = {}
  for i, item in ipairs(extract.dates(text, { date = date or "2016-05-08" })) do
    assert.equal(item.text, text:sub(item.first, item.last))
    found[i] = item.text .. " = " .. tostring(item.value)
  end
  return found
end

local function rows(name, cases)
  describe(name, function()
    for _, case in ipairs(cases) do
      it(("reads %q"):format(case[1]), function()
        assert.same({ table.unpack(case, 2) }, values(case[1]))
      end)
    end
  end)
end

rows("extract.dates with whole dates", {
  { "on 3 May 2016", "3 May 2016 = 2016-05-03" },
  { "on the 3rd of May, 2016", "the 3rd of May, 2016 = 2016-05-03" },
  { "on May 3, 2016.", "May 3, 2016 = 2016-05-03" },
  { "on Tuesday, May 3rd 2016", "Tuesday, May 3rd 2016 = 2016-05-03" },
  { "on Sept. 9, 2015", "Sept. 9, 2015 = 2015-09-09" },
  { "2016-05-03", "2016-05-03 = 2016-05-03" },
  { "2016/05/03", "2016/05/03 = 2016-05-03" },
  { "5/3/2016", "5/3/2016 = 2016-05-03" },
  { "23/5/2016", "23/5/2016 = 2016-05-23" },
  { "3.5.2016", "3.5.2016 = 2016-05-03" },
  { "20160503", "20160503 = 2016-05-03" },
  { "May twenty-first two thousand and fifteen",
    "May twenty-first two thousand and fifteen = 2015-05-21" },
  { "Easter 2018", "Easter 2018 = 2018-04-01" },
  { "3. Mai 2016", "3. Mai 2016 = 2016-05-03" },
  { "le 3 mai 2016", "3 mai 2016 = 2016-05-03" },
  { "el 3 de mayo de 2016", "3 de mayo de 2016 = 2016-05-03" },
})

rows("extract.dates with the day of the page", {
  { "on Saturday", "Saturday = 2016-05-07" },
  { "on Sunday", "Sunday = 2016-05-08" },
  { "They will meet on Saturday", "Saturday = 2016-05-14" },
  { "It will close in October, she said on Monday", "October = 2016-10", "Monday = 2016-05-02" },
  { "last Friday", "last Friday = 2016-04-29" },
  { "next Friday", "next Friday = 2016-05-13" },
  { "today, yesterday", "today = 2016-05-08", "yesterday = 2016-05-07" },
  { "the day before yesterday", "the day before yesterday = 2016-05-06" },
  { "two days ago", "two days ago = 2016-05-06" },
  { "in three weeks", "in three weeks = 2016-05-29" },
  { "It was sold on 1 May 2010 and two years later closed", "1 May 2010 = 2010-05-01",
    "two years later = 2012-05-01" },
  { "9999 years ago", "9999 years ago = nil" },
  { "a month later", "a month later = 2016-06-08" },
  { "on May 3", "May 3 = 2016-05-03" },
  { "on 10 December", "10 December = 2015-12-10" },
  { "It is due on 10 December", "10 December = 2016-12-10" },
})

rows("extract.dates with periods", {
  { "in May 2015", "May 2015 = 2015-05" },
  { "in May", "May = 2016-05" },
  { "in June", "June = 2015-06" },
  { "in 2015,", "2015 = 2015" },
  { "last month", "last month = 2016-04" },
  { "this week", "this week = 2016-W18" },
  { "last year", "last year = 2015" },
  { "the last three days", "last three days = 2016-05-05/2016-05-08" },
  { "the first week of 2019", "the first week of 2019 = 2019-W01" },
  { "the last two months of 2015", "the last two months of 2015 = 2015-11-01/2016-01-01" },
  { "late 2015", "late 2015 = 2015" },
  { "in the 1980's", "1980's = 1980-01-01/1990-01-01" },
  { "in the 1990s", "1990s = 1990-01-01/2000-01-01" },
  { "Q1 2015", "Q1 2015 = 2015-01-01/2015-04-01" },
  { "from 3 to 12 May 2015", "from 3 to 12 May 2015 = 2015-05-03/2015-05-12" },
  { "between 2007 and 2009", "between 2007 and 2009 = 2007-01-01/2009-01-01" },
  { "since August", "since August = 2015-08-01/.." },
  { "until 27 April 2016", "until 27 April 2016 = ../2016-04-27" },
})

rows("extract.dates with times", {
  { "at 8:30", "8:30 = T08:30" }, { "8 p.m.", "8 p.m. = T20" },
  { "after 6pm", "after 6pm = T18/.." },
  { "from 5 to 6pm", "from 5 to 6pm = T17/T18" },
  { "at 6 o'clock this afternoon", "at 6 o'clock this afternoon = 2016-05-08T18" },
  { "on Monday evening", "Monday evening = 2016-05-02TEV" },
  { "on Friday at 4pm", "Friday at 4pm = 2016-05-06T16" },
  { "8:05 am today", "8:05 am today = 2016-05-08T08:05" },
})

rows("extract.dates passes over", {
  { "It may march on; a second sat." }, { "This may take long" }, { "2000 pieces of 3/4 inch" },
  { "version 1.2.3.4 and 555-1234" }, { "$2016 and 2016%" }, { "10,000 years ago" },
  { "USA Today, every Friday" }, { "in the coming years" }, { "" }, { "1" }, { "32-2015" },
})

describe("extract.dates without the day of the page", function()
  it("leaves X for what nothing tells", function()
    local function value(text) return extract.dates(text)[1].value end
    assert.equal("XXXX-05-03", value("on May 3"))
    assert.equal("XXXX-WXX-5", value("on Friday"))
    assert.is_nil(value("last week"))
  end)

  it("takes the first full date in the head of the text", function()
    local found = extract.dates("Elden, 3 May 2016. The dam broke yesterday.")
    assert.equal("2016-05-02", found[2].value)
  end)

  it("takes doc.date as a stage, and an option before it", function()
    local doc = { text = "It broke yesterday.", date = "2016-05-03T10:00:00Z" }
    assert.equal("2016-05-02", extract.dates().each(doc).dates[1].value)
    assert.equal("2016-05-01", extract.dates({ date = "2016-05-02" }).each(doc).dates[1].value)
  end)
end)

describe("the calendar", function()
  it("counts days there and back", function()
    assert.equal(1, calendar.number(1, 1, 1))
    local day = calendar.number(1899, 1, 1)
    for n = day, day + 80000, 7 do
      local y, m, d = calendar.date(n)
      assert.equal(n, calendar.number(y, m, d))
    end
  end)

  it("agrees with os.date", function()
    for time = 0, 2000000000, 86400 * 97 do
      local n = calendar.number(1970, 1, 1) + time // 86400
      assert.equal(os.date("!%Y-%m-%d", time), calendar.iso(n))
      assert.equal(os.date("!%G %V", time), ("%d %02d"):format(calendar.week(n)))
      assert.equal(tonumber(os.date("!%u", time)), calendar.weekday(n))
    end
  end)
end)

describe("extract.dates on hostile input", function()
  local units = { "1", "1 ", "1-", "1/", "May ", "1 May ", "from ", "the ", "two ", "Monday ",
    "2019 ", "in ", "last ", "12:", "1 to ", "2 days after ", "in 2 days since ", "early ", "a" }
  for _, unit in ipairs(units) do
    it(("takes time in step with its length: %q"):format(unit), function()
      assert(cpu_time.linear(function(bytes)
        extract.dates(unit:rep(bytes // #unit), { date = "2016-05-08" })
      end, 10000, 40000))
    end)
  end
end)
