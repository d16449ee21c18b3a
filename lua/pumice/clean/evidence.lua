--- Plain evidence against a block, each with its own reason: what a reader
--- would point at. It is added to the fitted score.
local cues = require "pumice.clean.cues"

local M = {}

local bit = cues.bit
local STOP, COLON = 1, 2

-- Classes that ask something of the reader, or come with such a box.
local asking = bit.newsletter | bit.subscribe | bit.donate | bit.payment | bit.login | bit.cookie
  | bit.form
local beside = bit.share | bit.follow | bit.comment | bit.legal | bit.shop | bit.advert
local we_or_you = bit.we | bit.you

local function count_bits(mask)
  local n = 0
  while mask ~= 0 do n, mask = n + 1, mask & mask - 1 end
  return n
end

local strong = cues.strong

local voice = {}
for word in ([[we our us ours ourselves you your yours wir unser unsere unseren uns sie ihre ihr nous
  notre nos vous votre vos nosotros nuestro nuestra nuestros tu tus usted]]):gmatch("%S+") do
  voice[word] = true
end

--- Words of a block that speak of the outlet or to the reader.
local function voices(text, first, last)
  local n = 0
  for word in text:sub(first, math.min(last, first + 2000)):gmatch("[%a\128-\255]+") do
    if #word <= 9 and voice[word:lower()] and word ~= "US" then n = n + 1 end
  end
  return n
end

--- How much a block speaks to the reader in the outlet's own voice: over 0 for
--- a part of an appeal, a box or a form, under 0 for a part of a story. What
--- stands in quotes is somebody else's voice.
local function address(text, c, i, plain)
  local mask, words = c.mask[i], c.words[i]
  local quoted = c.quotes[i] > 0
  local asks = count_bits(mask & asking)
  local value = asks > 2 and 3 or asks * 1.5
  if mask & beside ~= 0 then value = value + 1 end
  -- A cue among many words says less.
  if c.covered[i] * 4 < words then value = value * c.covered[i] * 4 / words end
  local spoken = 0
  if mask & we_or_you ~= 0 and not quoted then
    if words <= 16 then
      spoken = mask & bit.we ~= 0 and 1 or 0.6
    elseif mask & strong ~= 0 or value > 0 then
      spoken = math.min(2.5, voices(text, c.first[i], c.last[i]) * 20 / words)
    else
      spoken = 0.8
    end
    spoken = spoken * plain
    value = value + spoken
  end
  -- "Support the ...", "Join ...": an imperative speaks to the reader too.
  if mask & bit.opening ~= 0 and spoken < 1 then spoken = 1 end
  if mask & bit.opening ~= 0 and words <= 12 then value = value + 2 end
  if mask & (bit.byline | bit.date | bit.caption) ~= 0 and asks == 0 and words <= 10 then
    return -0.5
  end
  if words <= 5 and c.sentences[i] == 0 then
    return value + (c.covered[i] > 0 and 1 or 0.2)
  end
  if quoted then value = value - 2 end
  if c.sentences[i] > 0 then
    if words > 12 and spoken < 0.8 then value = value - 3 end
    if mask & bit.told ~= 0 and spoken < 0.8 then value = value - 1 end
    value = value - words / 40
  elseif spoken == 0 then
    value = value - 1
  end
  return value
end

--- The share of a page's sentences that say "we" or "you" and ask for nothing:
--- in a guide or an essay the voice of the page is no sign of an appeal.
local function voiced(c, n)
  local all, spoken = 0, 0
  for i = 1, n do
    local mask = c.mask[i]
    if c.sentences[i] > 0 and c.words[i] >= 8 and mask & asking == 0 then
      all = all + 1
      if mask & we_or_you ~= 0 and c.quotes[i] == 0 then spoken = spoken + 1 end
    end
  end
  return all > 0 and spoken / all or 0
end

--- Finds all runs whose values sum up best: none can be made better by making
--- it longer or shorter. Returns arrays of first, last and sum. Linear.
--- Source: Ruzzo and Tompa 1999, "A linear time algorithm for finding all
--- maximal scoring subsequences".
local function runs(values, n)
  local first, last, left, right, parent = {}, {}, {}, {}, {}
  local k, sum = 0, 0
  for i = 1, n do
    local value = values[i]
    if value > 0 then
      local from, l, r = i, sum, sum + value
      local j = k
      while true do
        while j > 0 and left[j] >= l do j = parent[j] end
        if j == 0 or right[j] >= r then break end
        from, l = first[j], left[j]
        k = j - 1
        j = k > 0 and k or 0
      end
      k = k + 1
      first[k], last[k], left[k], right[k], parent[k] = from, i, l, r, j
    end
    sum = sum + value
  end
  local sums = {}
  for j = 1, k do sums[j] = right[j] - left[j] end
  return first, last, sums, k
