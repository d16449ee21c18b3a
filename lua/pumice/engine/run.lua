--- A run: blocks through the segments of a recipe, with the barriers between
--- them, and the count that proves that nothing was lost.
local core = require "pumice.core"
local frames = require "pumice.engine.frames"
local grouping = require "pumice.engine.grouping"
local json = require "pumice.json"
local problems = require "pumice.engine.problems"
local progress = require "pumice.progress"
local store = require "pumice.engine.store"
local tally = require "pumice.engine.tally"

local unpack_data = core.pack.unpack

local M = {}

--- The share of a worker's memory that the documents of a group may take.
local GROUP_SHARE = 4

local MEMORY = 1024 * 1024 * 1024

---@class pumice.Summary
---@field read integer  documents that came in
---@field passed integer  what came in and is no document
---@field marked integer  inputs that began with a byte order mark, which is passed over
---@field mended integer  documents with bytes that were not UTF-8 and are now
---@field doubled integer  documents with a key twice in an object, of which the last value counts
---@field made integer  documents beyond one for each (by emit)
---@field kept integer
---@field dropped integer
---@field rejected integer
---@field uncompared integer  pairs whose comparison failed
---@field problems pumice.Problem[]  what was rejected or failed so, alike ones together
---@field trace? pumice.Trace.Event[]  of the documents that were to be traced
---@field steps { name: string, tally: pumice.Tally }[]

---@class pumice.Run
---@field segments pumice.Segment[]
---@field stores pumice.Store[]  one for each barrier
---@field pool pumice.Pool
---@field sink pumice.Sink
---@field journal? pumice.Journal
---@field commit? table  the last one of the run that is resumed
---@field blocks fun(position: any): fun(): table?  the input from a position on
---@field changed? fun(done?: integer): string?  which input is not what it was, see
---  pumice.engine.unchanged
---@field progress? pumice.Progress
---@field input_bytes? integer  of the files, for the progress; nil: not known
---@field limit? integer  documents that are read at most
---@field memory? integer  bytes of Lua in a worker (default 1 GiB)
---@field limits? table<string, number>  see pumice.engine.limits; with a journal
---@field token? string  of this run, the same when it is resumed
---@field dry? boolean  change nothing
---@field seal? fun(): fun(summary: pumice.Summary)  called when all is done, before the files
---  get their names; what it gives is called after that
local Run = {}
Run.__index = Run

function Run:prepare()
  self.progress = self.progress or progress.new("none", true)
  self.summary = { read = 0, passed = 0, marked = 0, mended = 0, doubled = 0, made = 0, kept = 0,
    dropped = 0, rejected = 0, uncompared = 0 }
  self.tallies = {}
  for number, segment in ipairs(self.segments) do
    self.tallies[number] = {}
    for i in ipairs(segment.steps) do self.tallies[number][i] = tally.new() end
  end
  if self.commit then
    self.summary, self.tallies = self.commit.summary, self.commit.tallies
  end
  for _, segment in ipairs(self.segments) do
    local kind = segment.barrier and segment.barrier.barrier
    if kind == "fold" or kind == "cluster" then self.keeper = self.keeper or self.pool:keeper() end
  end
  self.problems = problems.new(self.summary.problems)
  self.summary.problems = json.array(self.problems.list)
end

--- An order for the keeper.
function Run:order(number, op, more)
  more = more or {}
  local barrier = self.segments[number].barrier
  more.op, more.segment, more.kind, more.name = op, number, barrier.barrier, barrier.name
  return more
end

--- Asks the keeper, and shows the progress meanwhile.
function Run:ask(number, op, more)
  local order = self:order(number, op, more)
  order.count = self.stores[number].count
  return self.keeper:ask(order, function() self.progress:tick() end)
end

--- Takes what documents left at a barrier, which is in the spill: now, or from
--- the journal.
function Run:absorb(number, mark)
  if mark.chunks then self.stores[number]:add(mark.chunks) end
  if mark.keys then self.grouping:add(mark.keys) end
  if mark.state then
    self.keeper:tell(self:order(number, "state", { place = mark.state }))
  end
  if mark.sketches or mark.links then
    self.keeper:tell(self:order(number, "leave", { sketches = mark.sketches, links = mark.links }))
  end
end

