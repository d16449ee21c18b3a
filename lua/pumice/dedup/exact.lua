--- Exact duplicates: documents with the same text, or the same value of a field.
local core = require "pumice.core"
local copies = require "pumice.dedup.copies"
local barrier = require "pumice.barrier"
local folded = require "pumice.dedup.folded"
local keep = require "pumice.dedup.keep"
local options = require "pumice.options"
local stage = require "pumice.stage"
local token = require "pumice.token"

local M = {}

---@class pumice.dedup.ExactOptions
---@field by? string  the field that is compared (default "text"); documents
---  without it pass
---@field fold? boolean  compare as `text.matchable` does: no difference of case,
---  accents, quotes, dashes and white space (default true)
---@field keep? pumice.dedup.Rule  which copy stays, see pumice.dedup.keep (default
---  "longest")
---@field priority? string  a field: the copy with the highest number there stays, and
---  `keep` decides among equals (default "": none)
local defaults = { by = "text", fold = true, keep = options.any, priority = "" }

local function sketch(doc, o)
  local value = doc[o.by]
  if o.by == "text" then value = stage.text_of(doc) end
  local text, date = doc.text, doc.date
  return {
    id = stage.id_of(doc), outlet = stage.outlet_of(doc),
    date = type(date) == "string" and date or nil,
    words = type(text) == "string" and #token.words(text) or 0,
    bytes = o.by == "text" and #text or nil,
    key = type(value) == "string" and core.seen.key(o.fold and folded(value) or value) or nil,
  }
end

--- The documents of each key that several have, in the order of the first.
local function groups(sketches)
  local of, list = {}, {}
  for i, one in ipairs(sketches) do
    local key = one.key
    local group = key and of[key]
    if math.type(group) then -- the number of the only one so far
      of[key] = { group, i }
      list[#list + 1] = of[key]
    elseif group then
      group[#group + 1] = i
    elseif key then
      of[key] = i
    end
  end
  return list
end

--- The passage that two whole texts are.
local function whole(a, b)
  if not a.bytes or a.bytes == 0 or b.bytes == 0 then return {} end
  return { { first = 1, last = a.bytes, their_first = 1, their_last = b.bytes } }
end

--- What one of two equal documents says of the other.
local function evidence(ours, theirs)
  return { jaccard = 1.0, contained = 1.0, contains = 1.0, aligned = 1.0,
    passages = whole(ours, theirs) }
end

local function resolve(sketches, keeping)
  local fates, rule = {}, keeping.rule
  local ranks = type(rule) ~= "function" and keep.ranks(sketches, keeping)
  local choose = not ranks and keep.chooser(sketches, rule)
  local function go(i, other)
    local fate = evidence(sketches[i], sketches[other])
    fate.copy_of, fate.stays = keep.member(sketches, other).id, rule == "all"
    fate.value, fate.limit = 1.0, 1.0
    fates[i] = fate
  end
  for _, group in ipairs(groups(sketches)) do
    local kept = choose and group[choose(group)] or group[1]
    for _, i in ipairs(ranks and group or {}) do
      if ranks[i] < ranks[kept] then kept = i end
    end
    local list = {}
    for _, i in ipairs(group) do
      if i ~= kept then
        if #list < copies.LISTED then
          list[#list + 1] = evidence(sketches[kept], sketches[i])
          list[#list].id = keep.member(sketches, i).id
        end
        go(i, kept)
      end
    end
    if rule == "none" then
      go(kept, group[1] == kept and group[2] or group[1])
    else
      fates[kept] = { copies = list, more = #group - 1 - #list }
    end
  end
  return fates
end

---@param opts? pumice.dedup.ExactOptions
---@return pumice.Cluster
function M.new(opts)
  local o = options.read(opts, defaults)
  local keeping = keep.read(o)
  return barrier.cluster {
    name = "dedup.exact",
    sketch = function(doc) return keep.note(sketch(doc, o), doc, keeping) end,
    pairs = function() return {} end,
    resolve = function(sketches) return resolve(sketches, keeping) end,
    each = copies.each,
  }
end

return M
