--- What repeats over the pages of one outlet.
---
--- A page is remembered as fingerprints of its blocks, three ways, so that near
--- copies count as repeats: of all words with numbers as one ("4 min" is "7
--- min"), of the words without names and numbers, of what stands before a colon
--- ("Also here: ..."), and for long blocks a sketch of its word triples. Of each
--- outlet at most `sample` pages are remembered, those whose fingerprints hash
--- lowest: any part of the corpus, merged in any order, gives the same sample.
---
--- Pages that share half of what looks like story tell one story: they count
--- as one, so that a copy is not taken for boilerplate.
local core = require "pumice.core"
local judge = require "pumice.clean.judge"

local M = {}

--- Pages remembered of an outlet, and blocks of a page at each end.
local sample, edge = 400, 150

--- Hashes in the sketch of a block, and the words from which it has one.
local sketch_size, sketch_words = 4, 12

--- An outlet is learned from at least this many different stories.
M.enough = 5

---@class pumice.clean.Remembered
---@field key integer  what pages are sampled by
---@field blocks string[]  fingerprints of each block, packed
---@field story integer[]  words of each block that looks like story, else 0

local function prefix(text, first, last)
  local head = text:sub(first, math.min(last, first + 48))
  local label = head:match("^([^:.|]*%a):%s") or head:match("^(.-%a)%s*→")
    or head:match("^»%s*(.-):")
  return label and #label >= 3 and label:lower() or nil
end

--- The fingerprints of block `i`, most exact first; a sketch adds several.
local function prints(page, i)
  local c = page.columns
  local words = c.words[i]
  local list = { c.exact[i] }
  if c.plain[i] >= 3 and c.plain[i] * 2 >= words then list[2] = c.masked[i] end
  local near = 0
  if words >= sketch_words then
    local packed = core.block.sketch(page.text, c.first[i], c.last[i], sketch_size)
    near = #packed // 8
    for k = 1, near do list[#list + 1] = (string.unpack("<i8", packed, k * 8 - 7)) end
  end
  return list, near
end

--- Returns what is remembered of a judged page.
---@param page pumice.clean.Page
---@return pumice.clean.Remembered
function M.remember(page)
  local c, n = page.columns, page.count
  local keep = judge.decide(page)
  local key, blocks, story = 0, {}, {}
  for i = 1, n do
    key = (key * 0x5851f42d4c957f2d + c.exact[i]) & -1
    if i <= edge or i > n - edge then
      local list, near = prints(page, i)
      local label = c.words[i] <= 30 and prefix(page.text, c.first[i], c.last[i]) or ""
      blocks[#blocks + 1] = string.pack("<s1B" .. ("i8"):rep(#list), label:sub(1, 60), near,
        table.unpack(list))
      story[#story + 1] = keep[i] and c.words[i] >= 8 and c.words[i] or 0
    end
  end
  return { key = key ~ key >> 29, blocks = blocks, story = story }
end

--- Joins two lists of remembered pages, each ascending by key: each page once,
--- and of all the lowest keys.
function M.join(a, b)
  local out, x, y = {}, 1, 1
  while #out < sample and (a[x] or b[y]) do
    local page
    if not b[y] or a[x] and a[x].key <= b[y].key then
      page, x = a[x], x + 1
    else
      page, y = b[y], y + 1
    end
    if #out == 0 or out[#out].key ~= page.key then out[#out + 1] = page end
  end
  return out
end

--- Reads packed fingerprints: label, count of sketch hashes, list.
local function unpacked(block)
  local label, near, at = string.unpack("<s1B", block)
  return label, near, { string.unpack("<" .. ("i8"):rep((#block - at + 1) // 8), block, at) }
end

--- What a block is known by when pages are compared: its words, or the lowest
--- hash of its sketch.
local function known_by(block)
  local _, near, list = unpacked(block)
  return list[1], near > 0 and list[#list - near + 1] or list[1]
end

--- Pages tell one story when they share this part of what they tell.
local same = 0.4

--- Returns for each page the number of the story it tells. A block weighs less
--- the more pages it is in, else boilerplate longer than the stories would
--- make one story of all of them.
local function stories(pages)
  local where = {}
  for p, page in ipairs(pages) do
    for b, words in ipairs(page.story) do
      if words > 0 then
        local exact, near = known_by(page.blocks[b])
        for _, print in ipairs(exact == near and { exact } or { exact, near }) do
          local found = where[print]
          if not found then
            found = {}
            where[print] = found
          end
          if found[#found] ~= p then found[#found + 1] = p end
        end
      end
    end
  end
  local shared, total = {}, {}
  for p, page in ipairs(pages) do
    total[p] = 0
    for b, words in ipairs(page.story) do
      if words > 0 then
        local exact, near = known_by(page.blocks[b])
        local found = #where[exact] >= #where[near] and where[exact] or where[near]
        total[p] = total[p] + words / #found
        for _, q in ipairs(found) do
          if q ~= p then
            local pair = p * #pages + q
            shared[pair] = (shared[pair] or 0) + words / #found
          end
        end
      end
    end
  end
  local parent = {}
  for p = 1, #pages do parent[p] = p end
  local function root(p)
    while parent[p] ~= p do p = parent[p] end
    return p
  end
  for pair, words in pairs(shared) do
    local p, q = (pair - 1) // #pages, (pair - 1) % #pages + 1
    if words >= total[p] * same then
      local x, y = root(p), root(q)
      parent[math.max(x, y)] = math.min(x, y)
    end
  end
  local story = {}
  for p = 1, #pages do story[p] = root(p) end
  return story
end

---@class pumice.clean.Learned
---@field stories integer  different stories the outlet was learned from
---@field count table<integer|string, integer>  stories each fingerprint is in, from 2

--- Learns from the remembered pages of one outlet; nil when they are too few.
---@param pages pumice.clean.Remembered[]
---@return pumice.clean.Learned?
function M.learn(pages)
  if #pages < M.enough then return nil end
  local story = stories(pages)
  local distinct, told = 0, {}
  local count, seen = {}, {}
  for p, page in ipairs(pages) do
    if not told[story[p]] then told[story[p]], distinct = true, distinct + 1 end
    for _, block in ipairs(page.blocks) do
      local label, _, list = unpacked(block)
      if label ~= "" then list[#list + 1] = label end
      for _, print in ipairs(list) do
        local s = seen[print]
        if not s then
          s = {}
          seen[print] = s
        end
        if not s[story[p]] then
          s[story[p]] = true
          count[print] = (count[print] or 0) + 1
        end
      end
    end
  end
  if distinct < M.enough then return nil end
  for print, n in pairs(count) do
    if n < 2 then count[print] = nil end
  end
  return { stories = distinct, count = count }
end

--- In how many stories block `i` occurs, alike or nearly so.
local function occurrences(page, i, count)
  local list, near = prints(page, i)
  local best = 0
  for k = 1, #list - near do best = math.max(best, count[list[k]] or 0) end
  if near > 1 then
    local hits = {}
    for k = #list - near + 1, #list do hits[#hits + 1] = count[list[k]] or 0 end
    table.sort(hits)
    -- Three of four triples have to be as frequent.
    best = math.max(best, hits[near // 4 + 1])
  end
  local c = page.columns
  local label = c.words[i] <= 30 and c.ending[i] ~= 1
    and prefix(page.text, c.first[i], c.last[i])
  return best, label and count[label:sub(1, 60)] or 0
end

--- Returns the weight against each block that repeats over the outlet, and in
--- how many of its stories it was seen. What reads like story has to repeat in
--- many stories, what is suspected by its wording in few.
---@param page pumice.clean.Page
---@param learned pumice.clean.Learned
---@return table<integer, number> weight
---@return table<integer, integer> times
function M.weigh(page, learned)
  local c = page.columns
  local weight, times = {}, {}
  for i = 1, page.count do
    local n, labelled = occurrences(page, i, learned.count)
    local sentence = c.sentences[i] > 0 and c.words[i] >= 8
    local suspected = page.score[i] < 1
    if labelled > n and (labelled >= 3) then n = labelled end
    local share = n / learned.stories
    local needed, part = 3, 0.2
    if suspected then needed, part = 2, 0
    elseif sentence then needed, part = 3, 0.3 end
    if n >= needed and share >= part then
      weight[i], times[i] = 4 + 6 * share, n
    end
  end
  return weight, times
end

return M
