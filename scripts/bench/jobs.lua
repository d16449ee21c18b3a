--- What a second worker brings, from a file to a file: the clock with two
--- workers against one, and what bounds it.
---
--- The clock needs two cores that nobody else uses. The bound does not: it is
--- made of the CPU times of the run with two. What these two workers do takes one
--- alone so many seconds, while the parent has the other core; two share both
--- cores with the parent:
---
---   bound = workers / max(parent, (workers + parent) / 2)
---
--- Where they wait for each other (memory, disk), the clock stays below it.
local corpus = require "corpus"
local figures = require "figures"
local json = require "pumice.json"

local REPEATS = 5

--- The lines of the corpus come so many times: to start takes no part of it.
local TIMES = 4

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
    assert(file:write(('%d,%s,"%s"\n'):format(doc.id, doc.url, (doc.text:gsub('"', '""')))))
  end
  assert(os.execute(("cat %s > %s"):format((jsonl .. " "):rep(TIMES), paths.lines)))
  assert(os.execute(("zstd -qf %s -o %s"):format(jsonl, paths.zstd)))
  return paths
end

--- The least CPU seconds of the parent and of the workers, and on the clock, by
--- the number of workers.
local function least(path, input, output)
  local best = {}
  for _ = 1, REPEATS do
    for jobs = 1, 2 do
      local pipe <close> = assert(io.popen(("build/pumice scripts/bench/run_split.lua %s %s "
        .. "-o %s --jobs %d -q 2>&1"):format(path, input, output, jobs)))
      local parent, workers, clock = pipe:read("a"):match("([%d.]+) ([%d.]+) ([%d.]+)\n$")
      assert(parent, "the run failed")
      local was = best[jobs] or { parent = math.huge, workers = math.huge, clock = math.huge }
      best[jobs] = { parent = math.min(was.parent, tonumber(parent)),
        workers = math.min(was.workers, tonumber(workers)),
        clock = math.min(was.clock, tonumber(clock)) }
    end
  end
  return best[1], best[2]
end

return function()
  local paths = inputs((corpus.jsonl()))
  local rows = {}
  for _, case in ipairs {
    { "JSON lines, pass-through", recipe("pass", PASS), paths.lines, "jsonl" },
    { "JSON lines, one field anew", recipe("edit", EDIT), paths.lines, "jsonl" },
    { "CSV, pass-through", recipe("pass", PASS), paths.rows, "csv" },
    { "zstd in and out, pass-through", recipe("pass", PASS), paths.zstd, "jsonl.zst" },
    { "JSON lines, repair and shingles", recipe("work", WORK), paths.lines, "jsonl" },
  } do
    local name, path, input, ending = table.unpack(case)
    local output = FOLDER .. "jobs_out." .. ending
    local one, two = least(path, input, output)
    rows[#rows + 1] = figures.figure { name = name .. ": two workers", value = 1 / two.clock,
      unit = "runs/s", peer = "one worker", peer_value = 1 / one.clock, at_least = 1.8 }
    rows[#rows + 1] = figures.figure { name = name .. ": bound by CPU time",
      value = two.workers / math.max(two.parent, (two.workers + two.parent) / 2), unit = "times",
      at_least = 1.8 }
    rows[#rows + 1] = figures.figure { name = name .. ": CPU of the parent", value = two.parent,
      unit = "s", peer = "CPU of two workers", peer_value = two.workers }
    os.remove(output)
  end
  for _, path in pairs(paths) do os.remove(path) end
  return rows
end
