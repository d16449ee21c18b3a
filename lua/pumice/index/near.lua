--- Groups of documents that may be near to each other, by their sketches.
local near = require("pumice.core").near
local options = require "pumice.options"
local shingle = require "pumice.shingle"

local M = {}

---@class pumice.index.NearOptions
---@field jaccard? number  similarity from which on pairs should be found, 0 to 1
---  (default 0.5)
---@field misses? number  weight of a missed pair against a false alarm, 0 to 1
---  (default 0.5), see `shingle.bands`

local defaults = { jaccard = 0.5, misses = 0.5 }

---@class pumice.index.Near
---@field ids any[]
---@field sketches string[]
---@field options table
local Near = {}
Near.__index = Near

--- See `index.near`.
---@param opts? pumice.index.NearOptions
---@return pumice.index.Near
function M.new(opts)
  local o = options.read(opts, defaults)
  options.share("jaccard", o.jaccard, 3)
  options.share("misses", o.misses, 3)
  return setmetatable({ ids = {}, sketches = {}, options = o }, Near)
end

--- Adds a document. Sketches that do not compare are refused by `groups`.
---@param id any  what `groups` calls it
---@param sketch string  from `shingle.sketch`, `Shingles:sketch` or `:minhash`
function Near:add(id, sketch)
  local number = #self.sketches + 1
  self.ids[number], self.sketches[number] = id, sketch
end

--- How many documents there are.
---@return integer
function Near:__len()
  return #self.sketches
end

--- Returns the groups of two documents or more: lists of ids in the order in
--- which they were added, ordered by their first. Raises when sketches were not
--- made the same way.
---@return any[][]
function Near:groups()
  if #self.sketches == 0 then return {} end
  local _, rows = shingle.bands(near.slots(self.sketches[1]), self.options.jaccard,
    { misses = self.options.misses })
  local first, members, list = near.groups(self.sketches, rows), {}, {}
  for number, group in ipairs(first) do
    if group ~= number then
      if not members[group] then
        members[group] = { self.ids[group] }
        list[#list + 1] = group
      end
      table.insert(members[group], self.ids[number])
    end
  end
  table.sort(list)
  for i, group in ipairs(list) do list[i] = members[group] end
  return list
end

return M
