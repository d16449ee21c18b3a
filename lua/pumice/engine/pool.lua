--- A pool of workers: deals blocks out, collects the answers in the order of
--- the blocks, and replaces a worker that dies or is stuck.
---
--- When a worker is lost, the items it had not answered are done again one at
--- a time, so that the one that ends a worker is known and refused; the rest
--- goes on as before.
local core = require "pumice.core"
local keeper_process = require "pumice.engine.keeper_process"
local orders = require "pumice.engine.orders"
local problems = require "pumice.engine.problems"

local process, pack, unpack_data = core.process, core.pack.pack, core.pack.unpack
local clock = process.clock

--- Blocks a worker has at hand: one it does, one that waits.
local DEPTH = 2

--- Blocks that may be ahead of the oldest one not collected, for each worker.
local AHEAD = 8

--- Bytes of input and of answers that may be ahead of it, for each worker.
local AHEAD_BYTES = 16 * 1024 * 1024

--- Bytes that may wait to be packed, for each worker, before blocks wait for them.
local AHEAD_PACKING = 4 * 1024 * 1024

--- Bytes of answers that a worker may have waiting in the arena, and for each
--- worker bytes of input that the parent may have there; what is beyond comes over
--- the channel.
local RING = 16 * 1024 * 1024

--- An item that ended this many workers while it was alone is refused: once
--- may have been a kill from outside.
local DEATHS = 2

--- So many workers may end before they are ready, one after the other.
local FALSE_STARTS = 3

--- Seconds a worker may take to be ready: nothing of a document's is in it.
local READY = 30

local OUT_OF_MEMORY = require("pumice.engine.worker").OUT_OF_MEMORY

local M = {}

---@class pumice.Pool
local Pool = {}
Pool.__index = Pool

--- The running program, also when its path names another one by now or none, as
--- after an upgrade.
local SELF = "/proc/self/exe"

--- The words that start a worker: the name of this program, and what makes it one.
local function command()
  local program = assert(process.program())
  if package.preload["pumice.embedded"] then return { program, "worker" } end
  -- Stock Lua with pumice as a module.
  return { program, "-e", ("package.path, package.cpath = %q, %q "):format(
    package.path, package.cpath) .. "os.exit(require('pumice.engine.worker').main())" }
end

--- Starts a process: by the path of the program where it has one still, which tells
--- more to those who look on (ps, valgrind).
local function start_process(words)
  local path = assert(process.program())
  local peer, message = process.start(core.input.kind(path) and path or SELF, words)
  if peer then return peer end
  error({ code = "worker-start", reason = "cannot start a worker: " .. message }, 0)
end

---@param jobs integer  workers
---@param start table  the frame that starts one
---@param timeout number  seconds a worker may be silent
function M.new(jobs, start, timeout)
  local arena, message = core.arena.create(2 * jobs, RING)
  if not arena then
    error({ code = "no-memory", reason = "cannot share memory with the workers: " .. message }, 0)
  end
  local self = setmetatable({ start = start, timeout = timeout, command = command(),
    workers = {}, frames = {}, false_starts = 0, arena = arena }, Pool)
  start.op, start.arena = "start", { self.arena:fd(), 2 * jobs, RING }
  for i = 1, jobs do self.workers[i] = self:hire(i) end
  self.orders = orders.new(jobs, function(slot, frame)
    self.workers[slot + 1].peer:send(pack(frame))
  end, arena)
  return self
end

--- Starts a process that holds what is at the barriers.
---@return pumice.KeeperProcess
function Pool:keeper()
  local peer = start_process(self.command)
  peer:send(pack(self.start))
  self.keeping = peer
  return keeper_process.new(peer, self.timeout)
end

--- Starts a worker and tells it all that the others know.
function Pool:hire(index)
  local peer = start_process(self.command)
  self.start.slot = index - 1
  peer:send(pack(self.start))
  for _, frame in ipairs(self.frames) do peer:send(frame) end
  return { peer = peer, jobs = {}, silent_since = clock() }
end

