--- Dates and times with what they mean.
local calendar = require "pumice.extract.calendar"
local phrases = require "pumice.extract.date_phrases"
local tokens = require "pumice.extract.date_tokens"
local values = require "pumice.extract.date_values"
local words = require "pumice.extract.date_words"

local M = {}

local HEAD = 600   -- bytes of a text in which its own date is looked for
local NEAR = 200   -- bytes from one date to a later one that counts from it
local AHEAD = 12   -- tokens before a date in which a word for the future counts

local function anchor_of(date)
  if type(date) ~= "string" then return nil end
  local y, m, d = date:match("^(%d%d%d%d)%-?(%d%d)%-?(%d%d)")
  y, m, d = math.tointeger(tonumber(y)), math.tointeger(tonumber(m)), math.tointeger(tonumber(d))
  return y and y >= 1 and calendar.exists(y, m, d) and calendar.number(y, m, d) or nil
end

-- "It will close, she said on Monday": what is reported looks ahead, the report not.
local REPORTS = { said = true, told = true, announced = true, added = true, wrote = true }

local function looks_ahead(t, i)
  for j = i - 1, math.max(1, i - AHEAD), -1 do
    local word = t.word[j]
    if word == "." or word == "!" or word == "?" or REPORTS[word] then return false end
    if words.future[word] then return true end
    if word == "to" and (t.word[j - 1] == "is" or t.word[j - 1] == "are") then return true end
  end
  return false
end

-- The words a date can begin with; of others nothing needs to be tried.
local OPENS = {}
for _, list in ipairs { words.month, words.foreign_month, words.weekday, words.number, words.tens,
    words.ordinal, words.shift, words.day, words.season, words.early, words.mid, words.late } do
  for word in pairs(list) do OPENS[word] = true end
end
for name in pairs(words.holiday) do OPENS[name:match("^%a+")] = true end
for word in ([[ the in a an from between since after before until till by prior no starting at
    within week weekend year q h earlier later noon midday midnight tonight around about
    ' ]]):gmatch("%S+") do
  OPENS[word] = true
end

-- Every date has a number or one of these words, at most REACH tokens after its
-- first ("starting from the beginning of the year 2011"): where none is near,
-- common openers such as "the" need not be tried.
local REACH = 8
local CORE = {}
for _, list in ipairs { words.month, words.foreign_month, words.weekday, words.unit,
    words.clock_unit, words.day, words.season, words.day_part } do
  for word in pairs(list) do CORE[word] = true end
end
for name in pairs(words.holiday) do CORE[name:match("^%a+")] = true end
for word in ([[ noon midday midnight half thousand nineteen eighteen twenty
    am pm m clock ]]):gmatch("%S+") do
  CORE[word] = true
end

--- Returns the dates of a text, as `extract.dates` documents.
---@param text string
---@param opts table
---@return table[]
function M.find(text, opts)
  local t = tokens.read(text)
  local found, nodes = {}, {}
  local i, core = 1, 1  -- `core`: the first one from `i` on
  while i <= t.n do
    if core < i then core = i end
    while core <= t.n and not t.number[core] and not CORE[t.word[core]] do core = core + 1 end
    if core > t.n then break end
    if core - i > REACH then i = core - REACH end
    local after, node, start
    -- "every Friday" is no day.
    local repeated = t.word[i - 1] == "every" or t.word[i - 1] == "each"
    if (t.number[i] or OPENS[t.word[i]]) and not repeated then
      after, node, start = phrases.read(t, i)
    end
    if after then
      local first, last = t.first[start or i], t.last[after - 1]
      found[#found + 1] = { text = text:sub(first, last), first = first, last = last }
      nodes[#found] = { node, looks_ahead(t, i) }
      i = after
    else
      i = i + 1
    end
  end
  local anchor = anchor_of(opts.date)
  for n = 1, #found do
    local node = nodes[n][1]
    if anchor or found[n].last > HEAD then break end
    local date = node.is == "moment" and node.day or node
    if date.is == "date" and date.y and date.m and calendar.exists(date.y, date.m, date.d) then
      anchor = calendar.number(date.y, date.m, date.d)
    end
  end
  local day  -- on which the date before begins
  for n, date in ipairs(found) do
    -- "two years later" counts from the date told just before, when there is one.
    local before = found[n - 1]
    local base = anchor
    if nodes[n][1].told and before and date.first - before.last < NEAR
        and not text:sub(before.last, date.first):find("\n") then
      base = day or anchor
    end
    date.value, date.kind, day = values.value(nodes[n][1], base, nodes[n][2])
  end
  return found
end

return M
