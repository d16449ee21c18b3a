--- A keeper: holds what documents left at the barriers, and runs the functions
--- that look at all of it: merge, finish, pairs, resolve. It lives in a worker
--- process of its own, under the same limits as the others.
---
--- | op        | what it does                               | answer               |
--- |-----------|--------------------------------------------|----------------------|
--- | "state"   | merges a state of a fold into those before |                      |
--- | "finish"  | ends the fold                              | the result, packed   |
--- | "leave"   | takes sketches or links                    |                      |
--- | "propose" | asks a cluster for pairs                   | how many             |
--- | "pairs"   |                                            | those from .. upto   |
--- | "resolve" | asks for the fates                         |                      |
--- | "fates"   |                                            | of documents from .. upto |
--- | "commit"  | has a cluster change what is outside       |                      |
local core = require "pumice.core"
local frames = require "pumice.engine.frames"
local problems = require "pumice.engine.problems"
local steps = require "pumice.engine.steps"

local limited, pack, unpack_data = steps.limited, core.pack.pack, core.pack.unpack

--- Instructions of Lua for each document at the barrier, beyond those that a
--- function has anyway.
local STEPS_A_DOCUMENT = 1000 * 1000

--- Bytes of Lua for each document at the barrier, beyond --memory.
local BYTES_A_DOCUMENT = 4096

local M = {}

---@class pumice.Keeper
local Keeper = {}
Keeper.__index = Keeper

---@param segments pumice.Segment[]
---@param spills table<integer, any>
---@param memory? integer  bytes of Lua, beside those for each document
function M.new(segments, spills, memory)
  return setmetatable({ segments = segments, spills = spills, at = {}, memory = memory }, Keeper)
end

--- Calls a function of a barrier. Raises {code = "barrier", reason} when it
--- fails or takes too much.
local function call(barrier, name, count, ...)
  local budget = steps.steps_a_document + count * STEPS_A_DOCUMENT
  local result = table.pack(limited(budget, barrier[name], ...))
  if result[1] then return table.unpack(result, 2, result.n) end
  if barrier.is_ours then error(result[2], 0) end
  local code, reason, place = problems.explain(result[2])
  if code == "spill" then error({ code = code, reason = reason }, 0) end
  if code == "too-many-steps" then
    reason = ("it took more than %d instructions of Lua"):format(budget)
    if place then reason = ("%s (%s:%d)"):format(reason, place.source:sub(2), place.line) end
  end
  error({ code = "barrier", reason = ("%s '%s', %s: %s"):format(barrier.barrier, barrier.name,
    name, reason) }, 0)
end

--- What is there of the barrier of a segment.
function Keeper:gathered(segment)
  local gathered = self.at[segment]
  if not gathered then
    local spill = self.spills[segment]
    gathered = { sketches = frames.list(spill), links = frames.list(spill) }
    self.at[segment] = gathered
  end
  return gathered
end

local ops = {}

function ops.state(gathered, barrier, op, spill)
  local state = unpack_data(spill:read(op.place.offset, op.place.size))
  if gathered.state == nil then
    gathered.state = state
  else
    gathered.state = call(barrier, "merge", 0, gathered.state, state)
  end
end

function ops.finish(gathered, barrier, op)
  local state = gathered.state
  if state == nil then state = call(barrier, "start", 0) end
  if barrier.finish then state = call(barrier, "finish", op.count, state) end
  gathered.state = nil
  local packed, result = pcall(pack, state, "the result")
  if packed then return result end
  error({ code = "barrier", reason = ("fold '%s': %s"):format(barrier.name, result) }, 0)
end

function ops.leave(gathered, _, op)
  frames.extend(gathered.sketches, op.sketches or {})
  frames.extend(gathered.links, op.links or {})
end

--- A list that a barrier gave: of a table, or of what behaves like one.
local function listed(barrier, name, list)
  if type(list) == "table" or type(list) == "userdata" then return list end
  error({ code = "barrier", reason = ("%s '%s', %s: it gave a %s and not a list"):format(
    barrier.barrier, barrier.name, name, type(list)) }, 0)
end

function ops.propose(gathered, barrier)
  local sketches = gathered.sketches
  gathered.pairs = listed(barrier, "pairs", call(barrier, "pairs", #sketches, sketches))
  return #gathered.pairs
end

local function is_document(n, count)
  return math.type(n) == "integer" and n >= 1 and n <= count
end

--- Pair `i` of those that a cluster proposed, of `count` documents.
local function pair_at(barrier, list, i, count)
  local pair = list[i]
  if type(pair) == "table" and is_document(pair[1], count) and is_document(pair[2], count) then
    return pair
  end
  error({ code = "barrier", reason = ("cluster '%s', pairs: number %d is no list of two numbers "
    .. "of documents, 1 to %d"):format(barrier.name, i, count) }, 0)
end

function ops.pairs(gathered, barrier, op)
  local list, count = {}, #gathered.sketches
  for i = op.from, math.min(op.upto, #gathered.pairs) do
    list[#list + 1] = pair_at(barrier, gathered.pairs, i, count)
  end
  return list
end

--- The links of a cluster that compares nothing: all pairs are.
local function all_linked(barrier, candidates, count)
  local links = {}
  for i = 1, #candidates do
    local pair = pair_at(barrier, candidates, i, count)
    links[i] = { a = pair[1], b = pair[2], evidence = true }
  end
  return links
end

function ops.resolve(gathered, barrier, op)
  local links = barrier.compare and gathered.links
    or all_linked(barrier, gathered.pairs, #gathered.sketches)
  gathered.pairs = nil
  gathered.fates = call(barrier, "resolve", #gathered.sketches, gathered.sketches, links,
    op.run)
  if type(gathered.fates) ~= "function" then listed(barrier, "resolve", gathered.fates) end
end

function ops.fates(gathered, barrier, op)
  local fates = {}
  local made = type(gathered.fates) == "function"
  for n = op.from, op.upto do
    if made then
      fates[n - op.from + 1] = call({ fates = gathered.fates, name = barrier.name,
        barrier = barrier.barrier }, "fates", 0, n)
    else
      fates[n - op.from + 1] = gathered.fates[n]
    end
  end
  return fates
end

function ops.commit(gathered, barrier)
  call(barrier, "commit", #gathered.sketches)
end

--- Does what `op` says. Raises {code, reason}.
---@param op { op: string, segment: integer, count?: integer }
---@return any
function Keeper:ask(op)
  if self.memory and op.count then
    core.budget.allow_memory(self.memory + op.count * BYTES_A_DOCUMENT)
  end
  return ops[op.op](self:gathered(op.segment), self.segments[op.segment].barrier, op,
    self.spills[op.segment])
end

--- The same without an answer.
Keeper.tell = Keeper.ask

--- What a keeper in another process does besides.

function Keeper.tick() end

return M