end

local credit_words = {}
for word in ([[photo photos photograph photographs photographer picture pictures pic image images
  credit credits illustration graphic video screenshot source foto fotos fotografía bild bilder
  bildquelle quelle grafik crédit crédits imagen illustration légende symbolbild]]):gmatch("%S+") do
  credit_words[word] = true
end

--- Does a block end in, or consist of, the credit of a picture? A credit names
--- its maker after "Photo:" or "©", in brackets, or after a slash.
local function credited(text, c, i)
  if c.ending[i] == STOP and c.sentences[i] > 0 or c.words[i] > 90 then return false end
  local tail = text:sub(math.max(c.first[i], c.last[i] - 120), c.last[i])
  -- "Name/Agency" alone.
  if c.words[i] <= 6 and tail:find("^%u[%w%s.'-]*%a ?/ ?%u[%w%s.'-]*$") then return true end
  if not tail:find("[:)©]") then return false end
  for word in tail:gmatch("([%a\128-\255]+)%s?%a*:%s*[%u\128-\255][^.!?]*$") do
    if credit_words[word:lower()] then return true end
  end
  local word, rest = tail:match("([%a]+)%s?%a*%s?:%s*([^:]*)$")
  if word and credit_words[word:lower()] and #rest > 0 and #rest < 80 then return true end
  if tail:find("[%.%)”\"]%s*©%s*[%u][^.!?]*$") then return true end
  local inside = tail:match("%(([^()]*)%)$")
  return inside ~= nil and (inside:find("^%u[%w%s./]* via %u") ~= nil
    or inside:find("^%u[%w%s./,]*[Pp]hoto") ~= nil
    or inside:find("^[Pp]hoto") ~= nil or inside:find("/%u[%w%s.]+$") ~= nil and #inside < 60)
end

--- A row of a menu: short entries with separators between them.
local function is_row(c, i)
  local separators, words = c.separators[i], c.words[i]
  return separators >= 2 and c.ending[i] ~= STOP and words <= separators * 4 + 4
    and c.common[i] <= words * 0.3 and c.numbers[i] * 3 <= words
end

--- A heading over links: "Read more", "Most read this week".
local function is_heading(c, i)
  local words = c.words[i]
  return c.mask[i] & bit.more ~= 0 and (c.covered[i] * 4 >= words * 3 and words <= 8
    or c.covered[i] * 2 >= words and words <= 5 and c.sentences[i] == 0)
end

--- A line that sends the reader to another page: "Related: ...".
local function is_teaser(text, c, i)
  if c.mask[i] & bit.more == 0 or c.words[i] > 30 then return false end
  if c.ending[i] == STOP and not text:find("^[?!]", c.last[i]) then return false end
  if is_heading(c, i) then return true end
  local head = text:sub(c.first[i], math.min(c.last[i], c.first[i] + 60))
  return head:find("^[^.:]*[%a%s]:%s") ~= nil or head:find("→", 1, true) ~= nil
    or head:find("»", 1, true) ~= nil or head:find("›", 1, true) ~= nil
end

local function is_headline(text, c, i)
  return c.ending[i] ~= COLON and (c.sentences[i] == 0
    or c.sentences[i] == 1 and text:find("^[?!]", c.last[i]) ~= nil)
end

---@param page pumice.clean.Page
---@return table<integer, number> against  by block, over 0
---@return table<integer, string> why
function M.of(page)
  local c, n, text = page.columns, page.count, page.text
  local against, why = {}, {}
  local function hold(i, weight, reason)
    if weight > (against[i] or 0) then against[i], why[i] = weight, reason end
  end

  local plain = 1 - voiced(c, n) * 3
  local values = {}
  for i = 1, n do values[i] = plain > 0 and address(text, c, i, plain) or -1 end
  local first, last, sums, k = runs(values, n)
  for j = 1, k do
    -- A sentence at the edge that would not do alone is the story's.
    while first[j] <= last[j] and c.sentences[first[j]] > 0 and c.words[first[j]] > 8
      and c.mask[first[j]] & bit.opening == 0
      and values[first[j]] < 2 do
      sums[j], first[j] = sums[j] - values[first[j]], first[j] + 1
    end
    local asks = 0
    for i = first[j], last[j] do
      if c.mask[i] & (asking | bit.opening) ~= 0 then asks = asks + 1 end
    end
    if asks > 0 and asks * 6 > last[j] - first[j] and sums[j] >= 2.4 then
      for i = first[j], last[j] do hold(i, 1 + sums[j], "appeal") end
      -- What stands over it without an empty line is its heading.
      local head = first[j] - 1
      if head > 1 and c.gap[first[j]] == 0 and c.words[head] <= 10 and c.sentences[head] == 0
        and c.gap[head] > 0 then
        hold(head, 3, "appeal")
      end
    end
  end

  for i = 1, n do
    local words = c.words[i]
    local mask = c.mask[i]
    if is_row(c, i) then hold(i, 5, "navigation") end
    if credited(text, c, i) then
      hold(i, 6, "caption or credit")
      if words <= 8 and i > 1 and c.ending[i - 1] ~= STOP and c.words[i - 1] <= 40
        and c.gap[i] == 0 then
        hold(i - 1, 4, "caption or credit")
      end
    end
    if words >= 6 and i < n and c.exact[i] == c.exact[i + 1] then
      hold(i + 1, 9, "printed twice")
      if mask & (bit.caption | bit.scene) ~= 0 then hold(i, 6, "caption or credit") end
    end
    if is_teaser(text, c, i) then
      hold(i, 5, "link to other pages")
      local j = i + 1
      if is_heading(c, i) then
        while j <= n and j <= i + 12 and is_headline(text, c, j)
          and c.words[j] >= 4 and c.words[j] <= 20 do
          hold(j, 4, "link to other pages")
          if c.gap[j] > 0 then break end
          j = j + 1
        end
      end
    end
    if words <= 12 and c.covered[i] >= words * 0.9 and c.covered[i] > 0
      and mask & ~(bit.byline | bit.scene | bit.date) & cues.strong ~= 0 then
      hold(i, 5, "cue")
    end
    if mask & bit.legal ~= 0 and words <= 60 and text:find("^[%p%s]*©", c.first[i]) then
      hold(i, 5, "legal notice")
    end
  end

  -- After the last prose of the story stand notes on its author and its source.
  local prose = 0
  for i = 1, n do
    if c.sentences[i] > 0 and c.words[i] >= 8 and not against[i]
      and c.mask[i] & (bit.bio | bit.legal | bit.follow) == 0
      and (c.ats[i] == 0 or c.mask[i] & we_or_you == 0) then
      prose = i
    end
  end
  for i = prose + 1, n do
    if c.mask[i] & bit.bio ~= 0 and c.words[i] <= 60 then hold(i, 5, "about the author") end
    if c.mask[i] & bit.legal ~= 0 and c.words[i] <= 60 then hold(i, 5, "legal notice") end
    if c.ats[i] > 0 and c.mask[i] & we_or_you ~= 0 and c.words[i] <= 40 then
      hold(i, 5, "asks to write")
    end
  end

  -- The title, and short last sentences of the story.
  local opening = 0
  for i = 1, n do
    if c.sentences[i] > 0 and c.words[i] >= 12 and not against[i] then
      opening = i
      break
    end
  end
  for i = math.max(1, opening - 10), opening - 1 do
    local words = c.words[i]
    if not against[i] and words >= 4 and words <= 25 and c.covered[i] < words * 0.5
      and c.mask[i] & bit.byline == 0 and c.separators[i] == 0
      and c.numbers[i] < words * 0.3 then
      against[i] = -5
    end
  end
  local told = opening > 0
  for i = opening + 1, n do
    local sentence = c.sentences[i] > 0 and c.ending[i] == STOP
    local mask = c.mask[i]
    local quiet = mask & (strong | we_or_you) == 0 or mask & (bit.we | bit.opening) == 0
      and count_bits(mask & strong) == 1 and c.covered[i] * 6 <= c.words[i]
    if told and sentence and not against[i] and quiet then
      against[i] = -2
    end
    told = sentence and (against[i] or 0) <= 0 and (c.words[i] >= 12 or told)
  end
  return against, why
end

return M
