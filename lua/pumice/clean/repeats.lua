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
  local label = head:match("^([^:.|]*%a):%s") or head:match("^(.-%a)%s*→") or head:match("^»%s*(.-):")
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

local function by_key(a, b) return a.key < b.key end

--- Joins two lists of remembered pages: each page once, the lowest keys only.
function M.join(a, b)
  local all, out = {}, {}
  for _, page in ipairs(a) do all[#all + 1] = page end
  for _, page in ipairs(b) do all[#all + 1] = page end
  table.sort(all, by_key)
  for _, page in ipairs(all) do
    if #out == 0 or out[#out].key ~= page.key then out[#out + 1] = page end
    if #out == sample then break end
  end
  return out
end

--- Reads packed fingerprints: label, count of sketch hashes, list.
local function unpacked(block)
  local label, near, at = string.unpack("<s1B", block)
  return label, near, { string.unpack("<" .. ("i8"):rep((#block - at + 1) // 8), block, at) }
end

--- Returns for each page the number of the story it tells.
local function stories(pages)
  local parent, total = {}, {}
  local where = {}
  for p, page in ipairs(pages) do
    parent[p], total[p] = p, 0
    local own = {}
    for b, words in ipairs(page.story) do
      if words > 0 then
        total[p] = total[p] + words
        local _, near, list = unpacked(page.blocks[b])
        -- A block is known by its words, or by the lowest hash of its sketch.
        own[list[1]] = words
        if near > 0 then own[list[#list - near + 1]] = words end
      end
    end
    for print, words in pairs(own) do
      where[print] = where[print] or {}
      table.insert(where[print], { p, words })
    end
  end
  local function root(p)
    while parent[p] ~= p do p = parent[p] end
    return p
  end
  local shared = {}
  for _, found in pairs(where) do
    for x = 1, #found do
      for y = x + 1, #found do
        local pair = found[x][1] * #pages + found[y][1]
        shared[pair] = (shared[pair] or 0) + found[x][2]
      end
    end
  end
  for pair, words in pairs(shared) do
    local a, b = (pair - 1) // #pages, (pair - 1) % #pages + 1
    -- Words found both ways count twice: half of the shorter page is its sum.
    if words >= math.min(total[a], total[b]) then
      local x, y = root(a), root(b)
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
