--- Lines (or paragraphs) that stood earlier in the corpus.
local barrier = require "pumice.barrier"
local cuts = require "pumice.dedup.cuts"
local folded = require "pumice.dedup.folded"
local index = require "pumice.index"
local keep = require "pumice.dedup.keep"
local options = require "pumice.options"
local stage = require "pumice.stage"
local token = require "pumice.token"

local M = {}

---@class pumice.dedup.LinesOptions
---@field min_words? integer  lines with fewer words stay (default 3)
---@field unit? "line"|"paragraph"  (default "line")
---@field fold? boolean  compare as `text.matchable` does (default true)
---@field mark? boolean  list them in the field `repeats`, cut nothing (default false)
local defaults = { min_words = 3, unit = "line", fold = true, mark = false }

local units = {
  line = function(text) return token.lines(text, { empty = false }) end,
  paragraph = function(text) return token.paragraphs(text) end,
}

--- The units that are compared, as ranges, and their keys, packed.
local function keys_of(text, o)
  local ranges, keys = {}, {}
  for _, first, last in units[o.unit](text):each() do
    local unit = text:sub(first, last)
    if #token.words(unit) >= o.min_words then
      ranges[#ranges + 1] = { first, last }
      keys[#keys + 1] = index.key(o.fold and folded(unit) or unit)
    end
  end
  return ranges, table.concat(keys)
end

--- A line goes with its end, so that no empty line is left in its place.
local function with_end(text, range)
  local _, last = text:find("^[ \t]*\r?\n?", range[2] + 1)
  return { range[1], last }
end

--- Bytes of a key.
local KEY = 16

--- The ids of the documents that have the lines first with which others begin that
--- have no line of their own, by the keys of these: only such may have to name one.
local function first_owners(sketches, fates)
  local wanted, owners = {}, {}
  for i, places in pairs(fates) do
    local keys = sketches[i].keys
    if #places * KEY == #keys then wanted[keys:sub(1, KEY)] = true end
  end
  if next(wanted) == nil then return owners end
  for i, sketch in ipairs(sketches) do
    for at = 1, #sketch.keys, KEY do
      local key = sketch.keys:sub(at, at + KEY - 1)
      if wanted[key] then owners[key], wanted[key] = keep.id(sketch, i), nil end
    end
  end
  return owners
end

--- What becomes of each document: which of its lines stood before, and who has the
--- first one if that are all.
local function resolve(sketches)
  local seen, fates = index.seen(), {}
  for i, sketch in ipairs(sketches) do fates[i] = seen:add_keys(sketch.keys) end
  local owners = first_owners(sketches, fates)
  for i, places in pairs(fates) do
    places.copy_of = owners[sketches[i].keys:sub(1, KEY)]
  end
  return fates
end

local function cut(doc, places, o)
  local text = doc.text
  local all = keys_of(text, o)
  local ranges = {}
  for i, place in ipairs(places) do
    ranges[i] = o.mark and all[place] or with_end(text, all[place])
  end
  if not o.mark then ranges[1][3] = places.copy_of end
  return cuts.each(doc, ranges, o.mark)
end

---@param opts? pumice.dedup.LinesOptions
---@return pumice.Cluster
function M.new(opts)
  local o = options.read(opts, defaults)
  options.count("min_words", o.min_words, 0, nil, 3)
  if not units[o.unit] then error(options.unknown("unit", o.unit, { "line", "paragraph" }), 2) end
  return barrier.cluster {
    name = "dedup.lines",
    sketch = function(doc)
      local _, keys = keys_of(stage.text_of(doc), o)
      return { id = stage.id_of(doc), keys = keys }
    end,
    pairs = function() return {} end,
    resolve = resolve,
    each = function(doc, places) return cut(doc, places, o) end,
  }
end

return M
