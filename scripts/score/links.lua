--- Addresses, handles and tags: DATA/links, set by set, since they disagree.
local extract = require "pumice.extract"
local figures = require "figures"
local json = require "pumice.json"
local regex = require "pumice.regex"
local scorer = require "score.scorer"

local TARGETS = { ["twitter-text"] = 1.0, ["linkify-it"] = 0.97 }

local INK = assert(regex.new([[\S]], "u")) -- no space in any script

--- A reply is a mention that opens the text.
local function fits(link, row)
  if row.kind ~= "reply" then return link.kind == row.kind end
  return link.kind == "mention"
    and not INK:test(row.text:sub(1, link.first - 1))
end

local function answer(row)
  local found = json.array()
  for _, link in ipairs(extract.links(row.text)) do
    if fits(link, row) then found[#found + 1] = link.text end
  end
  return { found = found }
end

return function(data, split)
  local list = {}
  for _, set in ipairs { "twitter-text", "linkify-it" } do
    local said = scorer.run({ data = data, area = "links", split = split, file = "cases.jsonl",
      arguments = "--set " .. set }, answer)
    local right, count = 0, 0
    for a, b in said:gmatch("conformance%s+(%d+)/%s*(%d+)") do
      right, count = math.max(right, tonumber(a)), math.max(count, tonumber(b))
    end
    list[#list + 1] = figures.figure { name = "links: " .. set, unit = "share",
      value = right / count, at_least = TARGETS[set] }
  end
  return list
end