--- Puts what an answer brought into the spill; returns the mark of it, and how
--- many bytes it was.
function Run:mark(number, answer)
  local bytes, mark = #answer.spill, {}
  local offset, message = self.stores[number].spill:append(answer.spill)
  if not offset then error({ code = "spill", reason = message }, 0) end
  core.arena.free(answer.spill)
  for _, name in ipairs { "chunks", "sketches", "links", "state" } do
    local list = answer[name] or {}
    if #list > 0 then mark[name], offset = frames.places(list, offset) end
  end
  mark.state = mark.state and mark.state[1]
  if answer.keys ~= "" then mark.keys = answer.keys end
  return mark, bytes
end

--- Makes ready for what documents leave at the barrier of a segment, and takes
--- what the journal has of it.
function Run:gather(number, barrier)
  if barrier.barrier == "group" then
    self.grouping = grouping.new((self.memory or MEMORY) // GROUP_SHARE, store.folder())
  end
  if not self.journal then return end
  local length = self.commit and self.commit.marks[number] or 0
  for mark in self.journal:open_marks(number, length) do self:absorb(number, mark) end
end

--- Tells the progress how much a phase has to do, from a position on: bytes of
--- input, documents up to the limit or from the barrier before, pairs of them.
--- Returns whether it is bytes.
function Run:announce(number, pairs_count, from)
  local part = { number = number, parts = #self.segments, done = 0, bytes = false }
  if pairs_count then
    part.total, part.done = pairs_count, from or 0
  elseif number > 1 then
    local before = self.stores[number - 1]
    part.total, part.done = before.count, before:count_upto(from or 0)
  elseif self.limit then
    part.total, part.done = self.limit, self.summary.read
  else
    part.total, part.done, part.bytes = self.input_bytes, from and from.taken or 0, true
  end
  self.progress:begin(self.summary, part)
  return part.bytes
end

--- Raises when an input has changed while it was read: one of the first `done`, with
--- which we are done now, or (nil) any.
function Run:check_inputs(done)
  local reason = self.changed and self.changed(done)
  if reason then error({ code = "input-changed", reason = reason }, 0) end
end

--- Has the blocks of one phase of a segment done: "run" from a position on, or
--- "compare" for pairs of documents.
function Run:phase(number, phase, blocks, from, pairs_count)
  local barrier, told = self.segments[number].barrier, self.progress
  local summary, sink, written = self.summary, self.sink, 0
  local in_bytes = self:announce(number, pairs_count, from)
  self.pool:each(number, blocks, function(answer)
    local out = answer.out
    written = written + #out.kept + #out.dropped
    sink:write("dropped", out.dropped)
    sink:write("rejected", out.rejected)
    sink:write("kept", out.kept, answer.pieces)
    told:step(not in_bytes and answer.read or 0, answer.read)
    self.problems:merge(answer.problems)
    if phase == "compare" then
      summary.uncompared = summary.uncompared + answer.rejected
    else
      if answer.trace then
        summary.trace = table.move(answer.trace, 1, #answer.trace, #(summary.trace or {}) + 1,
          summary.trace or {})
      end
      summary.made = summary.made + answer.made
      summary.dropped = summary.dropped + answer.dropped
      summary.rejected = summary.rejected + answer.rejected
      summary.passed = summary.passed + answer.passed
      summary.marked = summary.marked + answer.marked
      summary.mended = summary.mended + answer.mended
      summary.doubled = summary.doubled + answer.doubled
      if number == 1 then summary.read = summary.read + answer.read end
      if not barrier then summary.kept = summary.kept + answer.kept end
      for i, one in ipairs(answer.tallies) do tally.add(self.tallies[number][i], one) end
    end
    if barrier then
      local mark, bytes = self:mark(number, answer)
      written = written + bytes
      self:absorb(number, mark)
      if self.journal then self.journal:mark(number, mark) end
    end
  end, function(block)
    if number == 1 and phase == "run" and block.after then
      self:check_inputs(block.after.index - 1)
    end
    self.at = { segment = number, phase = phase, position = block.after }
    if block.marked then summary.marked = summary.marked + 1 end
    if self.journal and self.journal:is_due(written) then self:save() end
    written = 0
    if in_bytes and block.after then told:reach(block.after.taken) end
  end, function()
    if self.keeper then self.keeper:tick() end
    told:tick()
  end)
end

--- Puts on the disk how far the run has come.
function Run:save(finished)
  local at = self.at or self.commit or {}
  self.journal:commit({ segment = at.segment, phase = at.phase, position = at.position,
    finished = finished, limits = self.limits, summary = self.summary, tallies = self.tallies },
    self.sink, self.stores)
end

--- Notes what is done when the run is interrupted: it is between two blocks then.
function Run:rescue(raised)
  local interrupted = type(raised) == "table" and raised.code == "interrupted"
  if not interrupted or not self.journal or not self.at then return end
  local ok, problem = pcall(self.save, self)
  if not ok then raised.reason = type(problem) == "table" and problem.reason or problem end
end

--- Where in a phase the run that is resumed stood: nil at its beginning, false
--- when it had the phase behind it.
function Run:resumed(number, phase)
  local commit = self.commit
  if not commit or commit.segment < number then return nil end
  if commit.finished or commit.segment > number then return false end
  if commit.phase == phase then return commit.position end
  if phase == "run" then return false end
  return nil
end

--- Links the documents a cluster proposes, and asks it for their fates: returns
--- a function that gives those of some documents.
function Run:finish_cluster(number, barrier)
  local count = self:ask(number, "propose")
  local from = self:resumed(number, "compare")
  if barrier.compare and from ~= false then
    local function fetch(first, last)
      return self:ask(number, "pairs", { from = first, upto = last })
    end
    self:phase(number, "compare", self.stores[number]:pair_blocks(count, fetch, from), from, count)
  end
  self:ask(number, "resolve", { run = { token = self.token, dry = self.dry or false } })
  return function(first, last) return self:ask(number, "fates", { from = first, upto = last }) end
end

--- Finds the groups: returns a function that gives the fates of some documents.
function Run:finish_group(number)
  local groups, documents = self.grouping, self.stores[number]
  groups:finish()
  return function(first, last)
    local fates = groups:fates(first, last)
    for _, fate in pairs(fates) do
      if fate.others then fate.others = documents:places(fate.others) end
    end
    return fates
  end
end

function Run:all()
  local blocks = self.blocks
  for number, segment in ipairs(self.segments) do
    local barrier = segment.barrier
    if barrier then self:gather(number, barrier) end
    local from = self:resumed(number, "run")
    if from ~= false then
      self:phase(number, "run", blocks(from), from)
      if number == 1 then self:check_inputs() end
    end
    if barrier then
      local documents, fates = self.stores[number], nil
      if barrier.barrier == "fold" then
        local result = self:ask(number, "finish")
        if barrier.on_result then barrier.on_result(unpack_data(result)) end
        self.pool:set_result(number, result)
      elseif barrier.barrier == "group" then
        fates = self:finish_group(number)
      else
        fates = self:finish_cluster(number, barrier)
      end
      blocks = function(position) return documents:blocks(fates, position) end
    end
  end
end

--- Has the barriers change what they change outside of the run.
function Run:commit_barriers()
  for number, segment in ipairs(self.segments) do
    if segment.barrier and segment.barrier.commit then self:ask(number, "commit") end
  end
end

function Run:check_count()
  local summary = self.summary
  local out = summary.kept + summary.dropped + summary.rejected
  if summary.read + summary.made ~= out then
    error({ code = "lost", reason = ("%d documents read and %d made, but %d came out: "
      .. "this is a bug of pumice"):format(summary.read, summary.made, out) }, 0)
  end
end

--- The summary, with what each step did.
function Run:finish()
  local summary = self.summary
  summary.steps = {}
  for number, segment in ipairs(self.segments) do
    for i, step in ipairs(segment.steps) do
      if not (step.after and step.after.is_ours) then
        table.insert(summary.steps, { name = step.name, tally = self.tallies[number][i] })
      end
    end
  end
  return summary
end

--- Runs it. Raises {code, reason} when the world fails (disk, workers) or when
--- documents are missing at the end.
---@param run pumice.Run  its fields but those that a run makes for itself
---@return pumice.Summary
function M.run(run)
  local self = setmetatable(run, Run)
  self:prepare()
  local ok, seal = pcall(function()
    self:all()
    self:check_count()
    return self.seal and self.seal()
  end)
  if not ok then
    self:rescue(seal)
    error(seal, 0)
  end
  if self.journal then self:save(true) end
  if not self.dry then self:commit_barriers() end
  self.sink:commit()
  local summary = self:finish()
  if seal then seal(summary) end
  if self.journal then self.journal:remove() end
  return summary
end

return M
