--- Tasks: what a worker does with a block of items. The answer says what
--- became of them.
---
--- An answer is given when the task is done, and before that whenever a second
--- has gone by or much has come together: the parent sees that the worker lives,
--- a worker that dies loses only what it has not answered, and no answer is much
--- larger than the largest document.
local core = require "pumice.core"
local json = require "pumice.json"
local answers = require "pumice.engine.answer"
local block = require "pumice.engine.block"
local columns = require "pumice.engine.columns"
local grouping = require "pumice.engine.grouping"
local plan = require "pumice.engine.plan"
local quote = require "pumice.quote"
local stage = require "pumice.stage"
local steps = require "pumice.engine.steps"
local trace = require "pumice.engine.trace"

local clock, limited = core.process.clock, steps.limited

--- Seconds between answers to a task that takes long.
local ANSWER_EVERY = 1

--- Bytes of documents in an answer: more than those of a block.
local ANSWER_BYTES = 2 * 1024 * 1024

local M = {}

---@class pumice.Task
---@field segment integer
---@field block table  see pumice.engine.block
---@field first integer  number of the first item to do, from 1
---@field last? integer  and of the last one; nil: all
---@field refuse? { code: string, reason: string }  reject the items undone

local Tasks = {}
Tasks.__index = Tasks

---@param stages table[]  of the recipe
---@param spills table<integer, any>
---@param how pumice.answer.Options
function M.new(stages, spills, how)
  local self = setmetatable({ results = {}, spills = spills, wanted = how.wanted }, Tasks)
  self.new_answer, self.forms = answers.maker(how)
  stages, self.columns = columns.found_by(stages, how.layouts and how.layouts.kept)
  self.segments = plan.segments(stages)
  self.steps = {}
  for i, segment in ipairs(self.segments) do self.steps[i] = steps.new(segment, self.results) end
  return self
end

--- Takes the result of the fold that ends a segment.
function Tasks:set_result(segment, result)
  local barrier = self.segments[segment].barrier
  self.results[barrier] = result
  if barrier == self.columns then self.forms.kept.names = result end
end

--- Whether the task is what comes behind a group.
local function is_after_group(stages, task)
  local after = stages.steps[1]
  after = after and after.after
  return after and after.barrier == "group" and task.block.kind == "chunk"
end

function Tasks:begin(task)
  self.stages, self.barrier = self.steps[task.segment], self.segments[task.segment].barrier
  self.after_group = is_after_group(self.stages, task)
  self.stages:clear()
  self.answer = self.new_answer()
end

--- Gives the answer of what was done so far, and begins the next.
function Tasks:give(task, give, over, exhausted)
  local answer = self.answer:close(over, exhausted, self.stages.tallies)
  give(answer)
  self:begin(task)
  self.answer.counts.upto = answer.upto
end

--- A function that notes what steps do to the item, if it is traced.
function Tasks:noter(item)
  if not trace.is_wanted(self.wanted, item) then return nil end
  local answer = self.answer
  answer:note(item, { op = "enter", before = trace.state(item.doc) })
  return function(event) answer:note(item, event) end
end

