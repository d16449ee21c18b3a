--- Tasks: what a worker does with a block of items. The answer says what
--- became of them.
---
--- An answer is given when the task is done, and before that whenever a second
--- has gone by or much has come together: the parent sees that the worker lives,
--- a worker that dies loses only what it has not answered, and no answer is much
--- larger than the largest document.
local core = require "pumice.core"
local json = require "pumice.json"
local block = require "pumice.engine.block"
local columns = require "pumice.engine.columns"
local form = require "pumice.engine.form"
local frames = require "pumice.engine.frames"
local grouping = require "pumice.engine.grouping"
local layout = require "pumice.engine.layout"
local lines = require "pumice.engine.lines"
local plan = require "pumice.engine.plan"
local problems = require "pumice.engine.problems"
local quote = require "pumice.quote"
local stage = require "pumice.stage"
local steps = require "pumice.engine.steps"
local trace = require "pumice.engine.trace"

local clock, pack_data, limited = core.process.clock, core.pack.pack, steps.limited

--- Seconds between answers to a task that takes long.
local ANSWER_EVERY = 1

--- Bytes of documents in an answer: more than those of a block.
local ANSWER_BYTES = 2 * 1024 * 1024

local JSON_LINES = assert(layout.parse "-")

local M = {}

---@class pumice.Task
---@field segment integer
---@field block table  see pumice.engine.block
---@field first integer  number of the first item to do, from 1
---@field last? integer  and of the last one; nil: all
---@field refuse? { code: string, reason: string }  reject the items undone

---@class pumice.Answer
---@field upto integer  number of the last item done
---@field over boolean  the task is done
---@field exhausted boolean  the block has no items after `upto`
---@field read integer
---@field passed integer  what is no document
---@field marked integer  files of one document that began with a byte order mark
---@field mended integer  documents with bytes that were not UTF-8 and are now
---@field made integer  documents beyond one for each item
---@field kept integer
---@field dropped integer
---@field rejected integer
---@field out { kept: pumice.Bytes, dropped: pumice.Bytes, rejected: pumice.Bytes }  JSON
---  lines, or rows
---@field pieces? { sizes: integer[], names: string[] }  of the kept ones: their bytes without
---  the line end, and the file each goes to
---@field spill pumice.Bytes  what goes to the spill: one after the other
---@field chunks? table[]  kept documents: {size, count} each,
---@field sketches? table[]  their sketches in frames, see pumice.engine.frames,
---@field links? table[]  links in frames,
---@field state? table  or the state of the fold: one {size, 1}
---@field keys? string  the keys of their groups, see pumice.engine.grouping
---@field problems pumice.Problem[]  what was rejected
---@field trace? pumice.Trace.Event[]
---@field tallies pumice.Tally[]

--- Bytes of an answer: a string, or {address, size} in the arena of the run;
--- the parent has a region of it in their place.
---@alias pumice.Bytes string|{ [1]: integer, [2]: integer }|userdata

local Tasks = {}
Tasks.__index = Tasks

--- The strings of a list, the ending behind each, as bytes of an answer.
local function joined(list, ending)
  return table.concat(list, ending) .. ending
end

---@param stages table[]  of the recipe
---@param spills table<integer, any>
---@param wanted? pumice.Trace.Wanted  documents to trace
---@param layouts? table<string, pumice.Layout>  of the outputs that there are; nil: all, as JSON
---  lines
---@param put? fun(list: string[], ending: string): pumice.Bytes  what makes the bytes of answers
function M.new(stages, spills, wanted, layouts, put)
  local self = setmetatable({ results = {}, spills = spills, wanted = wanted or false,
    put = put or joined }, Tasks)
  local all = layouts == nil
  layouts = layouts or {}
  self.tree = layouts.kept and layouts.kept.folder and layouts.kept
  self.forms = { kept = form.new(layouts.kept or JSON_LINES) }
  for name, names in pairs(lines.columns) do
    if all or layouts[name] then
      self.forms[name] = form.new(layouts[name] or JSON_LINES, names)
    end
  end
  stages, self.columns = columns.found_by(stages, layouts.kept)
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
  self.answer = { upto = 0, read = 0, passed = 0, marked = 0, mended = 0, made = 0, kept = 0,
    dropped = 0, rejected = 0 }
  self.out, self.size = { kept = {}, dropped = {}, rejected = {} }, 0
  self.pieces = self.tree and { sizes = {}, names = {} } or nil
  self.docs, self.keys, self.state = {}, {}, nil
  self.sketches, self.links = frames.writer(), frames.writer()
  self.problems = problems.new()
  self.trace = self.wanted and {}
