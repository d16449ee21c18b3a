--- How the cost of near-duplicates grows: 50, 100, 200 and 400 thousand documents
--- of 150 words, one in ten a copy of an earlier one with some words changed. All
--- copies have to be found.
local figures = require "figures"
local json = require "pumice.json"
local made_news = require "made_news"

local PATH = "build/bench/growth.jsonl"
local SIZES = { 50000, 100000, 200000, 400000 }
local WORDS, COPIED = 150, 10

--- Each size is timed so often, in turns with the others, and the least counts: what
--- others do on the machine meanwhile would be more than what is looked for.
local TURNS = 3

local function write(path)
  local write_article, random = made_news.writer()
  local file <close> = assert(io.open(path, "wb"))
  local recent = {}
  for number = 1, SIZES[#SIZES] do
    local words
    if number % COPIED == 0 then
      words = table.move(recent[random(#recent)], 1, WORDS, 1, {})
      for _ = 1, 3 do words[random(WORDS)] = "REDACTED" end
    else
      words = write_article(WORDS)
      recent[#recent < 1000 and #recent + 1 or random(1000)] = words
    end
    file:write(json.encode { id = number, outlet = "outlet" .. random(40),
      text = table.concat(words, " ") }, "\n")
  end
end

--- Returns CPU seconds, bytes of the largest process, copies found.
local function run(size)
  local found = "build/bench/growth.dropped"
  local pipe <close> = assert(io.popen(("python3 scripts/bench/measure.py build/pumice run "
    .. "near_dedup %s --limit %d --jobs 1 -q -o /dev/null --dropped %s"):format(
    PATH, size, found)))
  local seconds, kilobytes = pipe:read("a"):match("(%S+) (%d+)")
  assert(seconds, "near_dedup does not run")
  local count = 0
  for _ in io.lines(found) do count = count + 1 end
  return tonumber(seconds), tonumber(kilobytes) * 1024, count
end

--- Returns the least seconds and bytes of each size, and the fewest copies found.
local function run_all()
  local least = {}
  for turn = 1, TURNS do
    for _, size in ipairs(SIZES) do
      local these = { run(size) }
      for i, value in ipairs(turn > 1 and least[size] or {}) do
        these[i] = math.min(these[i], value)
      end
      least[size] = these
    end
  end
  return least
end

return function()
  local file = io.open(PATH, "rb")
  if file then file:close() else write(PATH) end
  local least = run_all()
  local rows, first_time, first_memory, last_time, last_memory = {}, nil, nil, nil, nil
  for _, size in ipairs(SIZES) do
    local seconds, memory, found = table.unpack(least[size])
    first_time, first_memory = first_time or seconds / size, first_memory or memory
    last_time, last_memory = seconds / size, memory
    rows[#rows + 1] = figures.figure { name = ("%d documents"):format(size),
      value = seconds / size * 1e6, unit = "us a document" }
    rows[#rows + 1] = figures.figure { name = ("%d documents: memory"):format(size),
      value = memory / 1e6, unit = "MB" }
    rows[#rows + 1] = figures.figure { name = ("%d documents: copies found"):format(size),
      value = found / (size // COPIED), unit = "share", at_least = 0.99 }
  end
  local more = SIZES[#SIZES] - SIZES[1]
  rows[#rows + 1] = figures.figure { name = "time a document, last size by first",
    value = last_time / first_time, unit = "times", at_most = 1.3 }
  rows[#rows + 1] = figures.figure { name = "memory besides the spill",
    value = (last_memory - first_memory) / more / 1e3, unit = "kB a document", at_most = 0.6 }
  return rows
end
