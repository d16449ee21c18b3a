--- A keeper in a process of its own, as the parent sees it: what it is told is
--- done in that order; who asks waits for the answer. One that does not answer
--- in time is ended.
local core = require "pumice.core"

local process, pack, unpack_data = core.process, core.pack.pack, core.pack.unpack
local clock = process.clock

--- Documents at a barrier for which its functions get as many seconds again as
--- a document has.
local DOCUMENTS = 10000

local M = {}

---@class pumice.KeeperProcess
local Keeper = {}
Keeper.__index = Keeper

---@param peer any  a worker that was started
---@param timeout number  seconds for one document
function M.new(peer, timeout)
  return setmetatable({ peer = peer, timeout = timeout, waiting = {}, first = 1, last = 0 },
    Keeper)
end

--- The functions that do what the keeper is told.
local FUNCTIONS = { state = "merge", finish = "finish", propose = "pairs", resolve = "resolve",
  fates = "resolve" }

local function fail(op, reason)
  error({ code = "barrier", reason = ("%s '%s', %s: %s"):format(op.kind, op.name,
    FUNCTIONS[op.op] or op.op, reason) }, 0)
end

--- The answer to the first that waits; nil when there is none yet.
function Keeper:hear()
  while true do
    local bytes, gone = self.peer:receive()
    local op = self.waiting[self.first]
    if not bytes then
      if gone then
        local how, detail = self.peer:finish()
        local out_of_memory = detail == require("pumice.engine.worker").OUT_OF_MEMORY
        fail(op or { kind = "process", name = "keeper", op = "idle" }, out_of_memory
          and "it took more memory than --memory allows"
          or ("its process ended: %s %s"):format(how, detail))
      end
      if op and clock() - self.since > op.seconds then
        fail(op, ("no answer for %g s"):format(op.seconds))
      end
      return nil
    end
    local answer = unpack_data(bytes)
    self.since = clock()
    if answer.failed then error({ code = "worker-failed", reason = answer.failed }, 0) end
    if answer.broken then error(answer.broken, 0) end
    if not answer.ready then
      self.waiting[self.first] = nil
      self.first = self.first + 1
      if op.asked then return answer end
    end
  end
end

local function send(self, op, asked)
  op.asked = asked
  op.seconds = self.timeout * (1 + (op.count or 0) / DOCUMENTS)
  if self.first > self.last then self.since = clock() end
  self.last = self.last + 1
  self.waiting[self.last] = op
  self.peer:send(pack { op = "keep", keep = op })
end

--- Moves bytes; raises what the keeper raised meanwhile.
function Keeper:tick()
  process.poll({ self.peer }, 0)
  self:hear()
end

--- Has it do `op`.
---@param op { op: string, segment: integer, kind: string, name: string, count?: integer }
function Keeper:tell(op)
  send(self, op, false)
  self:tick()
end

--- Has it do `op`; returns the answer. `tick` is called every second meanwhile.
---@param op table
---@param tick fun()
---@return any
function Keeper:ask(op, tick)
  send(self, op, true)
  while true do
    local answer = self:hear()
    if answer then return answer.value end
    assert(process.poll({ self.peer }, 1))
    if process.interrupt() then error({ code = "interrupted", signal = process.interrupt() }, 0) end
    tick()
  end
end

return M
