--- Takes one document through the steps of a segment and notes what became of
--- it: kept, dropped (by which step, why), rejected (an error, and where).
local core = require "pumice.core"
local json = require "pumice.json"
local stage = require "pumice.stage"
local new_tally = require("pumice.engine.tally").new
local trace = require "pumice.engine.trace"

local clock, outside, raise_limits = core.process.clock, core.budget.outside,
  core.regex.raise_limits
local problems = require "pumice.engine.problems"

local M = {}

--- Instructions of Lua that one step may take for one document.
M.steps_a_document = 1000 * 1000 * 1000

local function restore(raised, ...)
  raise_limits(raised)
  return ...
end

--- Calls code of the recipe, within so many instructions. In it a regex that
--- reaches a limit raises, since a stage that took it for no match would let
--- through what it was to drop.
---@param instructions integer
---@param f function
---@return boolean ok
---@return any ...  what f returns, or what was raised
function M.limited(instructions, f, ...)
  return restore(raise_limits(true), core.budget.call(instructions, f, ...))
end

local limited = M.limited

local Steps = {}
Steps.__index = Steps

---@param segment pumice.Segment
---@param results table<table, any>  the result of each fold, by its barrier
function M.new(segment, results)
  local self = setmetatable({ steps = segment.steps, results = results, emits = {},
    idle = {} }, Steps)
  for i in ipairs(self.steps) do
    self.idle[i] = true
    -- What comes after is not at the expense of the step that emits.
    self.emits[i] = outside(function(doc)
      doc = self:document(doc, i)
      local emitted = self.emitted
      self:from(i + 1, doc)
      self.emitted = emitted + 1
    end)
  end
  self:clear()
  return self
end

--- Begins a new count; returns the old one.
function Steps:clear()
  local tallies = self.tallies
  self.tallies = {}
  for i in ipairs(self.steps) do
    self.tallies[i] = new_tally()
  end
  return tallies
end

--- A stage may give a Record or any table with fields.
function Steps:document(value, i)
  if json.type(value) == "object" then
    return type(value) == "table" and json.record(value) or value
  end
  error({ code = "stage-result", reason = ("%s gave a %s and not a document"):format(
    self.steps[i].name, type(value)) }, 0)
end

--- Bytes of the details of a drop, as JSON, and, where there are more, of one of
--- those that stay.
local DETAILS, DETAIL = 1024 * 1024, 1024

--- Why a document was dropped: a reason that is short; the details without what
--- their metatable may say of them, and without what JSON cannot hold. Of details
--- that are too long `value`, `limit` and `copy_of` stay. `reason_length` and
--- `details_length` are there when something was cut: how many bytes it was.
local function why(reason, details)
  local all, sizes, bytes = {}, {}, 0
  for name, value in next, type(details) == "table" and details or all do
    local ok, text = type(name) == "string", nil
    if ok then ok, text = pcall(json.encode, { [name] = value }) end
    if ok then all[name], sizes[name], bytes = value, #text, bytes + #text end
  end
  if bytes > DETAILS then
    local kept = { details_length = bytes }
    for _, name in ipairs { "value", "limit", "copy_of" } do
      if (sizes[name] or 0) <= DETAIL then kept[name] = all[name] end
    end
    all = kept
  end
  local short, length = problems.tidy(problems.said(reason or "no reason given"))
  all.reason_length = length or all.reason_length
  return short, next(all) and all
end

local function call(step, doc, emit, results, fate)
  local barrier = step.after
  if not barrier then return step.each(doc, emit) end
  if barrier.barrier == "fold" then return step.each(doc, results[barrier]) end
  if fate == nil then return doc end
  return step.each(doc, fate)
end

--- Notes that a step is of use: its documents need not be compared any more.
function Steps:busy(at)
  self.idle[at] = false
  self.tallies[at].effects = 1
end

