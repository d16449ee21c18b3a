--- regex.count and regex.spans from Lua against a loop over PCRE2 in C and
--- against lrexlib on a whole text; and against lrexlib, which of its lines
--- match: a text cut into lines and searched, and lines that are there already,
--- with a call for each. Machine code everywhere, UTF-8 everywhere.
local corpus = require "corpus"
local figures = require "figures"
local files = require "files"
local regex = require "pumice.regex"
local rex = require "rex_pcre2"
local timing = require "timing"
local token = require "pumice.token"

local FOLDER = "build/bench/"

-- What research and prototypes have measured. In the e-mail pattern one byte is
-- rare, which PCRE2 itself does not use.
local PATTERNS = {
  { name = "capitalised pairs", [[\b[A-Z][a-z]+ [A-Z][a-z]+\b]] },
  { name = "e-mail", [[[\w.+-]+@[\w-]+\.[\w.-]+]], at_least = 15 },
  { name = "URLs", [[https?://[^\s<>"')]+]] },
  { name = "quotations", [["[^"\n]{20,300}"]] },
  { name = "dates", [[\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{4}\b]]
    .. [[|\b\d{4}-\d\d-\d\d\b]] },
  { name = "words", [[\w+]] },
}

-- lrexlib looks at the whole subject anew for each match: a short one will do.
local WHOLE = 100 * 1000

local run = files.output

local function row(name, bytes, seconds, peer, peer_seconds, at_least)
  return figures.figure { name = name, value = bytes / 1e6 / seconds, unit = "MB/s", peer = peer,
    peer_value = bytes / 1e6 / peer_seconds, at_least = at_least }
end

--- Least seconds of counting and of spans, and how many matches.
local function loop_in_c(path, pattern)
  local seconds, spans, count = run(("%spcre2_loop %s %s"):format(FOLDER, path,
    files.write(FOLDER .. "pattern.regex", pattern))):match("(%S+) (%S+) (%d+)")
  return tonumber(seconds), tonumber(spans), tonumber(count)
end

return function()
  local path, text = corpus.english()
  local whole = text:sub(1, text:find("\n", WHOLE, true))
  local part = text:sub(1, text:find("\n", 40 * WHOLE, true))
  local lines = token.lines(part):strings()
  assert(os.execute(("cc -O2 -o %spcre2_loop scripts/bench/pcre2_loop.c -lpcre2-8")
    :format(FOLDER)))
  local rows = {}
  local function add(...) rows[#rows + 1] = row(...) end
  for _, case in ipairs(PATTERNS) do
    local name, pattern = case.name, case[1]
    local ours, theirs = assert(regex.new(pattern)), rex.new(pattern, rex.flags().UTF)
    theirs:jit_compile()
    local test, find = ours.test, theirs.find
    local count, short, found = {}, {}, {}
    local at_once = timing.functions { -- the text is looked at once, and then known
      count = function() count.ours = ours:count(text) end,
      spans = function() ours:spans(text) end,
    }
    local best = timing.functions {
      whole = function() short.ours = ours:count(whole) end,
      whole_rex = function() short.theirs = rex.count(whole, theirs) end,
      lines = function()
        local sum = 0
        for i = 1, #lines do sum = sum + (test(ours, lines[i]) and 1 or 0) end
        found.calls = sum
      end,
      lines_rex = function()
        local sum = 0
        for i = 1, #lines do sum = sum + (find(theirs, lines[i]) and 1 or 0) end
        found.theirs = sum
      end,
      spans = function() found.spans = token.lines(part):count(ours) end,
      spans_rex = function()
        local sum = 0
        for line in part:gmatch("[^\n]*") do sum = sum + (find(theirs, line) and 1 or 0) end
        found.cut = sum
      end,
    }
    local loop_count, loop_spans, in_c = loop_in_c(path, pattern)
    assert(count.ours == in_c and short.ours == short.theirs and found.calls == found.theirs
      and found.spans == found.calls and found.cut == found.calls, name .. ": the counts differ")
    local at_least = case.at_least or 0.95
    add(name .. ", count", #text, at_once.count, "PCRE2-JIT in C", loop_count, at_least)
    add(name .. ", spans", #text, at_once.spans, "PCRE2-JIT in C", loop_spans, at_least)
    add(name .. ", count 100 kB", #whole, best.whole, "lrexlib", best.whole_rex, 2)
    add(name .. ", lines cut and searched", #part, best.spans, "lrexlib", best.spans_rex, 5)
    add(name .. ", a call for each line", #part, best.lines, "lrexlib", best.lines_rex)
  end
  return rows
end
