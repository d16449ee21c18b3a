--- Cutting passages out of a text, or marking them.
local json = require "pumice.json"
local token = require "pumice.token"

local M = {}

--- Returns `text` without the ranges, a list of {first, last} in ascending
--- order. Where blanks would meet or words would join, one blank is left.
---
--- ```lua
--- local cuts = require "pumice.dedup.cuts"
--- cuts.cut("one two three", { { 5, 7 } })  --> "one three"
--- ```
---@param text string
---@param ranges integer[][]
---@return string
function M.cut(text, ranges)
  local parts, at = {}, 1
  for _, range in ipairs(ranges) do
    parts[#parts + 1] = text:sub(at, range[1] - 1)
    at = range[2] + 1
  end
  parts[#parts + 1] = text:sub(at)
  local out = {}
  for _, part in ipairs(parts) do
    local before = out[#out]
    if before then
      local left_blank, right_blank = before:find("%s$", -1), part:find "^%s"
      if left_blank and right_blank then
        part = part:gsub("^[ \t]+", "", 1)
      elseif not left_blank and not right_blank and part ~= "" then
        part = " " .. part
      end
    end
    if part ~= "" then out[#out + 1] = part end
  end
  return table.concat(out)
end

--- The number of the first span that ends at `place` or after.
local function span_at(spans, place)
  local low, high = 1, #spans
  while low < high do
    local middle = (low + high) // 2
    local _, last = spans:range(middle)
    if last < place then low = middle + 1 else high = middle end
  end
  return low
end

local segments = {
  word = function(text) return token.words(text, { all = true }) end,
  sentence = function(text) return token.sentences(text, { all = true }) end,
}

--- Returns the parts of the ranges that begin and end at borders of words, or
--- sentences: {first, last, ...}, with what else a range has. What has no whole
--- one in it is left out.
---
--- ```lua
--- local cuts = require "pumice.dedup.cuts"
--- cuts.at_borders("one two three four", { { 2, 15 } }, "word")  --> { { 4, 14 } }
--- ```
---@param text string
---@param ranges table[]
---@param border "word"|"sentence"
---@return table[]
function M.at_borders(text, ranges, border)
  local spans, list = segments[border](text), {}
  for _, range in ipairs(ranges) do
    local from, to = span_at(spans, range[1]), span_at(spans, range[2])
    if spans:range(from) < range[1] then from = from + 1 end
    if select(2, spans:range(to)) > range[2] then to = to - 1 end
    if from <= to then
      local first, last = spans:range(from), select(2, spans:range(to))
      if text:find("%S", first) and text:find("%S", first) <= last then
        list[#list + 1] = { first, last, table.unpack(range, 3) }
      end
    end
  end
  return list
end

--- Carries cuts out. A document with no word left is dropped for the reason
--- "repeated"; `value`, the share of its words that stood elsewhere before, and
--- `limit` are 1 then.
---@param doc table
---@param ranges table[]  {first, last, id of a document that has the same before}
---@param mark boolean  list them in the field `repeats` instead
---@return table?, string?, table?
function M.each(doc, ranges, mark)
  if #ranges == 0 then return doc end
  local text = doc.text
  local list = json.array()
  for i, range in ipairs(ranges) do
    list[i] = json.object { first = range[1], last = range[2], copy_of = range[3] }
  end
  if mark then
    doc.repeats = list
    return doc
  end
  local rest = M.cut(text, ranges)
  if #token.words(rest) == 0 then
    return nil, "repeated", { copy_of = ranges[1][3], value = 1.0, limit = 1.0, passages = list }
  end
  doc.text = rest
  return doc
end

return M
