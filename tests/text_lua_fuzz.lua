--- What is done to a text twice is done once; steps that mended a text mend it again
--- from a list; a matchable form maps into the text; languages have shares.
---
--- Input: a byte that chooses options, the text (any bytes).
local language = require "pumice.language"
local text = require "pumice.text"

local hints = { "de", "en,fr", "x-none", "" }

local function check_repair(s, choice)
  local how = { controls = choice & 1 == 0, mojibake = choice & 2 == 0 }
  local repaired, steps = text.repair(s, how)
  assert(utf8.len(repaired) and text.repair(repaired, how) == repaired)
  assert(text.replay(s, steps) == repaired)
  if #steps == 0 then assert(repaired == s) end
  return repaired
end

local ways = {
  function(s) return text.normalize(s, "NFC") end,
  function(s) return text.normalize(s, "NFKD") end,
  text.fold,
  text.strip_marks,
  text.squeeze,
  text.punctuation,
}

local function check_twice(s, choice)
  local way = ways[choice % #ways + 1]
  local once = way(s)
  assert(way(once) == once)
end

local function check_shares(s, found, shares)
  local sum = 0
  for _, one in ipairs(shares) do sum = sum + one.share end
  assert(sum < 1.011 and (found == nil or #shares > 0), s)
end

local function check_language(s, choice)
  local opts = { hint = choice & 4 > 0 and hints[choice % 4 + 1] or nil,
    at_least = choice & 8 > 0 and 0.5 or 0 }
  local code, confidence, shares = language.detect(s, opts)
  check_shares(s, code, shares)
  if code then assert(confidence >= opts.at_least and confidence <= 1) end
  local at = 1
  for _, part in ipairs(language.paragraphs(s, opts)) do
    assert(part.first >= at and part.last >= part.first and part.last <= #s)
    at = part.last + 1
  end
end

return function(input)
  local choice, s = input:byte() or 0, input:sub(2)
  if choice & 0x80 > 0 then
    check_repair(s, choice)
  elseif utf8.len(s) and choice & 0x40 > 0 then
    check_language(s, choice)
  elseif utf8.len(s) then
    check_twice(s, choice)
  end
end
