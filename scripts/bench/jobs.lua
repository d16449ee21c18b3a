--- What a second worker brings, from a file to a file: the clock with two
--- workers against one, and what bounds it.
---
--- The clock needs two cores that nobody else uses, and says of a short run how
--- well the machine serves two: their memory, its caches and the disk are one. So
--- two whole runs at once, which share nothing else, are the measure of what can be
--- had. The bound by CPU time needs no free cores: what these two workers do takes
--- one alone so many seconds, while the parent has the other core; two share both
--- cores with the parent:
---
---   bound = workers / max(parent, (workers + parent) / 2)
---
--- A stream of zstd is inflated by one process, the parent, which takes a third of
--- the workers' time and leaves them so much less of two cores: that case is held
--- against two runs alone, which inflate it twice.
local corpus = require "corpus"
local figures = require "figures"
local json = require "pumice.json"

local REPEATS = 5

--- The lines of the corpus come so many times: to start takes no part of it.
local TIMES = 4

--- What two workers do, times what one does.
local LEAST = 1.8

local PASS = "function(doc) return doc end"
local EDIT = "function(doc) doc.text = doc.text .. '.' return doc end"
local WORK = [[pumice.clean.repair(), function(doc)
  if #pumice.token.words(doc.text) < 20 then return nil, "too short" end
  doc.shingles = #pumice.shingle.words(doc.text, { n = 5 })
  return doc
end]]

local FOLDER = "build/bench/"

local function recipe(name, stages)
  local path = ("%sjobs_%s.lua"):format(FOLDER, name)
  local file <close> = assert(io.open(path, "w"))
  assert(file:write('local pumice = require "pumice"\nreturn pumice.recipe { summary = "bench", ',
    "stages = function() return { ", stages, " } end }\n"))
  return path
end

--- The inputs, made of the lines of JSON.
local function inputs(jsonl)
  local paths = { lines = FOLDER .. "jobs.jsonl", rows = FOLDER .. "jobs.csv",
    zstd = FOLDER .. "jobs.jsonl.zst" }
  local file <close> = assert(io.open(paths.rows, "wb"))
  assert(file:write("id,url,text\n"))
  for line in io.lines(jsonl) do
    local doc = json.record(line)
    local row = ('%d,%s,"%s"\n'):format(doc.id, doc.url, (doc.text:gsub('"', '""')))
    assert(file:write(row:rep(TIMES)))
  end
  assert(os.execute(("cat %s > %s"):format((jsonl .. " "):rep(TIMES), paths.lines)))
  assert(os.execute(("zstd -qf %s -o %s"):format(paths.lines, paths.zstd)))
  return paths
end

--- Where a second run writes.
local function beside(output) return (output:gsub("jobs_out", "jobs_out2")) end

--- Starts a run, which ends with its seconds: see run_split.lua. To write over the
--- output of the run before would count the time to free that one's pages.
local function start(path, input, output, jobs)
  os.remove(output)
  return assert(io.popen(("build/pumice scripts/bench/run_split.lua %s %s -o %s --jobs %d -q 2>&1")
    :format(path, input, output, jobs)))
end

--- Awaits a run. CPU seconds of its parent and of its workers, and on the clock.
local function finish(pipe)
  local printed = pipe:read("a")
  pipe:close()
  local parent, workers, clock = printed:match("([%d.]+) ([%d.]+) ([%d.]+)\n$")
  assert(parent, "the run failed: " .. printed)
  return { parent = tonumber(parent), workers = tonumber(workers), clock = tonumber(clock) }
end

local function keep_least(best, seconds)
  for name, value in pairs(seconds) do best[name] = math.min(best[name] or math.huge, value) end
end

--- The least seconds of runs with one worker, with two, and of two runs with one
--- worker at once, of which the later counts.
local function least(path, input, output)
  local one, two, both = {}, {}, {}
  for _ = 1, REPEATS do
    keep_least(one, finish(start(path, input, output, 1)))
    keep_least(two, finish(start(path, input, output, 2)))
    local first = start(path, input, output, 1)
    local second = start(path, input, beside(output), 1)
    keep_least(both, { clock = math.max(finish(first).clock, finish(second).clock) })
  end
  return one, two, both
end

return function()
  local paths = inputs((corpus.jsonl()))
  local rows = {}
  for _, case in ipairs {
    { "JSON lines, pass-through", recipe("pass", PASS), paths.lines, "jsonl", LEAST },
    { "JSON lines, one field anew", recipe("edit", EDIT), paths.lines, "jsonl", LEAST },
    { "CSV, pass-through", recipe("pass", PASS), paths.rows, "csv", LEAST },
    { "zstd in and out, pass-through", recipe("pass", PASS), paths.zstd, "jsonl.zst" },
    { "JSON lines, repair and shingles", recipe("work", WORK), paths.lines, "jsonl", LEAST },
  } do
    local name, path, input, ending, times = table.unpack(case)
    local output = FOLDER .. "jobs_out." .. ending
    local one, two, both = least(path, input, output)
    rows[#rows + 1] = figures.figure { name = name .. ": two workers", value = 1 / two.clock,
      unit = "runs/s", peer = "one worker", peer_value = 1 / one.clock, at_least = times }
    rows[#rows + 1] = figures.figure { name = name .. ": two workers", value = 1 / two.clock,
      unit = "runs/s", peer = "two runs at once", peer_value = 2 / both.clock, at_least = 0.9 }
    rows[#rows + 1] = figures.figure { name = name .. ": bound by CPU time",
      value = two.workers / math.max(two.parent, (two.workers + two.parent) / 2), unit = "times",
      at_least = times }
    rows[#rows + 1] = figures.figure { name = name .. ": CPU of the parent", value = two.parent,
      unit = "s", peer = "CPU of two workers", peer_value = two.workers }
    for _, made in ipairs { output, beside(output) } do os.remove(made) end
  end
  for _, path in pairs(paths) do os.remove(path) end
  return rows
end
