--- Whatever pattern meets whatever subject: gsub, gmatch, count, spans, split, test
--- and a set of patterns agree with looking for one match after the other; a
--- replacement in a function, a table and a string come to the same.
---
--- Input: a byte that chooses flags and what is looked at, the pattern, a newline,
--- the subject.
local phrases = require "pumice.phrases"
local regex = require "pumice.regex"

local flags = { "", "i", "m", "s", "x", "u", "im", "U" }

--- All matches: {first, last, capture ...}; nil at a limit.
local function matches_of(re, text)
  local list = {}
  for first in re:gmatch(text) do list[#list + 1] = first end
  return list
end

local function check_gsub(re, text, spans)
  local out, at = {}, 1
  for _, first, last in spans:each() do
    out[#out + 1] = text:sub(at, first - 1) .. "<" .. text:sub(first, last) .. ">"
    at = last + 1
  end
  local expected = table.concat(out) .. text:sub(at)
  local by_string, count = re:gsub(text, "<%0>")
  if not by_string then return end
  assert(by_string == expected and count == #spans)
  -- A function and a table are given the first capture, if there is one.
  local same, again = re:gsub(text, function() return nil end)
  assert(same == nil or (same == text and again == count))
  same = re:gsub(text, {})
  assert(same == nil or same == text)
  local less, one = re:gsub(text, "", 1)
  assert(less == nil or one == math.min(count, 1))
end

local function check_split(re, text, spans)
  local parts = re:split(text)
  if not parts then return end
  local at = 1
  for _, first, last in parts:each() do
    assert(first >= at and last >= first - 1 and last <= #text)
    at = last + 1
  end
  assert(#parts <= #spans + 1)
end

local function check_captures(re, text)
  local all, columns = re:spans(text, { captures = true })
  if not all then return end
  for _, column in pairs(columns) do
    assert(#column == #all)
    for i, first, last in column:each() do assert(first >= 1 and last <= #text, i) end
  end
end

local function check(re, text)
  local spans = re:spans(text)
  if not spans then return end
  local count = re:count(text)
  assert(count == nil or count == #spans)
  local found = re:test(text)
  assert(found == nil or found == (#spans > 0))
  local ok, list = pcall(matches_of, re, text)
  assert(not ok or #list == #spans)
  if #spans > 0 then
    local first, last = re:find(text)
    local from, to = spans:range(1)
    assert(not first or (first == from and last == to))
  end
  return spans
end

local literals = { b = "the", c = "and ", d = "cat", e = "ing" }
local known = {}
for name, literal in pairs(literals) do known[name] = regex.new(literal) end

--- As one of a set of literals, each found as alone.
local function check_set(re, text, spans)
  known.a = re
  local counts = assert(regex.set(known)):count(text)
  assert(counts.a == nil or counts.a == #spans)
  for name, literal in pairs(literals) do
    local count = select(2, text:gsub(literal, ""))
    assert(counts[name] == nil or counts[name] == count)
  end
end

--- Where literals stand, all of them, found one by one.
local function check_phrases(pattern, text)
  if pattern == "" then return end
  local list = { pattern, pattern:sub(1, 3), "ab" }
  local seen, expected = {}, 0
  for _, phrase in ipairs(list) do
    local at = not seen[phrase] and text:find(phrase, 1, true)
    seen[phrase] = true
    while at do
      expected = expected + 1
      at = text:find(phrase, at + 1, true)
    end
  end
  local spans = phrases.new(list, { overlap = true }):spans(text)
  assert(#spans == expected)
  for _, piece in ipairs(spans) do assert(seen[piece]) end
end

return function(input)
  local byte, pattern, text = input:match("^(.)([^\n]+)\n(.*)$")
  if not byte then return end
  local choice = byte:byte()
  if choice & 0xF0 == 0xF0 then return check_phrases(pattern, text) end
  local re = regex.new(pattern, { flags = flags[choice % #flags + 1],
    match_limit = 10000, depth_limit = 1000, heap_limit = 1 << 20 })
  if not re then return end
  local spans = check(re, text)
  if not spans then return end
  if choice & 0xF0 == 0xE0 then
    check_set(re, text, spans)
  elseif choice & 0x40 == 0 then
    check_gsub(re, text, spans)
  elseif choice & 0x20 == 0 then
    check_split(re, text, spans)
  else
    check_captures(re, text)
  end
end
