--- regex.count and regex.spans from Lua against a loop over PCRE2 in C and
--- against lrexlib, on a whole text and line by line. Machine code everywhere,
--- UTF-8 everywhere.
local corpus = require "corpus"
local figures = require "figures"
local regex = require "pumice.regex"
local rex = require "rex_pcre2"
local timing = require "timing"

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

local function run(command)
  local pipe <close> = assert(io.popen(command))
  return pipe:read("a")
end

local function write(path, bytes)
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write(bytes))
  return path
end

local function row(name, bytes, seconds, peer, peer_seconds, at_least)
  return figures.figure { name = name, value = bytes / 1e6 / seconds, unit = "MB/s", peer = peer,
    peer_value = bytes / 1e6 / peer_seconds, at_least = at_least }
end

--- Least seconds of counting and of spans, and how many matches.
local function loop_in_c(path, pattern)
  local seconds, spans, count = run(("%spcre2_loop %s %s"):format(FOLDER, path,
    write(FOLDER .. "pattern.regex", pattern))):match("(%S+) (%S+) (%d+)")
  return tonumber(seconds), tonumber(spans), tonumber(count)
end

local function lines_of(text, bytes)
  local lines, size = {}, 0
  for line in text:gmatch("[^\n]+") do
    lines[#lines + 1] = line
    size = size + #line
    if size > bytes then break end
  end
  return lines, size
end

return function()
  local path, text = corpus.english()
  local whole = text:sub(1, text:find("\n", WHOLE, true))
  local lines, lines_size = lines_of(text, 40 * WHOLE)
  assert(os.execute(("cc -O2 -o %spcre2_loop scripts/bench/pcre2_loop.c -lpcre2-8")
    :format(FOLDER)))
  local rows = {}
  local function add(...) rows[#rows + 1] = row(...) end
  for _, case in ipairs(PATTERNS) do
    local name, pattern = case.name, case[1]
    local ours, theirs = assert(regex.new(pattern)), rex.new(pattern, rex.flags().UTF)
    theirs:jit_compile()
    local function each_line(count)
      local sum = 0
      for _, line in ipairs(lines) do sum = sum + count(line) end
      return sum
    end
    local count, short, per_line = {}, {}, {}
    local at_once = timing.functions { -- the text is looked at once, and then known
      count = function() count.ours = ours:count(text) end,
      spans = function() ours:spans(text) end,
    }
    local best = timing.functions {
      whole = function() short.ours = ours:count(whole) end,
      whole_rex = function() short.theirs = rex.count(whole, theirs) end,
      lines = function()
        per_line.ours = each_line(function(line) return ours:count(line) end)
      end,
      lines_rex = function()
        per_line.theirs = each_line(function(line) return rex.count(line, theirs) end)
      end,
    }
    local loop_count, loop_spans, in_c = loop_in_c(path, pattern)
    assert(count.ours == in_c and short.ours == short.theirs and per_line.ours == per_line.theirs,
      name .. ": the counts differ")
    local at_least = case.at_least or 0.95
    add(name .. ", count", #text, at_once.count, "PCRE2-JIT in C", loop_count, at_least)
    add(name .. ", spans", #text, at_once.spans, "PCRE2-JIT in C", loop_spans, at_least)
    add(name .. ", count 100 kB", #whole, best.whole, "lrexlib", best.whole_rex, 2)
    add(name .. ", the text at once", #text, at_once.count, "lrexlib by line",
      best.lines_rex * #text / lines_size, 5)
    add(name .. ", line by line", lines_size, best.lines, "lrexlib by line", best.lines_rex)
  end
  return rows
end