--- Tells all workers, and those to come, the result of a fold, which is packed.
function Pool:set_result(segment, result)
  local frame = pack { op = "result", segment = segment, result = result }
  self.frames[#self.frames + 1] = frame
  for _, worker in ipairs(self.workers) do worker.peer:send(frame) end
end

local function send_job(worker, job)
  job.task.first = job.upto + 1
  job.task.last = job.alone and job.task.first or nil
  job.sent = true
  worker.peer:send(pack { op = "run", task = job.task })
end

local function must(ok, message)
  if not ok then error({ code = "output", reason = "cannot write " .. message }, 0) end
end

--- Another try at what a worker had at hand, by a new one. `silent` says that
--- it was stuck and not dead.
function Pool:replace(index, silent)
  local lost = self.workers[index]
  lost.peer:kill()
  local how, detail = lost.peer:finish()
  must(self.orders:lost(index - 1))
  if not lost.ready then
    self.false_starts = self.false_starts + 1
    if self.false_starts > FALSE_STARTS then
      error({ code = "worker-start", reason =
        ("a worker ended before it was ready: %s %s"):format(how, detail) }, 0)
    end
  end
  local worker = self:hire(index)
  worker.jobs = lost.jobs
  self.workers[index] = worker
  for _, waiting in ipairs(worker.jobs) do waiting.sent = false end
  local job = worker.jobs[1]
  if not job then return end
  if lost.ready and not job.alone then
    job.alone, job.deaths = true, 0
  elseif lost.ready then
    job.deaths = job.deaths + 1
    if job.deaths > DEATHS + FALSE_STARTS then
      error({ code = "worker-died", reason = detail == OUT_OF_MEMORY
        and "there is not even memory for a worker to refuse a document"
        or ("workers end whatever they are given: %s %s"):format(how, detail) }, 0)
    elseif silent then
      job.task.refuse = { code = "timeout", reason = silent }
    elseif detail == OUT_OF_MEMORY then
      job.task.refuse = { code = "memory", reason = problems.too_large(self.start.memory) }
    elseif job.deaths >= DEATHS then
      job.task.refuse = { code = "worker-died",
        reason = ("the worker died of this document: %s %s"):format(how, detail) }
    end
  end
  send_job(worker, job) -- the others wait until it is complete
end

--- Notes that a job has so many bytes more in memory.
local function hold(job, bytes)
  job.bytes = job.bytes + bytes
  job.held.bytes = job.held.bytes + bytes
end

--- The bytes of an answer, where they are in the arena.
function Pool:found(bytes)
  if type(bytes) ~= "table" then return bytes end
  return self.arena:region(bytes[1], bytes[2])
    or error({ code = "worker-failed", reason = "it answered with bytes that are not there" }, 0)
end

--- Takes an answer to the job at the head of a worker's queue.
function Pool:take(worker, answer)
  local job, out = worker.jobs[1], answer.out
  worker.silent_since = clock()
  for name, bytes in pairs(out) do
    out[name] = self:found(bytes)
    hold(job, #out[name])
  end
  answer.spill = self:found(answer.spill)
  hold(job, #answer.spill)
  job.answers[#job.answers + 1] = answer
  job.upto = math.max(job.upto, answer.upto)
  if not answer.over then return end
  if not answer.exhausted then
    -- One item alone is done. After the culprit the rest goes together again.
    job.deaths = 0
    if job.task.refuse then job.task.refuse, job.alone = nil, false end
    return send_job(worker, job)
  end
  job.complete = true
  table.remove(worker.jobs, 1)
  for _, waiting in ipairs(worker.jobs) do
    if not waiting.sent then send_job(worker, waiting) end
  end
end

--- Hears what one worker has to say. The job at its head is the one every
--- answer is about: a worker does its tasks in the order they came.
function Pool:hear(index)
  local worker = self.workers[index]
  while true do
    local bytes, gone = worker.peer:receive()
    if not bytes then
      if gone then self:replace(index) end
      return
    end
    local answer = unpack_data(bytes)
    if answer.ready then
      worker.ready = true
      self.false_starts = 0
      worker.silent_since = clock()
    elseif answer.failed then
      error({ code = "worker-failed", reason = answer.failed }, 0)
    elseif answer.done ~= nil then
      must(self.orders:heard(index - 1, self:found(answer.done)))
    else
      self:take(worker, answer)
    end
  end
end

function Pool:watch()
  for index, worker in ipairs(self.workers) do
    if not worker.jobs[1] then
      worker.silent_since = clock()
    elseif clock() - worker.silent_since > (worker.ready and self.timeout or READY) then
      self:replace(index, ("no answer for %g s"):format(self.timeout))
    end
  end
end

local function idlest(workers)
  local best
  for _, worker in ipairs(workers) do
    local job = worker.jobs[1]
    local free = #worker.jobs < DEPTH and not (job and job.alone)
    if free and (not best or #worker.jobs < #best.jobs) then best = worker end
  end
  return best
end

--- Whether the workers are behind with packing.
function Pool:is_packing()
  return self.orders.bytes >= AHEAD_PACKING * #self.workers
end

--- Has every block of `next_block` done and collects the answers in order;
--- `done` hears of each block that is behind us, `tick` is called again and
--- again, every second at least.
---@param segment integer
---@param next_block fun(): table?
---@param collect fun(answer: pumice.Answer)
---@param done fun(block: table)
---@param tick fun()
function Pool:each(segment, next_block, collect, done, tick)
  local window, dealt, collected, more = {}, 0, 0, true
  local peers, held = {}, { bytes = 0 }
  while more or collected < dealt do
    while more and dealt - collected < AHEAD * #self.workers
      and held.bytes < AHEAD_BYTES * #self.workers and not self:is_packing() do
      local worker = idlest(self.workers)
      if not worker then break end
      local block = next_block()
      if not block then
        more = false
        break
      end
      dealt = dealt + 1
      local job = { task = { segment = segment, block = block }, upto = 0, answers = {},
        bytes = 0, held = held, data = block.data or "" }
      hold(job, #job.data)
      if type(job.data) == "userdata" then block.data = { job.data:place() } end
      window[dealt] = job
      if not worker.jobs[1] then worker.silent_since = clock() end
      worker.jobs[#worker.jobs + 1] = job
      send_job(worker, job)
    end
    for i, worker in ipairs(self.workers) do peers[i] = worker.peer end
    local job = window[collected + 1]
    if job and not job.complete or not job and more and self:is_packing() then
      assert(process.poll(peers, math.min(self.timeout, 1)))
    end
    if process.interrupt() then error({ code = "interrupted", signal = process.interrupt() }, 0) end
    for index in ipairs(self.workers) do self:hear(index) end
    self:watch()
    while collected < dealt and window[collected + 1].complete do
      collected = collected + 1
      for _, answer in ipairs(window[collected].answers) do collect(answer) end
      done(window[collected].task.block)
      hold(window[collected], -window[collected].bytes)
      core.arena.free(window[collected].data)
      window[collected] = nil
    end
    tick()
  end
end

--- Ends the workers.
function Pool:close()
  local peers = { self.keeping }
  for _, worker in ipairs(self.workers) do peers[#peers + 1] = worker.peer end
  for _, peer in ipairs(peers) do peer:kill() end -- they take their time, all at once
  for _, peer in ipairs(peers) do peer:finish() end
  self.workers = {}
end

return M
