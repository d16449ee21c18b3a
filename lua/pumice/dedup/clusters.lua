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
---@field copies { member: integer, link: integer, as?: integer }[]  in
---  ascending order

--- Joins two documents in a graph: by the number of each, those linked to it
--- and what is said of the link.
local function join(of, a, b, said)
  of[a], of[b] = of[a] or {}, of[b] or {}
  of[a][b], of[b][a] = said, said
end

--- The parts of a graph that hang together, as lists of ascending numbers,
--- ordered by their first.
local function parts(of)
  local list, members, seen = {}, {}, {}
  for i in pairs(of) do members[#members + 1] = i end
  table.sort(members)
  for _, first in ipairs(members) do
    if not seen[first] then
      seen[first] = true
      local part = { first }
      for _, i in ipairs(part) do -- it grows as it is read
        for other in pairs(of[i]) do
          if not seen[other] then
            seen[other] = true
            part[#part + 1] = other
          end
        end
      end
      table.sort(part)
      list[#list + 1] = part
    end
  end
  return list
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
  local of = {}
  for _, link in ipairs(links) do join(of, link.a, link.b, true) end
  return parts(of)
end

--- What a graph says of a link: its number, and whether it makes the lower and
--- the higher of its documents a copy.
local function said_of(number, lower, higher)
  return number << 2 | (lower and 1 or 0) | (higher and 2 or 0)
end

--- The number of the link between two documents if it makes `member` a copy.
local function makes_copy(said, other, member)
  return said & (member < other and 1 or 2) ~= 0 and said >> 2 or nil
end

--- Adds a copy and, where twins are known, what has the same text as it.
local function add_copies(group, member, link, twins)
  table.insert(group.copies, { member = member, link = link })
  for _, twin in ipairs(twins[member] or {}) do
    table.insert(group.copies, { member = twin, link = link, as = member })
  end
end

--- Splits one component. `order` gives its members, the one to keep first.
local function split(order, of, twins, groups)
  local gone = {}
  for _, kept in ipairs(order) do
    if not gone[kept] then
      gone[kept] = true
      local group = { kept = kept, copies = {} }
      for member, said in pairs(of[kept]) do
        local link = not gone[member] and makes_copy(said, kept, member)
        if link then add_copies(group, member, link, twins) end
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
      local said, link = of[first_kept][first], nil
      if first == first_kept and member ~= kept then
        link = twins[first].link
      elseif said then
        link = makes_copy(said, first_kept, first)
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

--- Reads the links, once and in their order. Returns the graph of them, and the
--- twins of which a link says that they are copies: those have it as `link`.
local function read_links(links, choice)
  local of, twins, first_of = {}, {}, {}
  for first, list in pairs(choice.twins or {}) do
    for _, twin in ipairs(list) do first_of[twin] = first end
  end
  for number, link in ipairs(links) do
    local a, b = link.a, link.b
    local first = first_of[a] or first_of[b]
    if first then
      twins[first] = choice.twins[first]
      twins[first].link = number
      of[first] = of[first] or {}
    else
      join(of, a, b, said_of(number, choice.is_copy(link, a), choice.is_copy(link, b)))
    end
  end
  return of, twins
end

--- Returns the groups that links make, in the order of the documents that stay.
--- The result does not depend on the order of the links. What has only the links
--- of its twin says whose with `as`. `link` is the number of a link.
---
--- ```lua
--- local clusters = require "pumice.dedup.clusters"
--- local chain = { { a = 1, b = 2 }, { a = 2, b = 3 } }
--- local groups = clusters.groups(chain, {
---   ranks = { 1, 2, 3 }, is_copy = function() return true end,
--- })
--- groups  --> { { kept = 1, copies = { { member = 2, link = 1 } } } }
--- ```
---@param links pumice.Link[]
---@param choice pumice.dedup.Choice
---@return pumice.dedup.Group[]
function M.groups(links, choice)
  local of, twins = read_links(links, choice)
  local groups = {}
  for _, members in ipairs(parts(of)) do
    if choice.choose then
      split_by_choice(members, of, choice, twins, groups)
    else
      local ranks = choice.ranks
      table.sort(members, function(x, y) return ranks[x] < ranks[y] end)
      split(members, of, twins, groups)
    end
  end
  table.sort(groups, function(x, y) return x.kept < y.kept end)
  return groups
end

return M
