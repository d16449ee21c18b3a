--- What is said of a block before it is judged: its shape, its wording, where
--- it stands and what stands around it. Each is a name, and each name has a
--- weight (see weights.lua), so that a judgement is a sum that can be read.
local cues = require "pumice.clean.cues"

local M = {}

--- Steps of a measure: step(x) is the first index whose limit is over x.
local function steps(name, limits)
  local names, top = {}, #limits + 1
  for i = 1, top do names[i] = ("%s<%s"):format(name, limits[i] or "inf") end
  return function(x)
    for i = 1, top - 1 do
      if x < limits[i] then return names[i], i end
    end
    return names[top], top
  end
end

--- Pairs of names, made once each.
local function joined()
  local cache = {}
  return function(a, b)
    local row = cache[a]
    if not row then
      row = {}
      cache[a] = row
    end
    local name = row[b]
    if not name then
      name = a .. "&" .. b
      row[b] = name
    end
    return name
  end
end
local both = joined()

local words_step = steps("words", { 2, 3, 4, 6, 9, 13, 21, 36, 61 })
local length_step = steps("length", { 4, 10, 25 })
local sentence_step = steps("sentences", { 1, 2, 3, 5 })
local common_step = steps("common", { 0.05, 0.15, 0.25, 0.35, 0.45 })
local capital_step = steps("capitals", { 0.05, 0.15, 0.3, 0.6, 0.95 })
local number_step = steps("numbers", { 0.01, 0.1, 0.3, 0.6 })
local covered_step = steps("covered", { 0.01, 0.1, 0.25, 0.5, 0.9 })
local separator_step = steps("separators", { 1, 2, 4 })
local near_step = steps("near", { 0.05, 0.2, 0.4, 0.6, 0.8, 0.95 })
local wide_step = steps("wide", { 0.05, 0.2, 0.4, 0.6, 0.8, 0.95 })
local cued_step = steps("cued", { 0.1, 0.25, 0.5, 0.75 })
local before_step = steps("before", { 1, 2, 3, 6, 12, 30 })
local after_step = steps("after", { 1, 2, 3, 6, 12, 30 })
local share_step = steps("prose", { 0.1, 0.3, 0.5, 0.7, 0.85, 0.95 })
local up_step = steps("up", { 1, 2, 3, 5, 10, 25 })
local down_step = steps("down", { 1, 2, 3, 5, 10, 25 })
local commas_step = steps("commas", { 1, 2, 4, 8 })
local again_step = steps("again", { 3, 5 })
local held_step = steps("held", { -2.5, 0, 1, 4, 6, 10, 20 })
local many_step = steps("blocks", { 8, 20, 50, 120, 300 })

local endings = { [0] = "bare", "stop", "colon", "ellipsis", "comma" }
local openings = { [0] = "small", "big", "digit", "quote", "sign", "note" }

--- The kind of a block, in a word: prose, a sentence, cue, title, label, long.
local function kind_of(c, i, spoken)
  local words, sentences = c.words[i], c.sentences[i]
  local covered = c.covered[i]
  if sentences >= 1 and words >= 12 and c.common[i] >= words * spoken
    and covered < words * 0.25 then
    return "prose"
  end
  if covered * 4 >= words and covered > 0 then return words > 12 and "appeal" or "cue" end
  if sentences >= 1 then return "sentence" end
  if words > 12 then return "long" end
  return words > 3 and "title" or "label"
end

--- Returns the run of blocks whose prose outweighs the short blocks in it most:
--- where the main text is. Source: Pasternack and Roth 2009, "Extracting
--- article text from the web with maximum subsequence segmentation".
local function main_part(c, kinds, n)
  local best, best_first, best_last = 0, 0, 0
  local sum, first = 0, 1
  for i = 1, n do
    local kind, words = kinds[i], c.words[i]
    local value
    if kind == "prose" then value = words < 60 and words or 60
    elseif kind == "sentence" then value = words * 0.5
    elseif kind == "long" then value = words * 0.3 - 2
    elseif kind == "title" then value = -4
    elseif kind == "appeal" then value = -12
    else value = -7 end
    if sum <= 0 then sum, first = 0, i end
    sum = sum + value
    if sum > best then best, best_first, best_last = sum, first, i end
  end
  return best_first, best_last
end

local strong = cues.strong
local bit = cues.bit
local headings = bit.comment | bit.more | bit.newsletter | bit.subscribe | bit.donate | bit.share
  | bit.legal | bit.login | bit.bio | bit.follow | bit.shop | bit.advert

local function first_class(mask)
  if mask == 0 then return nil end
  for i, class in ipairs(cues.classes) do
    if mask & (1 << (i - 1)) ~= 0 then return class end
  end
end
local under_step = steps("under", { 2, 4, 10, 30, 100 })

