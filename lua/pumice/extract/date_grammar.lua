--- What a date looks like: from tokens to descriptions of dates.
---
--- A description is a table whose `is` says what it is; `date_values` turns it into
--- ISO 8601.
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
local days = require "pumice.extract.date_days"
local periods = require "pumice.extract.date_periods"
local words = require "pumice.extract.date_words"

local M = {}

-- A period or a day without what may stand around it.
local function base(t, i)
  local after, node, start
  after, node = periods.quarter(t, i)
  if after then return after, node end
  after, node = periods.nth(t, i)
  if after then return after, node end
  after, node = periods.offset(t, i)
  if after then return after, node end
  after, node = days.any(t, i)
  if after then return after, node end
  after, node, start = periods.period(t, i)
  if after then return after, node, start end
  after, node = periods.month(t, i)
  if after then return after, node end
  after, node = periods.era(t, i)
  if after then return after, node end
  after, node = days.bare(t, i)
  if after then return after, node end
  return periods.bare_year(t, i)
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
    after, node = base(t, k)
  end
  local whole = node and (node.is == "offset" or node.is == "weekday" or node.is == "date"
    or node.is == "span")
  if not after or whole then return nil end
  return after, { is = "part", of = node, which = which }, j
end

local function read(t, i)
  local after, node, start = part(t, i)
  if after then return after, node, start or i end
  return base(t, i)
end

--- Reads a day or a period at token `i`, the longest form first. Ranges, times and
--- open periods all ask for it at the same token, so each place is read once
--- (packrat parsing, Ford 2002).
---@param t pumice.extract.DateTokens
---@param i integer
---@return integer? after  the token after it
---@return table? node
---@return integer? start  the token where it begins
function M.piece(t, i)
  local after = t.piece_after[i]
  if after == nil then
    local node, start
    after, node, start = read(t, i)
    t.piece_after[i] = after or false
    t.piece_node[i], t.piece_start[i] = node, start
  end
  if not after then return nil end
  return after, t.piece_node[i], t.piece_start[i]
end

return M
