--- Spans of any bytes, cut in any of several ways and then changed step by step:
--- they lie in the text, in its order, and each method gives what plain Lua makes
--- of the list of places.
---
--- Input: a byte that chooses how to cut, two that choose what to do, the text.
local regex = require "pumice.regex"
local token = require "pumice.token"

local letters = regex.new "[a-z]*(?=[^b])"

local ways = {
  token.words,
  function(text) return token.words(text, { all = true }) end,
  token.graphemes,
  token.lines,
  token.paragraphs,
  token.sentences,
  function(text) return token.split(text, "a") end,
  function(text) return assert(letters:spans(text)) end,
}

--- The places as a list; checks that they lie in the text and in order.
local function places_of(spans)
  local text, list, before = spans:text(), {}, 1
  for i, first, last in spans:each() do
    assert(first >= before and last >= first - 1 and last <= #text)
    list[i] = { first, last }
    before = first
  end
  assert(#list == #spans and spans[#list + 1] == nil)
  return list
end

local function strings_of(text, list)
  local strings = {}
  for i, place in ipairs(list) do strings[i] = text:sub(place[1], place[2]) end
  return strings
end

local function check_same(spans, list)
  assert(#spans == #list)
  for i, place in ipairs(list) do
    local first, last = spans:range(i)
    assert(first == place[1] and last == place[2])
  end
end

--- What a text with its pieces replaced is, or nil when pieces overlap.
local function replaced(text, list, by)
  local out, at = {}, 1
  for i, place in ipairs(list) do
    if place[1] < at then return nil end
    out[#out + 1] = text:sub(at, place[1] - 1)
    out[#out + 1] = by(text:sub(place[1], place[2]), i)
    at = place[2] + 1
  end
  return table.concat(out) .. text:sub(at)
end

local function check_replace(spans, list, with, by)
  local expected = replaced(spans:text(), list, by)
  local ok, got = pcall(spans.replace, spans, with)
  assert(ok == (expected ~= nil) and (not ok or got == expected))
end

local function check_rewrites(spans, list)
  check_replace(spans, list, "<%1>", function() return "<%1>" end)
  check_replace(spans, list, { a = "", [" "] = "__" },
    function(piece) return piece == "a" and "" or piece == " " and "__" or piece end)
  check_replace(spans, list, function(piece, i) return i % 2 == 0 and piece .. i end,
    function(piece, i) return i % 2 == 0 and piece .. i or piece end)
  local ok, lower = pcall(spans.lower, spans)
  if ok then
    local small = places_of(lower)
    assert(#small == #list)
    local text = replaced(spans:text(), list, function(_, i) return lower[i] end)
    assert(text == lower:text())
    for i, place in ipairs(list) do
      local piece = spans:text():sub(place[1], place[2])
      if not piece:find("[\128-\255]") then assert(lower[i] == piece:lower()) end
    end
  end
end

local function check_reads(spans, list)
  local strings, sum = strings_of(spans:text(), list), {}
  assert(spans:join("|") == table.concat(strings, "|"))
  for i, piece in ipairs(spans:strings()) do
    assert(piece == strings[i] and spans[i] == piece)
    sum[piece] = (sum[piece] or 0) + 1
  end
  for piece, count in pairs(spans:frequencies()) do
    assert(sum[piece] == count)
    sum[piece] = nil
  end
  assert(next(sum) == nil)
end

local function filtered(list, strings, holds)
  local kept = {}
  for i, place in ipairs(list) do
    if holds(strings[i], i) then kept[#kept + 1] = place end
  end
  return kept
end

--- Keeps those for which the question holds; `holds` is the same in Lua.
local function where(spans, list, question, holds)
  local strings = strings_of(spans:text(), list)
  local kept = spans:where(question)
  check_same(kept, filtered(list, strings, holds))
  check_same(spans:without(question), filtered(list, strings,
    function(piece, i) return not holds(piece, i) end))
  assert(spans:count(question) == #kept)
  return kept
end

local steps = {
  function(spans, list, n)
    local i, j = n % 16 - 8, n // 16 - 8
    local part = spans:slice(i, j)
    local from = i < 0 and math.max(#list + i + 1, 1) or math.max(i, 1)
    local to = j < 0 and #list + j + 1 or math.min(j, #list)
    check_same(part, table.move(list, from, to, 1, {}))
    return part
  end,
  function(spans, list, n)
    local width, expected = n % 4 + 1, {}
    for i = 1, #list - width + 1 do expected[i] = { list[i][1], list[i + width - 1][2] } end
    local ok, grams = pcall(spans.ngrams, spans, width)
    if not ok then return spans end
    check_same(grams, expected)
    return grams
  end,
  function(spans, list, n)
    local least, most = n % 4, n // 16
    return where(spans, list, { min = least, max = most },
      function(piece) return #piece >= least and #piece <= most end)
  end,
  function(spans, list)
    return where(spans, list, { "a", "the", " " },
      function(piece) return piece == "a" or piece == "the" or piece == " " end)
  end,
  function(spans, list, n)
    local function holds(piece, i) return (i + #piece) % 3 == n % 3 end
    return where(spans, list, holds, holds)
  end,
  function(spans)
    local ok, lower = pcall(spans.lower, spans)
    return ok and lower or spans
  end,
}

return function(input)
  if #input < 3 then return end
  local way = ways[input:byte() % #ways + 1]
  local spans = way(input:sub(4))
  for step = 2, 3 do
    local byte = input:byte(step)
    spans = steps[byte % #steps + 1](spans, places_of(spans), byte)
  end
  local list = places_of(spans)
  if input:byte() & 0x80 == 0 then
    check_reads(spans, list)
  else
    check_rewrites(spans, list)
  end
end