--- Calls visit(i, names, count, share) for each block; `share` is that of the prose.
function M.each(c, n, against, visit)
  local kinds, prose_words, all_words, cued = {}, { [0] = 0 }, { [0] = 0 }, { [0] = 0 }
  local count_of = {}
  local common, spelt = 0, 0
  for i = 1, n do common, spelt = common + c.common[i], spelt + c.words[i] end
  -- A language whose common words are not known is judged without them.
  local spoken = common > spelt * 0.08 and 0.2 or 0
  for i = 1, n do
    local kind = kind_of(c, i, spoken)
    kinds[i] = kind
    local words = c.words[i]
    prose_words[i] = prose_words[i - 1] + (kind == "prose" and words or 0)
    all_words[i] = all_words[i - 1] + words
    cued[i] = cued[i - 1] + ((kind == "cue" or kind == "appeal") and 1 or 0)
    local exact = c.exact[i]
    count_of[exact] = (count_of[exact] or 0) + 1
  end
  local main_first, main_last = main_part(c, kinds, n)
  local share = share_step(prose_words[n] / math.max(all_words[n], 1))
  local many = many_step(n)

  -- Blocks to the nearest prose, each way, and runs of blocks that are none.
  local up, down = {}, {}
  local last = 0
  for i = 1, n do
    up[i] = last == 0 and 99 or i - last - 1
    if kinds[i] == "prose" then last = i end
  end
  last = 0
  for i = n, 1, -1 do
    down[i] = last == 0 and 99 or last - i - 1
    if kinds[i] == "prose" then last = i end
  end

  local under, under_at = {}, {}
  local heading, at = "none", 0
  for i = 1, n do
    under[i], under_at[i] = heading, at
    if kinds[i] == "cue" and c.words[i] <= 8 then
      local found = first_class(c.mask[i] & headings)
      if found then heading, at = found, i end
    end
  end

  local names = {}
  for i = 1, n do
    local k = 0
    local function add(name) k = k + 1; names[k] = name end
    local words, kind = c.words[i], kinds[i]
    local w = words > 0 and words or 1
    local length = length_step(words)
    local ending = endings[c.ending[i]]
    local part = i < main_first and "head" or i > main_last and "tail" or "inside"
    add "bias"
    add(kind)
    add(words_step(words))
    add(both(kind, ending))
    add(both(length, openings[c.opening[i]]))
    add(both(length, sentence_step(c.sentences[i])))
    add(both(length, common_step(c.common[i] / w)))
    add(both(length, capital_step((c.capital[i] + c.upper[i]) / w)))
    if c.upper[i] == words then add(both("shout", length)) end
    add(both(length, number_step(c.numbers[i] / w)))
    add(both(length, covered_step(c.covered[i] / w)))
    add(both(length, commas_step(c.commas[i])))
    if c.separators[i] > 0 then add(both(length, separator_step(c.separators[i]))) end
    if c.links[i] > 0 then add(both("link", length)) end
    if c.ats[i] > 0 then add(both("at", length)) end
    if c.brackets[i] > 0 then add(both("bracket", length)) end
    if c.quotes[i] > 0 then add(both("quote", length)) end
    if c.gap[i] > 0 then add(both("gap", length)) end
    if count_of[c.exact[i]] > 1 then add(both(again_step(count_of[c.exact[i]]), kind)) end
    local held = held_step(against[i] or 0)
    add(both(held, share))
    add(both(held, both(kind, part)))
    add(both(held, both("last", held_step(against[i - 1] or 0))))
    add(both(held, both("next", held_step(against[i + 1] or 0))))
    local mask = c.mask[i]
    if mask ~= 0 then
      for b, class in ipairs(cues.classes) do
        if mask & (1 << (b - 1)) ~= 0 then
          add(both(class, length))
          add(both(class, ending))
          add(both(class, part))
        end
      end
    end

    -- Where it stands.
    local zone
    if i < main_first then zone = both("head", before_step(main_first - i))
    elseif i > main_last then zone = both("tail", after_step(i - main_last))
    else zone = "inside" end
    add(zone)
    add(both(zone, kind))
    add(both(part, both(length, ending)))
    add(both(share, both(part, kind)))
    add(share)
    add(many)
    add(both(many, both(part, kind)))
    add(both(kind, up_step(up[i])))
    add(both(kind, down_step(down[i])))

    -- What stands around it.
    local a, b = kinds[i - 1] or "none", kinds[i + 1] or "none"
    local aa, bb = kinds[i - 2] or "none", kinds[i + 2] or "none"
    add(both(both("last", a), kind))
    add(both(both("next", b), kind))
    add(both(both("last", a), both(kind, both("next", b))))
    add(both(both("last2", aa), kind))
    add(both(both("next2", bb), kind))
    local function window(r)
      local from, to = i - r > 1 and i - r or 1, i + r < n and i + r or n
      return from - 1, to
    end
    local from, to = window(2)
    local total = all_words[to] - all_words[from] - words
    local prose = prose_words[to] - prose_words[from] - (kind == "prose" and words or 0)
    add(both(near_step(total > 0 and prose / total or 0), kind))
    from, to = window(8)
    total = all_words[to] - all_words[from] - words
    prose = prose_words[to] - prose_words[from] - (kind == "prose" and words or 0)
    add(both(wide_step(total > 0 and prose / total or 0), kind))
    from, to = window(4)
    local own = (kind == "cue" or kind == "appeal") and 1 or 0
    add(both(cued_step((cued[to] - cued[from] - own) / math.max(to - from - 1, 1)), kind))
    local before = c.mask[i - 1] or 0
    if before & strong ~= 0 then
      for k2, class in ipairs(cues.classes) do
        if before & strong & (1 << (k2 - 1)) ~= 0 then add(both("after", both(class, kind))) end
      end
    end
    add(both(both("under", under[i]), both(under_step(i - under_at[i]), kind)))
    for j = k + 1, #names do names[j] = nil end
    visit(i, names, k, prose_words[n] / math.max(all_words[n], 1))
  end
end

return M
