--- Clusters: from pairs that are alike to groups in which one stays.
---
--- Pairs chain: A is like B and B like C, while A and C have nothing in common.
--- So a group is not all that hangs together. One member is chosen to stay;
--- those linked to it directly are its copies; among the rest another one is
--- chosen, and so on. Nothing is a copy of what it was not compared with.
local M = {}

---@class pumice.dedup.Group
---@field kept integer  number of the document that stays
---@field as? integer  its twin, which has its links
---@field copies { member: integer, link: pumice.Link, as?: integer }[]  in
---  ascending order

--- The root of `i`, halving the way to it.
local function root(up, i)
  while up[i] ~= i do
    up[i] = up[up[i]]
    i = up[i]
  end
  return i
end

--- Returns the connected components of the links as lists of ascending
--- numbers, ordered by their first.
---
--- ```lua
--- local clusters = require "pumice.dedup.clusters"
--- clusters.components { { a = 2, b = 5 }, { a = 1, b = 3 }, { a = 3, b = 4 } }
---   --> { { 1, 3, 4 }, { 2, 5 } }
--- ```
---@param links { a: integer, b: integer }[]
---@return integer[][]
function M.components(links)
  local up, members = {}, {}
  for _, link in ipairs(links) do
    for _, i in ipairs { link.a, link.b } do
      if not up[i] then up[i], members[#members + 1] = i, i end
    end
    -- The lower number is the root, whatever the order of the links.
    local a, b = root(up, link.a), root(up, link.b)
    if a < b then up[b] = a else up[a] = b end
  end
  table.sort(members)
  local list, of = {}, {}
  for _, i in ipairs(members) do
    local r = root(up, i)
    if not of[r] then
      of[r] = {}
      list[#list + 1] = of[r]
    end
    table.insert(of[r], i)
  end
  return list
end

--- The links of each document, by the number of the other one.
local function neighbours(links)
  local of = {}
  for _, link in ipairs(links) do
    of[link.a] = of[link.a] or {}
    of[link.b] = of[link.b] or {}
    of[link.a][link.b] = link
    of[link.b][link.a] = link
  end
  return of
end

--- Adds a copy and, where twins are known, what has the same text as it.
local function add_copies(group, member, link, twins)
  table.insert(group.copies, { member = member, link = link })
  for _, twin in ipairs(twins[member] or {}) do
    table.insert(group.copies, { member = twin, link = link, as = member })
  end
end

--- Splits one component. `order` gives its members, the one to keep first.
local function split(order, of, choice, twins, groups)
  local gone = {}
  for _, kept in ipairs(order) do
    if not gone[kept] then
      gone[kept] = true
      local group = { kept = kept, copies = {} }
      for member, link in pairs(of[kept] or {}) do
        if not gone[member] and choice.is_copy(link, member) then
          add_copies(group, member, link, twins)
        end
      end
      for _, copy in ipairs(group.copies) do gone[copy.member] = true end
      for _, twin in ipairs(twins[kept] or {}) do
        table.insert(group.copies, { member = twin, link = twins[kept].link, as = kept })
      end
      table.sort(group.copies, function(x, y) return x.member < y.member end)
      if #group.copies > 0 then groups[#groups + 1] = group end
    end
  end
end

--- Splits one component where the choice depends on who is left.
local function split_by_choice(members, of, choice, twins, groups)
  local first_of = {}
  for i = 1, #members do
    for _, twin in ipairs(twins[members[i]] or {}) do
      first_of[twin] = members[i]
      members[#members + 1] = twin
    end
  end
  table.sort(members)
  while #members > 0 do
    local kept = members[choice.choose(members)]
    local first_kept = first_of[kept] or kept
    local group, rest = { kept = kept, as = first_of[kept], copies = {} }, {}
    for _, member in ipairs(members) do
      local first = first_of[member] or member
      local link = of[first_kept] and of[first_kept][first]
      if first == first_kept and member ~= kept then
        link = twins[first].link
      elseif link and not choice.is_copy(link, first) then
        link = nil
      end
      if link then
        table.insert(group.copies, { member = member, link = link, as = first_of[member] })
      elseif member ~= kept then
        rest[#rest + 1] = member
      end
    end
    if #group.copies > 0 then groups[#groups + 1] = group end
    members = rest
  end
end

---@class pumice.dedup.Choice
---@field ranks? integer[]  of all documents, the lowest is kept; else
---@field choose? fun(members: integer[]): integer  the place of the one to keep
---@field is_copy fun(link: pumice.Link, member: integer): boolean  whether the
---  link makes that member a copy of the other one
---@field twins? table<integer, integer[]>  those with the same text as a document,
---  which alone has links: see candidates.twins

--- Takes the links of twins among themselves out of `links`. Returns the others,
--- and the twins of which such a link says that they are copies.
local function tell_twins(links, choice)
  local known, twins, rest = choice.twins or {}, {}, {}
  if next(known) == nil then return links, twins end
  local first_of = {}
  for first, list in pairs(known) do
    for _, twin in ipairs(list) do first_of[twin] = first end
  end
  for _, link in ipairs(links) do
    local first = first_of[link.a] or first_of[link.b]
    if first then
      twins[first] = known[first]
      twins[first].link = link
    else
      rest[#rest + 1] = link
    end
  end
  return rest, twins
end

--- Returns the groups that links make, in the order of the documents that stay.
--- The result does not depend on the order of the links. What has only the links
--- of its twin says whose with `as`.
---
--- ```lua
--- local clusters = require "pumice.dedup.clusters"
--- local chain = { { a = 1, b = 2 }, { a = 2, b = 3 } }
--- local groups = clusters.groups(chain, {
---   ranks = { 1, 2, 3 }, is_copy = function() return true end,
--- })
--- groups  --> { { kept = 1, copies = { { member = 2, link = chain[1] } } } }
--- ```
---@param links pumice.Link[]
---@param choice pumice.dedup.Choice
---@return pumice.dedup.Group[]
function M.groups(links, choice)
  local twins
  links, twins = tell_twins(links, choice)
  local groups, of, joined = {}, neighbours(links), table.move(links, 1, #links, 1, {})
  for first in pairs(twins) do joined[#joined + 1] = { a = first, b = first } end
  for _, members in ipairs(M.components(joined)) do
    if choice.choose then
      split_by_choice(members, of, choice, twins, groups)
    else
      local ranks = choice.ranks
      table.sort(members, function(x, y) return ranks[x] < ranks[y] end)
      split(members, of, choice, twins, groups)
    end
  end
  table.sort(groups, function(x, y) return x.kept < y.kept end)
  return groups
end

return M
