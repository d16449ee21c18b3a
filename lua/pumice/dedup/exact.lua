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

--- The keys that several documents have, with an empty group for each.
local function shared_keys(sketches)
  local seen, found = core.seen.new(), {}
  for _, one in ipairs(sketches) do
    if one.key and seen:add(one.key) then found[one.key] = {} end
  end
  return found
end

--- The documents of each key that several have, in the order of the first: their
--- numbers, and by these the group, the id and the bytes. Of a document with a key
--- of its own nothing is in memory but that.
local function members(sketches)
  local of, list = shared_keys(sketches), {}
  local group_of, ids, bytes = {}, {}, {}
  for i, one in ipairs(sketches) do
    local group = of[one.key or false]
    if group then
      if #group == 0 then list[#list + 1] = group end
      group[#group + 1], group_of[i] = i, group
      ids[i], bytes[i] = keep.id(one, i), one.bytes
    end
  end
  return list, group_of, ids, bytes
end

--- The passage that two whole texts are, of so many bytes.
local function whole(ours, theirs)
  if not ours or ours == 0 or theirs == 0 then return {} end
  return { { first = 1, last = ours, their_first = 1, their_last = theirs } }
end

--- What one of two equal documents says of the other.
local function evidence(ours, theirs)
  return { jaccard = 1.0, contained = 1.0, contains = 1.0, aligned = 1.0,
    passages = whole(ours, theirs) }
end

--- Finds in each group the document to keep.
local function decide(list, sketches, keeping)
  local rule = keeping.rule
  if type(rule) == "function" then
    local choose = keep.chooser(sketches, rule)
    for _, group in ipairs(list) do group.kept = group[choose(group)] end
    return
  end
  local ranks = keep.ranks(sketches, keeping)
  for _, group in ipairs(list) do
    group.kept = group[1]
    for _, i in ipairs(group) do
      if ranks[i] < ranks[group.kept] then group.kept = i end
    end
  end
end

--- Returns a function that gives the fate of each document: made when it is asked
--- for, as those of a million copies would fill the memory.
local function resolve(sketches, keeping)
  local rule = keeping.rule
  local list, group_of, ids, bytes = members(sketches)
  decide(list, sketches, keeping)

  local function fate_of_copy(i, other)
    local fate = evidence(bytes[i], bytes[other])
    fate.copy_of, fate.stays = ids[other], rule == "all"
    fate.value, fate.limit = 1.0, 1.0
    return fate
  end

  local function fate_of_kept(kept, group)
    local listed = {}
    for _, i in ipairs(group) do
      if #listed == copies.LISTED then break end
      if i ~= kept then
        local one = evidence(bytes[kept], bytes[i])
        one.id = ids[i]
        listed[#listed + 1] = one
      end
    end
    return { copies = listed, more = #group - 1 - #listed }
  end

  return function(number)
    local group = group_of[number]
    if not group then return nil end
    local kept = group.kept
    if number ~= kept then return fate_of_copy(number, kept) end
    if rule ~= "none" then return fate_of_kept(kept, group) end
    return fate_of_copy(kept, group[1] == kept and group[2] or group[1])
  end
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
