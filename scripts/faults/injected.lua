--- Runs with calls that fail: shim.c is preloaded, told which call of which
--- process is to fail, and the run is judged by what it leaves.
local world = require "world"
local sh, read, write = world.sh, world.read, world.write

local M = {}

M.calls = { "open", "read", "write", "fsync", "rename", "close", "ftruncate", "mkdir", "memory" }

--- Numbers of the book that the library keeps: calls of the parent, calls of
--- the workers, faults.
local BOOK = ("j"):rep(2 * #M.calls + 1)

local library = world.folder .. "/shim.so"
local said, status = sh(("${CC:-cc} -std=c11 -O1 -g -D_GNU_SOURCE -shared -fPIC -o %s "
  .. "scripts/faults/shim.c -ldl"):format(library))
assert(status == 0, said)

--- Runs `command` with a fault (nil: none); returns what it said, its status,
--- and the book: {parent = {[call] = count}, worker = ..., faults = count}.
---@param command string
---@param fault? { call: string, at: integer, times: integer, errno: integer, who: string }
function M.run(command, fault)
  local path = write(world.folder .. "/book", ("\0"):rep(string.packsize(BOOK)))
  local told = fault and ("PUMICE_FAULT=%s:%d:%d:%d:%s"):format(fault.call, fault.at,
    fault.times, fault.errno, fault.who) or ""
  local words, ended = sh(("timeout -s KILL 120 env %s PUMICE_FAULT_BOOK=%s LD_PRELOAD=%s %s")
    :format(told, path, library, command))
  local numbers = { BOOK:unpack(read(path)) }
  local book = { parent = {}, worker = {}, faults = numbers[2 * #M.calls + 1] }
  for i, name in ipairs(M.calls) do
    book.parent[name], book.worker[name] = numbers[i], numbers[#M.calls + i]
  end
  return words, ended, book
end

--- Documents in the outputs of a run.
local function documents(out)
  local count = 0
  for _, name in ipairs(world.outputs) do
    local unpack = name:find("%.zst$") and "zstd -dcq" or name:find("%.gz$") and "gzip -dc" or "cat"
    local plain = sh(("%s %s/%s"):format(unpack, out, name))
    for _ in plain:gmatch("[^\n]+") do count = count + 1 end
  end
  return count
end

local OLD = "what was here before\n"

--- What is wrong with how a run ended, or nil.
local function judge(corpus, out, words, ended)
  if ended == 0 or ended == 1 then
    if world.bytes(out) == corpus.whole then return nil end
    if ended == 1 and words:find("cannot%-read") then return nil end
    if ended == 1 and documents(out) >= corpus.documents then return nil end
    return "an output that is not whole"
  elseif ended ~= 2 and ended ~= 3 then
    return "a crash"
  elseif words == "" then
    return "nothing said"
  end
  for _, name in ipairs(world.outputs) do
    local bytes = read(out .. "/" .. name)
    if bytes ~= OLD and not corpus.whole:find(bytes, 1, true) then
      return "an old output that is no longer whole"
    end
  end
end

--- One trial: the run with the fault, then a run without it that goes on or
--- starts again. Returns what is wrong, or nil; and whether the fault came up.
function M.trial(corpus, jobs, fault, names_path)
  local out = world.fresh("injected")
  for _, name in ipairs(world.outputs) do write(out .. "/" .. name, OLD) end
  local words, ended, book = M.run(corpus.command(out, jobs), fault)
  local problem = judge(corpus, out, words, ended)
  -- A pipe has no path: the process at its other end is named.
  local named = false
  for _, name in ipairs { world.folder, "/dev/", "worker", "process" } do
    named = named or words:find(name, 1, true) ~= nil
  end
  if not problem and names_path and ended > 1 and not named then
    problem = "a message that names no path"
  end
  if not problem then
    local again, status_again = sh(corpus.command(out, jobs) .. " " .. world.resume(out))
    -- A document that was refused for want of memory stays refused.
    local counts = fault.call == "memory" and documents(out) >= corpus.documents
    if not counts and world.bytes(out) ~= corpus.whole then
      problem = ("another run that ends with %d and other bytes: %s"):format(status_again, again)
    elseif sh("ls -A " .. out):gsub("%s+$", "") ~= table.concat({ "dropped.jsonl.gz",
        "kept.jsonl.zst", "rejects.jsonl" }, "\n") then
      problem = "litter: " .. sh("ls -A " .. out)
    end
  end
  if problem then
    io.stderr:write(("%s call %d of the %s, %s, errno %d, -j %d: %s\n  status %d: %s\n"):format(
      fault.call, fault.at, fault.who, fault.times == 0 and "from then on"
      or fault.times .. " times", fault.errno, jobs, problem, ended, words))
  end
  return problem, book.faults > 0
end

return M