--- What happens to a document that has come through a segment: it is written,
--- or it leaves its mark at the barrier and waits in the spill. `line`: the
--- document as JSON, if it is known.
function Tasks:keep(doc, item, barrier, line)
  local answer, ok = self.answer, true
  if not line then ok, line = pcall(json.encode, doc) end
  if not ok then
    local place = barrier and barrier.name or "output"
    local reason = line:gsub("^[^\n:]+:%d+: ", "") -- the place of the call above
    return answer:reject(item, place, { code = "not-json", reason = reason })
  end
  if not barrier then
    if not answer:write(doc, line, item) then return end
    if self.wanted then answer:note(item, { op = "kept", after = line }) end
  else
    local marked, key =
      limited(steps.steps_a_document, self.mark, self, doc, barrier, #line)
    if not marked then return answer:reject(item, barrier.name, key) end
    table.insert(answer.docs, { line, item.file, item.line or false, item.offset, key })
  end
  answer.counts.kept = answer.counts.kept + 1
end

--- Notes what a document leaves at a barrier; returns the key of its group.
function Tasks:mark(doc, barrier, bytes)
  local answer = self.answer
  if barrier.barrier == "fold" then
    if answer.state == nil then answer.state = barrier.start() end
    barrier.add(answer.state, doc)
  elseif barrier.barrier == "group" then
    local key = barrier.key(doc)
    if key ~= nil and type(key) ~= "string" and type(key) ~= "number" then
      error({ code = "stage-result", reason = ("the key is a %s"):format(type(key)) }, 0)
    end
    if math.type(key) == "float" then key = math.tointeger(key) or key end
    table.insert(answer.keys, grouping.row(key, bytes))
    return key
  else
    local sketch = barrier.sketch(doc)
    answer.sketches:add(sketch ~= nil and sketch) -- a list has no holes
  end
end

function Tasks:document(item)
  local counts = self.answer.counts
  self.current = item
  counts.made = counts.made
    + self.stages:run(item.doc, item.fate, item, self, self.wanted and self:noter(item))
end

--- Returns an iterator over the other documents of a group.
function Tasks:others(item, task)
  if self.reader_of ~= task then
    self.reader_of, self.reader = task, block.reader(self.spills[task.block.spill])
  end
  return self.reader(item.fate and item.fate.others or "")
end

--- Does a whole group when its first document comes by. Should two keys have
--- one hash, there are several.
function Tasks:group(item, task)
  local groups, keys, items = { [item.key] = { item.doc } }, { item.key }, { [item.doc] = item }
  for other in self:others(item, task) do
    items[other.doc] = other
    if not groups[other.key] then
      groups[other.key] = {}
      keys[#keys + 1] = other.key
    end
    table.insert(groups[other.key], other.doc)
  end
  local counts = self.answer.counts
  self.current, self.items = item, items
  for _, key in ipairs(keys) do
    counts.made = counts.made
      + self.stages:run_group(groups[key], key, item, self)
  end
  self.items = nil
end

--- Rejects a document because its group is too large.
function Tasks:refuse_group(item, task)
  local run, group = self.steps[task.segment], item.fate.refused
  run:refuse_first()
  self.answer:reject(item, run.steps[1].name, { code = "group-too-large", reason =
    ("the group of %s has %d documents of %d bytes; at most %d fit, a quarter of --memory"):format(
      quote.quote(tostring(item.key), 60), group.count, group.bytes, group.most) })
end

--- Does what there is to do for a document behind a group.
function Tasks:grouped(item, task)
  local fate = item.fate or {}
  if fate.taken then return end -- it went with the first of its group
  if fate.refused then return self:refuse_group(item, task) end
  if item.key == nil then return self:document(item) end
  self:group(item, task)
end

--- Rejects an item that workers died of, with the group it stands for.
function Tasks:refuse(item, task)
  self.answer:reject(item, "worker", task.refuse)
  if self.after_group then
    for other in self:others(item, task) do
      self.answer:reject(other, "worker", task.refuse)
    end
  end
end

--- What a document was read from; of one that a stage made, the item at hand.
function Tasks:item_of(doc)
  return self.items and self.items[doc] or self.current
end

--- What steps tell of the document at hand.

function Tasks:on_kept(doc, line)
  self:keep(doc, self:item_of(doc), self.barrier, line)
end

function Tasks:on_dropped(doc, stage_name, reason, details)
  self.answer:drop(doc, self:item_of(doc), stage_name, reason, details)
end

function Tasks:on_rejected(doc, stage_name, raised)
  self.answer:reject(self:item_of(doc), stage_name, raised)
end

function Tasks:compare(item, barrier)
  stage.origin = item
  local ok, evidence =
    limited(steps.steps_a_document, barrier.compare, item.a, item.b, item.pair[4])
  -- The two documents stay; that they could not be compared is on record.
  if not ok then return self.answer:reject(item, barrier.name, evidence) end
  if evidence then
    self.answer.links:add { a = item.pair[1], b = item.pair[2], evidence = evidence }
  end
end

function Tasks:item(item, task)
  local counts = self.answer.counts
  if item.passed then
    counts.passed = counts.passed + 1
    return
  end
  counts.read = counts.read + 1
  if item.marked then counts.marked = counts.marked + 1 end
  if item.mended then counts.mended = counts.mended + 1 end
  if item.doubled then counts.doubled = counts.doubled + 1 end
  if task.refuse then
    self:refuse(item, task)
  elseif item.pair then
    self:compare(item, self.segments[task.segment].barrier)
  elseif self.after_group then
    self:grouped(item, task)
  elseif item.code then
    self.answer:reject(item, "input", item)
  else
    self:document(item)
  end
end

--- Does a task; gives one answer or several.
---@param task pumice.Task
---@param give fun(answer: pumice.Answer)
function Tasks:run(task, give)
  self:begin(task)
  local index, given = 0, clock()
  for item in block.items(task.block, self.spills) do
    index = index + 1
    if index >= task.first then
      self:item(item, task)
      self.answer.counts.upto = index
      if index == task.last then return self:give(task, give, true, false) end
      if self.answer.size > ANSWER_BYTES or clock() - given > ANSWER_EVERY then
        self:give(task, give, false, false)
        given = clock()
      end
    end
  end
  self:give(task, give, true, true)
end

return M
