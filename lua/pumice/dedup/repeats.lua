--- Long strings that stood earlier in the corpus, wherever they begin.
---
--- Each document leaves the hashes of its anchors (see pumice.index, repeats) at
--- the barrier; documents that share one are compared byte for byte.
local barrier = require "pumice.barrier"
local core = require "pumice.core"
local cuts = require "pumice.dedup.cuts"
local index = require "pumice.index"
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

--- Documents that share an anchor, whatever their outlets.
local function pairs_of(sketches)
  local sets <close>, sources, ranks = core.sets.new(), {}, {}
  for i, sketch in ipairs(sketches) do
    sets:add(sketch.set)
    sources[i], ranks[i] = 1, i
  end
  return (core.candidates.pairs(sets, sources, ranks, 1, 0xFFFFFFFF, 1.0, 1.0, 1, 0.0))
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

local function resolve(sketches, links)
  local found = {}
  local function add(i, list, from)
    found[i] = found[i] or {}
    local id = sketches[from].id
    for k = 1, #list, 2 do
      table.insert(found[i], { list[k], list[k + 1], id ~= "" and id or from, from })
    end
  end
  for i, sketch in ipairs(sketches) do
    if sketch.own then add(i, sketch.own, i) end
  end
  for _, link in ipairs(links) do add(link.b, link.evidence, link.a) end
  local fates = {}
  for i, ranges in pairs(found) do fates[i] = union(ranges, i) end
  return fates
end

---@param opts? pumice.dedup.RepeatsOptions
---@return pumice.Cluster
function M.new(opts)
  local o = options.read(opts, defaults)
  if o.border ~= "word" and o.border ~= "sentence" then
    error(options.unknown("border", o.border, { "word", "sentence" }), 2)
  end
  index.repeats({}, { min = o.min }) -- complains of a wrong `min` here
  return barrier.cluster {
    name = "dedup.repeats",
    sketch = function(doc)
      local text = stage.text_of(doc)
      return { id = stage.id_of(doc), set = core.repeats.anchors(text, o.min),
        own = later({ text }, o.min) }
    end,
    pairs = pairs_of,
    compare = function(a, b) return later({ a.text, b.text }, o.min) end,
    resolve = resolve,
    each = function(doc, ranges)
      return cuts.each(doc, cuts.at_borders(doc.text, ranges, o.border), o.mark)
    end,
  }
end

return M
