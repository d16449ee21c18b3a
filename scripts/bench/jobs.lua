--- What a second worker brings: the clock with two against one, and what bounds
--- it, the CPU time of the parent beside that of the worker: one worker and the
--- parent have a core each, two workers share both with the parent. The clock
--- needs two cores that nobody else uses; the CPU times do not.
local corpus = require "corpus"
local figures = require "figures"
local json = require "pumice.json"

local REPEATS = 5

local PASS = "function(doc) return doc end"
local WORK = [[pumice.clean.repair(), function(doc)
  if #pumice.token.words(doc.text) < 20 then return nil, "too short" end
  doc.shingles = #pumice.shingle.words(doc.text, { n = 5 })
  return doc
end]]

local function recipe(name, stages)
  local path = ("build/bench/jobs_%s.lua"):format(name)
  local file <close> = assert(io.open(path, "w"))
  assert(file:write('local pumice = require "pumice"\nreturn pumice.recipe { summary = "bench", ',
    "stages = function() return { ", stages, " } end }\n"))
  return path
end

--- The lines of JSON as rows of CSV.
local function as_csv(jsonl)
  local path = "build/bench/jobs.csv"
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write("id,url,text\n"))
  for line in io.lines(jsonl) do
    local doc = json.record(line)
    assert(file:write(('%d,%s,"%s"\n'):format(doc.id, doc.url, (doc.text:gsub('"', '""')))))
  end
  return path
end

--- The least CPU seconds of the parent and of the workers, and on the clock.
local function least(path, input, jobs)
  local parent, workers, clock = math.huge, math.huge, math.huge
  for _ = 1, REPEATS do
    local pipe <close> = assert(io.popen(("build/pumice scripts/bench/run_split.lua %s %s "
      .. "--jobs %d -q 2>&1 > /dev/null"):format(path, input, jobs)))
    local p, w, c = pipe:read("a"):match("([%d.]+) ([%d.]+) ([%d.]+)\n$")
    assert(p, "the run failed")
    parent, workers = math.min(parent, tonumber(p)), math.min(workers, tonumber(w))
    clock = math.min(clock, tonumber(c))
  end
  return parent, workers, clock
end

return function()
  local jsonl = corpus.jsonl()
  local csv = as_csv(jsonl)
  local rows = {}
  for _, case in ipairs {
    { "JSON lines, pass-through", recipe("pass", PASS), jsonl },
    { "CSV, pass-through", recipe("pass", PASS), csv },
    { "JSON lines, repair and shingles", recipe("work", WORK), jsonl },
  } do
    local name, path, input = table.unpack(case)
    local parent, workers, one = least(path, input, 1)
    local _, _, two = least(path, input, 2)
    rows[#rows + 1] = figures.figure { name = name .. ": two workers", value = 1 / two,
      unit = "runs/s", peer = "one worker", peer_value = 1 / one }
    rows[#rows + 1] = figures.figure { name = name .. ": CPU of the parent", value = parent,
      unit = "s", peer = "CPU of the worker", peer_value = workers }
    rows[#rows + 1] = figures.figure { name = name .. ": most that two cores allow",
      value = 2 * workers / (parent + workers), unit = "times" }
  end
  os.remove(csv)
  return rows
end