end

function Tasks:bytes(list, ending)
  return #list > 0 and self.put(list, ending) or ""
end

--- Adds what the answer has for the spill, each {bytes, count}.
function Tasks:give_spill(answer)
  local spilled = {}
  local function sizes(list)
    for _, entry in ipairs(list) do
      spilled[#spilled + 1] = entry[1]
      entry[1] = #entry[1]
    end
    return list
  end
  answer.chunks = sizes(block.pack_chunks(self.docs))
  answer.sketches, answer.links = sizes(self.sketches:close()), sizes(self.links:close())
  if self.state ~= nil then
    local ok, state = pcall(pack_data, self.state, "the state of a fold")
    if not ok then error(state:gsub("^[^\n:]+:%d+: ", ""), 0) end
    answer.state = sizes({ { core.spill.compress(state), 1 } })
  end
  answer.spill = self:bytes(spilled, "")
end

--- Closes the answer of what was done so far and gives it.
function Tasks:give(task, give, over, exhausted)
  local answer, out = self.answer, self.out
  answer.over, answer.exhausted = over, exhausted
  answer.out = { kept = self:bytes(out.kept, "\n"), dropped = self:bytes(out.dropped, "\n"),
    rejected = self:bytes(out.rejected, "\n") }
  answer.pieces = self.pieces
  answer.keys = table.concat(self.keys)
  self:give_spill(answer)
  answer.problems, answer.trace = self.problems.list, self.trace or nil
  answer.tallies = self.steps[task.segment].tallies
  give(answer)
  local upto = answer.upto
  self:begin(task)
  self.answer.upto = upto
end

--- Notes an event of an item if it is traced.
function Tasks:note(item, event)
  if trace.is_wanted(self.wanted, item) then
    table.insert(self.trace, trace.event(item, event))
  end
end

--- A function that notes what steps do to the item, if it is traced.
function Tasks:noter(item)
  if not trace.is_wanted(self.wanted, item) then return nil end
  self:note(item, { op = "enter", before = trace.state(item.doc) })
  return function(event) self:note(item, event) end
end

function Tasks:reject(item, stage_name, raised)
  local code, reason, place = problems.explain(raised)
  self.answer.rejected = self.answer.rejected + 1
  self.problems:add(item, stage_name, code, reason, place)
  self:note(item, { op = "rejected", step = stage_name, code = code, reason = reason,
    place = place })
  self:tell_rejected(item, stage_name, code, reason)
end

--- What nobody wants is not made.
function Tasks:tell_rejected(item, stage_name, code, reason)
  if self.forms.rejected then
    self:tell("rejected", lines.rejected(item, stage_name, code, reason))
  end
end

--- Adds bytes to what is written.
function Tasks:put_out(name, bytes)
  table.insert(self.out[name], bytes)
  self.size = self.size + #bytes
end

--- Adds a line of --dropped or --rejects.
function Tasks:tell(name, line)
  self:put_out(name, (self.forms[name]:bytes(nil, line)))
end

--- Adds a document to what is written. Returns false after rejecting it.
function Tasks:write(doc, line, item)
  local bytes, code, reason = self.forms.kept:bytes(doc, line)
  local name
  if bytes and self.tree then
    name, reason = layout.name(self.tree, doc)
    if not name then bytes, code = nil, "no-file-name" end
  end
  if not bytes then
    self:reject(item, "output", { code = code, reason = reason })
    return false
  end
  self:put_out("kept", bytes)
  if name then
    table.insert(self.pieces.sizes, #bytes)
    table.insert(self.pieces.names, name)
  end
  return true
end

--- What happens to a document that has come through a segment: it is written,
--- or it leaves its mark at the barrier and waits in the spill. `line`: the
--- document as JSON, if it is known.
function Tasks:keep(doc, item, barrier, line)
  local ok = true
  if not line then ok, line = pcall(json.encode, doc) end
  if not ok then
    local place = barrier and barrier.name or "output"
    local reason = line:gsub("^[^\n:]+:%d+: ", "") -- the place of the call above
    return self:reject(item, place, { code = "not-json", reason = reason })
  end
  if not barrier then
    if not self:write(doc, line, item) then return end
    if self.wanted then self:note(item, { op = "kept", after = line }) end
  else
    local marked, key =
      limited(steps.steps_a_document, self.mark, self, doc, barrier, #line)
    if not marked then return self:reject(item, barrier.name, key) end
    table.insert(self.docs, { line, item.file, item.line or false, item.offset, key })
  end
  self.answer.kept = self.answer.kept + 1
end

--- Notes what a document leaves at a barrier; returns the key of its group.
function Tasks:mark(doc, barrier, bytes)
  if barrier.barrier == "fold" then
    self.state = self.state or barrier.start()
    barrier.add(self.state, doc)
  elseif barrier.barrier == "group" then
    local key = barrier.key(doc)
    if key ~= nil and type(key) ~= "string" and type(key) ~= "number" then
      error({ code = "stage-result", reason = ("the key is a %s"):format(type(key)) }, 0)
    end
    if math.type(key) == "float" then key = math.tointeger(key) or key end
    table.insert(self.keys, grouping.row(key, bytes))
    return key
  else
    local sketch = barrier.sketch(doc)
    self.sketches:add(sketch ~= nil and sketch) -- a list has no holes
  end
end

function Tasks:document(item)
  local answer = self.answer
  self.current = item
  answer.made = answer.made
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
  self.current, self.items = item, items
  for _, key in ipairs(keys) do
    self.answer.made = self.answer.made
      + self.stages:run_group(groups[key], key, item, self)
  end
  self.items = nil
end

--- Rejects a document because its group is too large.
function Tasks:refuse_group(item, task)
  local run, group = self.steps[task.segment], item.fate.refused
  run:refuse_first()
  self:reject(item, run.steps[1].name, { code = "group-too-large", reason =
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
  self:reject(item, "worker", task.refuse)
  if self.after_group then
    for other in self:others(item, task) do self:reject(other, "worker", task.refuse) end
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
  self.answer.dropped = self.answer.dropped + 1
  local item = self:item_of(doc)
  if self.forms.dropped then
    self:tell("dropped", lines.dropped(doc, item, stage_name, reason, details,
      self.forms.dropped.layout.delimiter ~= nil))
  end
  if not self.wanted then return end
  self:note(item, { op = "dropped", step = stage_name, reason = reason, details = details,
    after = trace.state(doc) })
end

function Tasks:on_rejected(doc, stage_name, raised)
  self:reject(self:item_of(doc), stage_name, raised)
end

function Tasks:compare(item, barrier)
  stage.origin = item
  local ok, evidence =
    limited(steps.steps_a_document, barrier.compare, item.a, item.b, item.pair[4])
  if not ok then
    -- The two documents stay; that they could not be compared is on record.
    local code, reason = problems.explain(evidence)
    return self:tell_rejected(item, barrier.name, code, reason)
  end
  if evidence then
    self.links:add { a = item.pair[1], b = item.pair[2], evidence = evidence }
  end
end

function Tasks:item(item, task)
  if item.passed then
    self.answer.passed = self.answer.passed + 1
    return
  end
  self.answer.read = self.answer.read + 1
  if item.marked then self.answer.marked = self.answer.marked + 1 end
  if item.mended then self.answer.mended = self.answer.mended + 1 end
  if task.refuse then
    self:refuse(item, task)
  elseif item.pair then
    self:compare(item, self.segments[task.segment].barrier)
  elseif self.after_group then
    self:grouped(item, task)
  elseif item.code then
    self:reject(item, "input", item)
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
      self.answer.upto = index
      if index == task.last then return self:give(task, give, true, false) end
      if self.size > ANSWER_BYTES or clock() - given > ANSWER_EVERY then
        self:give(task, give, false, false)
        given = clock()
      end
    end
  end
  self:give(task, give, true, true)
end

return M
