--- A run: blocks through the segments of a recipe, with the barriers between
--- them, and the count that proves that nothing was lost.
local core = require "pumice.core"
local json = require "pumice.json"
local problems = require "pumice.engine.problems"
local progress = require "pumice.progress"
local steps = require "pumice.engine.steps"

local unpack_data = core.pack.unpack

local M = {}

---@class pumice.Summary
---@field read integer  documents that came in
---@field passed integer  what came in and is no document
---@field made integer  documents beyond one for each (by emit)
---@field kept integer
---@field dropped integer
---@field rejected integer
---@field problems pumice.Problem[]  what was rejected, alike ones together
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
---@field progress? pumice.Progress
---@field input_bytes? integer  of the files, for the progress; nil: not known
---@field limit? integer  documents that are read at most
local Run = {}
Run.__index = Run

local function add_tally(into, tally)
  for name, value in pairs(tally) do
    if name == "reasons" then
      for reason, count in pairs(value) do
        into.reasons[reason] = (into.reasons[reason] or 0) + count
      end
    else
      into[name] = into[name] + value
    end
  end
end

function Run:prepare()
  self.progress = self.progress or progress.new("none", true)
  self.summary = { read = 0, passed = 0, made = 0, kept = 0, dropped = 0, rejected = 0 }
  self.tallies = {}
  for number, segment in ipairs(self.segments) do
    self.tallies[number] = {}
    for i in ipairs(segment.steps) do self.tallies[number][i] = steps.tally() end
  end
  if self.commit then
    self.summary, self.tallies = self.commit.summary, self.commit.tallies
  end
  self.problems = problems.new(self.summary.problems)
  self.summary.problems = json.array(self.problems.list)
end

