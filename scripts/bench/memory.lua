--- The most memory that the processes of a run ever had: of the parent, and of
--- the largest of its workers, for two sizes of input side by side. Pages of the
--- spill that are mapped count apart: the system takes them back when it needs
--- them.
---
---   build/pumice scripts/bench/main.lua memory [MB...]
---
--- Documents are lines of the English text in an order of chance, 4 kB each; one
--- in twenty is all but its predecessor. `make bench` takes little inputs.
local corpus = require "corpus"
local figures = require "figures"
local json = require "pumice.json"

--- Megabytes of input, where none are named.
local SIZES = { 5, 50 }

local GROUP = [[
local pumice = require "pumice"
return pumice.recipe { summary = "last of each outlet", stages = function()
  return { pumice.group { name = "last", key = function(doc) return doc.outlet end,
    each = function(docs) return { docs[#docs] } end } }
end }
]]

local PASS = [[
return require("pumice").recipe { summary = "pass", stages = function()
  return { function(doc) return doc end }
end }
]]

local function write(path, text)
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write(text))
  return path
end

--- Makes an input of so many megabytes; returns its path.
local function make(megabytes)
  local path, pool = "build/bench/memory.jsonl", {}
  for line in io.lines((corpus.english())) do
    if #line > 60 then pool[#pool + 1] = line end
  end
  math.randomseed(7)
  local file <close> = assert(io.open(path, "wb"))
  local bytes, number, lines = 0, 0, {}
  while bytes < megabytes * 1e6 do
    number = number + 1
    for i = number % 20 == 1 and 39 or 1, 40 do lines[i] = pool[math.random(#pool)] end
    local outlet = ("e%d.org"):format(number % 5000)
    local line = json.encode { id = number, outlet = outlet, text = table.concat(lines, "\n") }
    assert(file:write(line, "\n"))
    bytes = bytes + #line + 1
  end
  return path
end

--- MiB that a process has now, its own and mapped ones, or nil when it is gone.
local function now_has(pid)
  local file <close> = io.open(("/proc/%s/status"):format(pid))
  local text = file and file:read("a") or ""
  local own, mapped = text:match("RssAnon:%s*(%d+)"), text:match("RssFile:%s*(%d+)")
  return own and { own = own / 1024, mapped = mapped / 1024 }
end

--- Keeps the larger of what a process had and has.
local function note(most, has)
  for name, value in pairs(has or {}) do most[name] = math.max(most[name], value) end
end

local function children(pid)
  local file <close> = io.open(("/proc/%s/task/%s/children"):format(pid, pid))
  return (file and file:read("a") or ""):gmatch("%d+")
end

--- Runs a command; returns the most of it and of the largest of its children.
local function peaks(command)
  local pipe <close> = assert(io.popen(("%s > /dev/null 2>&1 & echo $!; wait $!"):format(command)))
  local pid = pipe:read("l")
  local parent, worker = { own = 0, mapped = 0 }, { own = 0, mapped = 0 }
  local has = now_has(pid)
  while has do
    note(parent, has)
    for child in children(pid) do note(worker, now_has(child)) end
    os.execute("sleep 0.02")
    has = now_has(pid)
  end
  return parent, worker
end

---@param sizes string[]  megabytes
return function(sizes)
  local recipes = {
    { "pass-through", write("build/bench/memory_pass.lua", PASS) },
    { "group", write("build/bench/memory_group.lua", GROUP) }, { "near_dedup", "near_dedup" },
  }
  local rows = {}
  for _, size in ipairs(#sizes > 0 and sizes or SIZES) do
    local path = make(tonumber(size))
    for _, recipe in ipairs(recipes) do
      local parent, worker = peaks(("exec build/pumice run %s %s --jobs 2 -q")
        :format(recipe[2], path))
      for _, row in ipairs { { "parent", parent.own }, { "largest worker", worker.own },
        { "its mapped pages", worker.mapped } } do
        rows[#rows + 1] = figures.figure { unit = "MiB", value = row[2],
          name = ("memory of %s, %s MB: %s"):format(recipe[1], size, row[1]) }
      end
    end
    os.remove(path)
  end
  return rows
end
