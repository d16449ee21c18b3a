--- regex.count from Lua against lrexlib's count, PCRE2 with JIT in both.
local corpus = require "corpus"
local figures = require "figures"
local regex = require "pumice.regex"
local rex = require "rex_pcre2"
local timing = require "timing"

local PATTERNS = {
  { "capitalised pairs", [[\b[A-Z][a-z]+ [A-Z][a-z]+\b]] },
  { "e-mail", [[[\w.+-]+@[\w-]+\.[\w.-]+]] },
}

return function()
  local _, text = corpus.english()
  local rows = {}
  for _, case in ipairs(PATTERNS) do
    local name, pattern = table.unpack(case)
    local ours, theirs = assert(regex.new(pattern)), rex.new(pattern, "u")
    theirs:jit_compile()
    local our_count, their_count
    local best = timing.functions {
      ours = function() our_count = ours:count(text) end,
      theirs = function() their_count = rex.count(text, theirs) end,
    }
    assert(our_count == their_count, ("%s: %d and %d matches"):format(name, our_count, their_count))
    local megabytes = #text / 1e6
    rows[#rows + 1] = figures.figure { name = "regex count, " .. name,
      value = megabytes / best.ours, unit = "MB/s", peer = "lrexlib, JIT, UTF",
      peer_value = megabytes / best.theirs }
  end
  return rows
end