--- Takes what documents left at a barrier: now, or from the journal.
local function absorb(gathered, barrier, mark)
  for _, sketch in ipairs(mark.sketches or {}) do
    gathered.sketches[#gathered.sketches + 1] = unpack_data(sketch)
  end
  if mark.state ~= nil then
    gathered.state = gathered.state == nil and mark.state
      or barrier.merge(gathered.state, mark.state)
  end
  table.move(mark.links or {}, 1, #(mark.links or {}), #gathered.links + 1, gathered.links)
end

--- What has gathered at the barrier of a segment: nothing yet, or what the
--- journal has of it.
function Run:gather(number, barrier)
  local gathered = { sketches = {}, links = {}, state = nil }
  if self.journal then
    local length = self.commit and self.commit.marks[number] or 0
    for mark in self.journal:open_marks(number, length) do
      if mark.place then self.stores[number]:add(mark.place) end
      absorb(gathered, barrier, mark)
    end
  end
  return gathered
end

--- Tells the progress how much a phase has to do, from a position on: bytes of
--- input, documents up to the limit or from the barrier before, pairs of them.
--- Returns whether it is bytes.
function Run:announce(number, pairs_of_documents, from)
  local part = { number = number, parts = #self.segments, done = 0, bytes = false }
  if pairs_of_documents then
    part.total, part.done = #pairs_of_documents, from or 0
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

--- Has the blocks of one phase of a segment done: "run" from a position on, or
--- "compare" for pairs of documents.
function Run:phase(number, phase, blocks, gathered, from, pairs_of_documents)
  local barrier, told = self.segments[number].barrier, self.progress
  local summary, sink, written = self.summary, self.sink, 0
  local in_bytes = self:announce(number, pairs_of_documents, from)
  self.pool:each(number, blocks, function(answer)
    sink:write("dropped", answer.lines.dropped)
    sink:write("rejected", answer.lines.rejected)
    sink:write("kept", answer.kept_lines, answer.pieces)
    written = written + #answer.kept_lines + #answer.lines.dropped
    told:step(not in_bytes and answer.read or 0, answer.read)
    if phase == "run" then
      self.problems:merge(answer.problems)
      if answer.trace then
        summary.trace = table.move(answer.trace, 1, #answer.trace, #(summary.trace or {}) + 1,
          summary.trace or {})
      end
      summary.made = summary.made + answer.made
      summary.dropped = summary.dropped + answer.dropped
      summary.rejected = summary.rejected + answer.rejected
      summary.passed = summary.passed + answer.passed
      if number == 1 then summary.read = summary.read + answer.read end
      if not barrier then summary.kept = summary.kept + answer.kept end
      for i, tally in ipairs(answer.tallies) do add_tally(self.tallies[number][i], tally) end
    end
    if barrier then
      local mark = { sketches = answer.sketches, state = answer.state, links = answer.links }
      if answer.chunk then
        written = written + #answer.chunk
        mark.place = self.stores[number]:append(answer.chunk, answer.count)
      end
      absorb(gathered, barrier, mark)
      if self.journal then self.journal:mark(number, mark) end
    end
  end, function(block)
    self.at = { segment = number, phase = phase, position = block.after }
    if self.journal and self.journal:is_due(written) then self:save() end
    written = 0
    if in_bytes and block.after then told:reach(block.after.taken) end
  end, function() told:tick() end)
end

--- Puts on the disk how far the run has come.
function Run:save(finished)
  local at = self.at or self.commit or {}
  self.journal:commit({ segment = at.segment, phase = at.phase, position = at.position,
    finished = finished, summary = self.summary, tallies = self.tallies },
    self.sink, self.stores)
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

local function finish_fold(barrier, gathered)
  local state = gathered.state
  if state == nil then state = barrier.start() end
  if barrier.finish then state = barrier.finish(state) end
  return state
end

--- Links the documents a cluster barrier proposes, and asks it for their fates.
function Run:finish_cluster(number, barrier, gathered)
  local candidates = barrier.pairs(gathered.sketches)
  local links = {}
  if barrier.compare then
    local from = self:resumed(number, "compare")
    if from ~= false then
      self:phase(number, "compare", self.stores[number]:pair_blocks(candidates, from), gathered,
        from, candidates)
    end
    links = gathered.links
  else
    for i, pair in ipairs(candidates) do
      links[i] = { a = pair[1], b = pair[2], evidence = true }
    end
  end
  return barrier.resolve(gathered.sketches, links)
end

--- The fates of grouped documents: the first of each group has the numbers of
--- the others, those have `taken`.
local function finish_group(gathered)
  local fates, first = {}, {}
  for number, key in ipairs(gathered.sketches) do
    if key ~= false then
      local leader = first[key]
      if leader then
        table.insert(fates[leader].others, number)
        fates[number] = { taken = true }
      else
        first[key] = number
        fates[number] = { key = key, others = {} }
      end
    end
  end
  return fates
end

function Run:all()
  local blocks = self.blocks
  for number, segment in ipairs(self.segments) do
    local barrier = segment.barrier
    local gathered = barrier and self:gather(number, barrier)
    local from = self:resumed(number, "run")
    if from ~= false then self:phase(number, "run", blocks(from), gathered, from) end
    if barrier then
      local store, fates = self.stores[number], nil
      if barrier.barrier == "fold" then
        self.pool:set_result(number, finish_fold(barrier, gathered))
      elseif barrier.barrier == "group" then
        fates = store:place_fates(finish_group(gathered))
      else
        fates = self:finish_cluster(number, barrier, gathered)
      end
      blocks = function(position) return store:blocks(fates, position) end
    end
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

--- Runs it. Raises {code, reason} when the world fails (disk, workers) or when
--- documents are missing at the end.
---@param run pumice.Run  its fields but those that a run makes for itself
---@return pumice.Summary
function M.run(run)
  local self = setmetatable(run, Run)
  self:prepare()
  self:all()
  self:check_count()
  if self.journal then self:save(true) end
  self.sink:commit()
  if self.journal then self.journal:remove() end
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

return M
