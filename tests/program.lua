--- For specs that run `pumice run` from outside: a folder for each test, and
--- the program with what it says.
local files = require "files"
local json = require "pumice.json"

local M = { path = (os.getenv("BUILD") or "build") .. "/pumice" }

--- A recipe that changes nothing.
M.PASS = [[return require("pumice").recipe {
  summary = "a test", stages = function() return { function(doc) return doc end } end }]]

--- The same, but slow enough to be cut off.
M.SLOW = [[return require("pumice").recipe {
  summary = "a test",
  stages = function()
    return { function(doc)
      local n = 0
      for i = 1, 3000 do n = n + i % 7 end
      return doc
    end }
  end }]]

function M.new_folder()
  M.folder = files.new_folder()
end

function M.remove_folder()
  os.execute("rm -rf " .. M.folder)
end

function M.write(name, bytes)
  return files.write(M.folder .. "/" .. name, bytes)
end

--- Writes a recipe whose stages and options are these Lua sources; returns its path.
function M.recipe(stages, options)
  return M.write("recipe.lua", ([[
    local pumice = require "pumice"
    return pumice.recipe {
      summary = "a test",
      options = %s,
      stages = function(options) return { %s } end,
    }]]):format(options or "{}", stages))
end

--- Lines of JSON: ids from "1" on, and texts, which `make(i)` may give.
function M.documents(count, make)
  local lines = {}
  for i = 1, count do
    lines[i] = ('{"id": "%d", "text": "%s"}'):format(i, make and make(i) or ("text of " .. i))
  end
  return table.concat(lines, "\n") .. "\n"
end

function M.read(path)
  return files.read(path:find("^/") and path or M.folder .. "/" .. path)
end

--- The bytes of the files in a folder and below, by name; each goes through `command`.
function M.files(name, command)
  local found, folder = {}, M.folder .. "/" .. name
  for path in files.output(("cd %s && find . -type f"):format(folder)):gmatch("%./([^\n]+)") do
    found[path] = files.output(("%s '%s/%s'"):format(command or "cat", folder, path))
  end
  return found
end

--- Runs a shell command in which $P is the program; returns its output, what it
--- said on standard error, and its exit status.
function M.sh(command)
  local errors = M.folder .. "/stderr"
  local out, status = files.output(("P=%s; %s 2>%s"):format(M.path, command, errors))
  return out, M.read(errors), status
end

--- Runs `pumice run` with PASS and these arguments, in which @ is the folder.
--- Rejects go to @/rejects.
function M.run(arguments)
  M.write("recipe.lua", M.PASS)
  return M.sh(("$P run @/recipe.lua %s --rejects @/rejects"):format(arguments)
    :gsub("@", M.folder))
end

--- The records of a text of JSON lines.
function M.records(jsonl)
  local list = {}
  for line in jsonl:gmatch("[^\n]+") do list[#list + 1] = assert(json.record(line)) end
  return list
end

--- One field of each.
function M.fields(jsonl, name)
  local values = {}
  for i, doc in ipairs(M.records(jsonl)) do values[i] = doc[name] == nil and "-" or doc[name] end
  return values
end

--- Runs the program with `arguments`, which write to the file or folder `name`,
--- and kills it as soon as its journal has so many lines (1): after the first, each
--- is a commit.
function M.run_and_kill(arguments, name, lines)
  M.sh(([[$P %s & p=$!; i=0
    until [ -n "$(sed -n %dp %s/.%s.run/.journal.part 2>&-)" ] || [ $i -ge 1500 ]
    do sleep 0.02; i=$((i + 1)); done
    kill -KILL $p; wait $p]]):format(arguments, lines or 1, M.folder, name))
end

--- Whether timeout(1) says that it cut a command off: mostly 137, but 124 when
--- the time was over before the command had begun.
function M.was_cut(status)
  return status == 137 or status == 124
end

--- Runs `recipe` (SLOW) with `arguments` (@ is the folder, NAME the name of a try)
--- once whole, and then, for each number of jobs, cut off by kill -9 and resumed until
--- it is done, each time a little later. Returns the outputs as strings, the
--- whole one's first, and how many tries each took.
function M.cut_off(arguments, outputs, recipe)
  M.write("slow.lua", recipe or M.SLOW)
  local function command(name, jobs)
    return (("run @/slow.lua %s -j %d --commit-every 0.02")
      :format(arguments:gsub("NAME", name), jobs):gsub("@", M.folder))
  end
  local function result(name)
    local bytes = {}
    for i, output in ipairs(outputs) do
      bytes[i] = M.read((output:gsub("NAME", name))) or "none"
    end
    return table.concat(bytes, "|")
  end
  M.sh("$P " .. command("whole", 2))
  local results, tries = { result "whole" }, {}
  for i, jobs in ipairs { 1, 2, 5 } do
    local name, status = "cut" .. jobs, 137
    local journal = ("%s/.%s.run/.journal.part"):format(M.folder, outputs[1]:gsub("NAME", name))
    tries[i] = 0
    while M.was_cut(status) and tries[i] < 100 do
      local resume = tries[i] > 0 and M.read(journal) and "--resume" or ""
      -- --foreground: the signal goes to pumice alone, not to its workers.
      status = select(3, M.sh(("timeout --foreground -s KILL %g $P %s %s"):format(
        0.1 + tries[i] * 0.03, command(name, jobs), resume)))
      tries[i] = tries[i] + 1
    end
    results[i + 1] = result(name)
  end
  return results, tries
end

return M
