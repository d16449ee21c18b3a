--- A new corpus against an old one: documents that are copies of what an index
--- has go, and those that stay can be added to it.
---
--- Documents are looked at one after the other, in the order of the input, each
--- against what the index has by then. So a corpus that comes in three runs keeps
--- the same documents as in one.
local alike = require "pumice.dedup.alike"
local barrier = require "pumice.barrier"
local copies = require "pumice.dedup.copies"
local decontaminate = require "pumice.dedup.decontaminate"
local index = require "pumice.index.reuse"
local options = require "pumice.options"
local vault = require("pumice.core").vault

local M = {}

---@class pumice.dedup.AgainstOptions: pumice.dedup.DecontaminateOptions
---@field index? string  the file of an index (see `index.open`; default none: a new one,
---  in memory); or, instead of one, `tests` with their options
---@field add? boolean  add the documents that stay to the index when the run is over,
---  and compare them with each other as well; makes the file (default false)
---@field aligned? number  a document is a copy when this share of its words lies in
---  passages of one in the index, 0 to 1 (default 0.4, or that of the preset); or instead
---@field contained? number  when this share of its shingles stands in that one, or
---@field jaccard? number  when the two have this Jaccard similarity
---@field preset? pumice.dedup.Preset  see pumice.dedup.presets (default "news")
---@field n? integer  words in a shingle (default 3, or that of the index)
---@field one_in? integer  see `index.reuse`
---@field min_words? integer  least words that a passage has in common (default 8)
---@field repeats? integer  a shingle on more documents of one outlet than this,
---  and on more than 2 % of them, is part of its pages' frame (default 6)
---@field mark? boolean  copies stay and get `copy_of` (default false)
local defaults = { index = options.any, add = false, aligned = options.any,
  contained = options.any, jaccard = options.any, preset = options.any, n = options.any,
  one_in = options.any,
  min_words = 8, repeats = 6, mark = false }

--- Whether there is an index to be read; one is made in an empty file too.
local function is_there(path)
  local file <close> = io.open(path, "rb")
  return file ~= nil and file:seek "end" ~= 0
end

--- Opens the index: in memory, to add to it, or to read it.
local function open(o, in_memory, writable)
  local settings = { n = o.n, one_in = o.one_in, min_words = o.min_words, repeats = o.repeats,
    [o.measure] = o.limit }
  if in_memory or not o.index then return index.new(settings) end
  settings.readonly = not writable
  local opened, problem = index.open(o.index, settings)
  if opened then return opened end
  if not writable and problem:find("No such file", 1, true) then
    problem = problem .. "; with 'add' (--add yes) a run makes it, of what it keeps"
  end
  error(problem, 0)
end

--- The index of a run, ready to be asked and, if it is to grow, locked for others.
---@param run? pumice.RunInfo
local function begin(o, run)
  if not o.add or not o.index then return open(o) end
  local token, dry = run and run.token, run and run.dry
  local opened = open(o, dry and not is_there(o.index), true)
  local ok, problem = true, nil
  if token then ok, problem = opened.store:rewind(token) end
  if ok ~= nil then ok, problem = opened.store:begin() end
  if ok and token and not opened.store.rewound then opened.store:sign(token) end
  if ok then return opened end
  opened:close()
  error(problem, 0)
end

--- What a document is a copy of: the one it has most in common with, the first of
--- several.
local function original(known, sketch, text, o)
  local best
  for _, found in ipairs(known:matches(sketch, text,
    function(evidence) return evidence[o.measure] >= o.limit end)) do
    if not best or found[o.measure] > best[o.measure] then best = found end
  end
  return best and { copy_of = best.id, stays = o.mark, jaccard = best.jaccard,
    contained = best.contained, contains = best.contains, aligned = best.aligned,
    passages = best.passages,
    value = best[o.measure], limit = o.limit }
end

--- Takes note of a document that was looked at.
local function add(known, sketch, text)
  local number, problem = known.store:note(sketch)
  local ok = number
  if number then ok, problem = known.store:write(number, sketch, text) end
  if not ok then error(problem, 0) end
end

---@param opts? pumice.dedup.AgainstOptions
---@return pumice.Cluster|pumice.Stage
function M.new(opts)
  if type(opts) == "table" and opts.tests ~= nil then return decontaminate.new(opts) end
  local o = options.read(opts, defaults)
  o.measure, o.limit = alike.measure(o)
  alike.check_counts(o)
  -- Complains before anything is read.
  local is_new = o.add and o.index and not is_there(o.index)
  if is_new then
    local ok, problem = vault.can_make(o.index)
    if not ok then error(problem, 0) end
  end
  local known = open(o, is_new)
  o.n, o.one_in, o.rate = known.n, known.one_in, known.rate
  known:close()
  local used, decide, count -- from `resolve` to `commit`
  return barrier.cluster {
    name = "dedup.against",
    sketch = function(doc)
      local sketch = alike.sketch(doc, o.n, o.rate)
      sketch.body = doc.text
      return sketch
    end,
    pairs = function() return {} end,
    resolve = function(sketches, _, run)
      local decided, fate = 0, nil
      used = begin(o, run)
      function decide(number)
        while decided < number do
          decided = decided + 1
          local sketch = sketches[decided]
          fate = original(used, sketch, sketch.body, o)
          if o.add then add(used, sketch, not fate and sketch.body or nil) end
        end
        return fate
      end
      count = #sketches
      return decide -- is asked in ascending order, from anywhere on
    end,
    commit = function()
      decide(count)
      local ok, problem = used:save()
      used:close()
      if not ok then error(problem, 0) end
    end,
    each = copies.each,
  }
end

return M