--- Runs `doc` from step `i` on. What becomes of it is told to `self.into`;
--- `self.emitted` counts what the step at hand emits.
function Steps:from(i, doc)
  local state -- the document as JSON, where the step before has needed it
  for at = i, #self.steps do
    local step, tally = self.steps[at], self.tallies[at]
    tally.entered = tally.entered + 1
    self.emitted = 0
    local note = self.note
    local idle = self.idle[at]
    local before = (note or idle) and (state or trace.state(doc))
    local start = clock()
    local ok, result, reason, details =
      limited(M.steps_a_document, call, step, doc, self.emits[at], self.results, self.fate)
    tally.seconds = tally.seconds + clock() - start
    local emitted = self.emitted
    tally.left = tally.left + emitted
    self.made = self.made + emitted
    local is_document
    if ok and rawequal(result, doc) then
      is_document = true -- it was one before
    elseif ok and result ~= nil then
      is_document, result = pcall(self.document, self, result, at)
    end
    if is_document then
      doc = result
      state = (note or idle) and trace.state(doc)
      if idle and (emitted > 0 or not state or state ~= before) then self:busy(at) end
      if note then note { op = "step", step = step.name, before = before, after = state } end
      tally.left = tally.left + 1
    elseif not ok or is_document == false then
      tally.rejected = tally.rejected + 1
      self:busy(at)
      return self.into:on_rejected(doc, step.name, result)
    elseif emitted > 0 and reason == nil then
      self.made = self.made - 1 -- it became what it emitted
      self:busy(at)
      if note then note { op = "became", step = step.name, count = emitted } end
      return
    else
      reason, details = why(reason, details)
      tally.dropped = tally.dropped + 1
      tally.reasons[reason] = (tally.reasons[reason] or 0) + 1
      self:busy(at)
      return self.into:on_dropped(doc, step.name, reason, details)
    end
  end
  self.into:on_kept(doc, state or nil)
end

---@class pumice.Into  where the fates of documents go
---@field on_kept fun(self, doc: table, line?: string)  the document as JSON, if it is known
---@field on_dropped fun(self, doc: table, stage: string, reason: string, details?: table)
---@field on_rejected fun(self, doc: table, stage: string, problem: any)

--- Takes the documents of a group through the first step, which is the group's
--- own, and those that stay through the others. Returns how many documents they
--- became beyond those they were.
---@param docs table[]
---@param key string|number
---@param origin pumice.Item
---@param into pumice.Into
---@return integer made
function Steps:run_group(docs, key, origin, into)
  self.note, self.fate, self.into, self.made = false, nil, into, 0
  stage.origin = origin
  local step, tally = self.steps[1], self.tallies[1]
  tally.entered = tally.entered + #docs
  self:busy(1)
  local start = clock()
  local ok, kept, reason, details = limited(#docs * M.steps_a_document,
    step.each, table.move(docs, 1, #docs, 1, {}), key)
  tally.seconds = tally.seconds + clock() - start
  if ok and type(kept) ~= "table" then
    ok, kept = false, { code = "stage-result", reason = ("%s gave a %s and not a list of documents")
      :format(step.name, type(kept)) }
  end
  if not ok then
    tally.rejected = tally.rejected + #docs
    for _, doc in ipairs(docs) do into:on_rejected(doc, step.name, kept) end
    return 0
  end
  local stays, was = {}, {}
  for _, doc in ipairs(kept) do stays[doc] = true end
  reason, details = why(reason, details)
  for _, doc in ipairs(docs) do
    was[doc] = true
    if not stays[doc] then
      tally.dropped = tally.dropped + 1
      tally.reasons[reason] = (tally.reasons[reason] or 0) + 1
      into:on_dropped(doc, step.name, reason, details)
    end
  end
  for _, doc in ipairs(kept) do
    if stays[doc] then -- named twice, it stays once
      stays[doc] = nil
      tally.left = tally.left + 1
      if not was[doc] then self.made = self.made + 1 end
      local is_document, converted = pcall(self.document, self, doc, 1)
      if is_document then
        self:from(2, converted)
      else
        into:on_rejected(json.record {}, step.name, converted)
      end
    end
  end
  return self.made
end

--- Counts a document that the first step cannot have.
function Steps:refuse_first()
  local tally = self.tallies[1]
  tally.entered, tally.rejected = tally.entered + 1, tally.rejected + 1
end

--- Takes `doc` through all steps. Returns how many documents it became beyond
--- the one it was.
---@param doc table
---@param fate any  what the cluster before this segment decided of it
---@param origin pumice.Item  names it when it has no id
---@param into pumice.Into
---@param note? fun(event: table)  told what each step did
---@return integer made
function Steps:run(doc, fate, origin, into, note)
  self.fate, self.into, self.emitted, self.made = fate, into, 0, 0
  self.note = note or false
  stage.origin = origin
  self:from(1, doc)
  return self.made
end

return M
