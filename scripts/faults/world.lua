--- What all trials share: a corpus, a recipe with both kinds of barriers that
--- keeps, drops and rejects, and the run that nobody touches.
local files = require "files"

local M = { program = (os.getenv("BUILD") or "build") .. "/pumice" }

--- Runs a shell command; returns what it said and its status.
function M.sh(command)
  local pipe = assert(io.popen(command .. " 2>&1"))
  local said = pipe:read("a")
  local _, how, status = pipe:close()
  return said, how == "signal" and 128 + status or status
end

M.read, M.write = files.read, files.write

--- Starts a run and kills the parent or one of its workers at a random moment;
--- returns its status.
function M.run_and_kill(command)
  local victim = math.random(2) == 1 and "kill -9 $run"
    or "worker=$(pgrep -P $run | shuf -n 1); [ -n \"$worker\" ] && kill -9 $worker"
  local script = M.write(M.folder .. "/kill.sh", ("%s & run=$!\nsleep %.3f; %s; wait $run\n")
    :format(command, math.random() * 0.6, victim))
  return select(2, M.sh("bash " .. script))
end

M.folder = M.sh("mktemp -d"):gsub("\n", "")

local RECIPE = M.write(M.folder .. "/recipe.lua", [[
return pumice.recipe {
  summary = "everything",
  stages = function()
    return {
      function(doc)
        local n = 0
        for i = 1, 2000 do n = n + i % 7 end
        if doc.id % 5 == 0 then return nil, "fifth" end
        if doc.id % 333 == 0 then error("no") end
        return doc
      end,
      pumice.fold {
        start = function() return { n = 0 } end,
        add = function(state) state.n = state.n + 1 end,
        merge = function(a, b) return { n = a.n + b.n } end,
        each = function(doc, state) doc.of = state.n return doc end,
      },
      pumice.group {
        key = function(doc) return doc.id % 700 end,
        each = function(docs) return { docs[1], docs[#docs] }, "between" end,
      },
    }
  end,
}]])

M.outputs = { "kept.jsonl.zst", "dropped.jsonl.gz", "rejects.jsonl" }

--- The command that runs the recipe into the folder `out`.
local function command(input, out, jobs)
  return ("%s run %s %s -q -j %d --commit-every 0.05 -o %s/kept.jsonl.zst "
    .. "--dropped %s/dropped.jsonl.gz --rejects %s/rejects.jsonl --progress none"):format(
    M.program, RECIPE, input, jobs, out, out, out)
end

--- The bytes of all outputs in `out`.
function M.bytes(out)
  local bytes = {}
  for i, name in ipairs(M.outputs) do bytes[i] = M.read(out .. "/" .. name) or "missing" end
  return table.concat(bytes, "\0")
end

--- "--resume" when there is a run in `out` to go on with, or nothing.
function M.resume(out)
  return M.read(out .. "/.kept.jsonl.zst.run/.journal.part") and "--resume" or ""
end

--- An empty folder of that name.
function M.fresh(name)
  local path = M.folder .. "/" .. name
  M.sh(("rm -rf %s; mkdir %s"):format(path, path))
  return path
end

--- A corpus of `documents`: {command = function(out, jobs), whole = bytes of
--- the outputs of a run that nobody touches, documents}.
function M.corpus(documents)
  local lines = {}
  for i = 1, documents do
    lines[i] = ('{"id":%d,"text":"%s"}\n'):format(i, ("word%d "):format(i):rep(60))
  end
  local input = M.write(("%s/%d.jsonl"):format(M.folder, documents), table.concat(lines))
  local out = M.fresh("whole")
  local function run(to, jobs) return command(input, to, jobs) end
  local said = M.sh(run(out, 2))
  local whole = M.bytes(out)
  assert(not whole:find("missing"), "the run that nobody touches fails: " .. said)
  return { command = run, whole = whole, documents = documents }
end

return M
