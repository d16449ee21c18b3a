--- Long strings that stood earlier in the corpus, wherever they begin.
---
--- Each document leaves marks at the barrier; of documents with a mark in common
--- a few are compared byte for byte, and the edges of what is frequent are told
--- as hashes. What is found is what pumice.index, repeats finds: see
--- src/match/echo.h for why.
local barrier = require "pumice.barrier"
local core = require "pumice.core"
local cuts = require "pumice.dedup.cuts"
local index = require "pumice.index"
local keep = require "pumice.dedup.keep"
local options = require "pumice.options"
local stage = require "pumice.stage"

local M = {}

---@class pumice.dedup.RepeatsOptions
---@field min? integer  least bytes of a repeated string, 16 to 65536 (default 100)
---@field border? "word"|"sentence"  where cuts may begin and end (default "word")
---@field mark? boolean  list them in the field `repeats`, cut nothing (default false)
local defaults = { min = 100, border = "word", mark = false }

--- The bytes of the last text that stood earlier, as first, last, first, last.
local function later(texts, min)
  local list = {}
  for _, first, last in index.repeats(texts, { min = min, later = true })[#texts]:each() do
    list[#list + 1] = first
    list[#list + 1] = last
  end
  return #list > 0 and list or nil
end

--- Pairs {a, b} to compare, and pairs {a, b, keys} that tell windows: keys of
--- the one and the other, or false.
local function pairs_of(sketches)
  local marks <close>, tellers = core.sets.new(), {}
  for _, sketch in ipairs(sketches) do marks:add(sketch.marks) end
  local list, keys = core.echo.plan(marks)
  for i in pairs(keys) do tellers[#tellers + 1] = i end
  table.sort(tellers)
  if #tellers < 2 then return list end -- nobody else has what it would tell
  for i = 1, #tellers - 1, 2 do
    local a, b = tellers[i], tellers[i + 1]
    list[#list + 1] = { a, b, { keys[a], keys[b] } }
  end
  if #tellers % 2 == 1 then
    local a, b = tellers[1], tellers[#tellers]
    list[#list + 1] = { a, b, { false, keys[b] } }
  end
  return list
end

--- Returns the windows that links tell, by document, in ascending order.
local function told(links)
  local list = {}
  for _, link in ipairs(links) do
    local windows = link.evidence.windows
    if windows and windows[1] then list[#list + 1] = { link.a, windows[1] } end
    if windows and windows[2] then list[#list + 1] = { link.b, windows[2] } end
  end
  table.sort(list, function(x, y) return x[1] < y[1] end)
  return list
end

--- Joins ranges that meet; the document named is one that has the beginning.
--- Ranges found in a pair have what repeats within the later document as well,
--- so at the same place that document itself goes first.
local function union(ranges, own)
  table.sort(ranges, function(x, y)
    if x[1] ~= y[1] then return x[1] < y[1] end
    if (x[4] == own) ~= (y[4] == own) then return x[4] == own end
    return x[4] < y[4]
  end)
  local list = {}
  for _, range in ipairs(ranges) do
    local last = list[#list]
    if last and range[1] <= last[2] + 1 then
      last[2] = math.max(last[2], range[2])
    else
      list[#list + 1] = { range[1], range[2], range[3] }
    end
  end
  return list
end

--- What repeats, as numbers in three lists, in the order of `keys`: the document and the
--- place in the other lists, first and last byte, and the document that has it earlier.
--- Tables of a million documents would take 40 times as much.
local function gather(sketches, links, min)
  local keys, bytes, from = {}, {}, {}
  local function add(i, list, source)
    for k = 1, #list, 2 do
      local n = #keys + 1
      keys[n], bytes[n], from[n] = i << 32 | n, list[k] << 32 | list[k + 1], source
    end
  end
  for i, sketch in ipairs(sketches) do
    if sketch.own then add(i, sketch.own, i) end
  end
  for _, link in ipairs(links) do
    if not link.evidence.windows then add(link.b, link.evidence, link.a) end
  end
  for _, range in ipairs(core.echo.match(told(links), min)) do
    add(range[1], { range[2], range[3] }, range[4])
  end
  core.sorter.sort(keys)
  return keys, bytes, from
end

local LOW = 0xFFFFFFFF

--- The place of the first key that is not below `key`.
local function place_of(keys, key)
  local low, high = 1, #keys + 1
  while low < high do
    local middle = (low + high) // 2
    if keys[middle] < key then low = middle + 1 else high = middle end
  end
  return low
end

--- Returns a function that gives the ranges of each document to cut.
local function resolve(sketches, links, min)
  local keys, bytes, from = gather(sketches, links, min)
  return function(number)
    local ranges = {}
    for place = place_of(keys, number << 32), #keys do
      local key = keys[place]
      if key >> 32 ~= number then break end
      local n = key & LOW
      ranges[#ranges + 1] = { bytes[n] >> 32, bytes[n] & LOW,
        keep.id(sketches[from[n]], from[n]), from[n] }
    end
    return #ranges > 0 and union(ranges, number) or nil
  end
end

---@param opts? pumice.dedup.RepeatsOptions
---@return pumice.Cluster
function M.new(opts)
  local o = options.read(opts, defaults)
  if o.border ~= "word" and o.border ~= "sentence" then
    error(options.unknown("border", o.border, { "word", "sentence" }), 2)
  end
  options.count("min", o.min, 16, 65536, 3)
  return barrier.cluster {
    name = "dedup.repeats",
    sketch = function(doc)
      local text = stage.text_of(doc)
      local marks, again = core.echo.marks(text, o.min)
      return { id = stage.id_of(doc), marks = marks, own = again and later({ text }, o.min) or nil }
    end,
    pairs = pairs_of,
    compare = function(a, b, keys)
      if not keys then return later({ a.text, b.text }, o.min) end
      return { windows = {
        keys[1] and core.echo.windows(a.text, o.min, keys[1]),
        keys[2] and core.echo.windows(b.text, o.min, keys[2]),
      } }
    end,
    resolve = function(sketches, links) return resolve(sketches, links, o.min) end,
    each = function(doc, ranges)
      return cuts.each(doc, cuts.at_borders(doc.text, ranges, o.border), o.mark)
    end,
  }
end

return M
