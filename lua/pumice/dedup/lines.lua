--- Lines (or paragraphs) that stood earlier in the corpus.
local barrier = require "pumice.barrier"
local core = require "pumice.core"
local cuts = require "pumice.dedup.cuts"
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

--- The units of a text that are compared, as Spans, and their keys, packed.
local function compared(text, o, fold)
  return core.unit_keys.of(units[o.unit](text), o.min_words, fold)
end

--- A line goes with its end, so that no empty line is left in its place.
local function with_end(text, range)
  local _, last = text:find("^[ \t]*\r?\n?", range[2] + 1)
  return { range[1], last }
end

--- Bytes of a key.
local KEY = 16

--- The ids of the documents that have lines before all others, by the keys of these.
local function owners_of(wanted, sketches)
  local owners = {}
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
--- first one if that are all: only of such a document nothing may be left.
local function resolve(sketches)
  local seen, fates, begins, wanted = index.seen(), {}, {}, {}
  for i, sketch in ipairs(sketches) do
    local places = seen:add_keys(sketch.keys)
    fates[i] = places
    if places and #places * KEY == #sketch.keys then
      begins[i] = sketch.keys:sub(1, KEY)
      wanted[begins[i]] = true
    end
  end
  local owners = owners_of(wanted, sketches)
  for i, key in pairs(begins) do fates[i].copy_of = owners[key] end
  return fates
end

local function cut(doc, places, o)
  local text = doc.text
  local all = compared(text, o, false) -- where they are, whatever their keys
  local ranges = {}
  for i, place in ipairs(places) do
    local range = { all:range(place) }
    ranges[i] = o.mark and range or with_end(text, range)
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
      local _, keys = compared(stage.text_of(doc), o, o.fold)
      return { id = stage.id_of(doc), keys = keys }
    end,
    pairs = function() return {} end,
    resolve = resolve,
    each = function(doc, places) return cut(doc, places, o) end,
  }
end

return M
