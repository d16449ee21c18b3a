--- Streams: a file or a pipe as blocks, cut at the borders of its records.
local core = require "pumice.core"
local cuts = require "pumice.engine.cuts"
local formats = require "pumice.engine.formats"
local records = require "pumice.engine.records"
local unchanged = require "pumice.engine.unchanged"

local input = core.input

--- Bytes of records in a block; in one of a file whose size is known, a share of
--- it, so that a small one too is work for many.
local BLOCK_BYTES = 512 * 1024
local LEAST, MOST, SHARE = 128 * 1024, 1024 * 1024, 64

local M = {}

--- A block of what could not be read: `data`, of which a reject shows `most`
--- bytes, and which has `size` bytes in all.
local function broken(file, line, offset, code, reason, data, most, size)
  local shown = { raw = data }
  records.cut_raw(shown, most or records.RAW_MOST, size)
  return { kind = "broken", file = file, line = line, offset = offset, code = code,
    reason = reason, data = shown.raw, size = shown.raw_length }
end

--- A stream with what is needed to give its blocks; `given` when one was.
local Stream = {}
Stream.__index = Stream

--- Returns a block with what is said of how it is to be read.
---@param this table
---@param reading pumice.source.Reading
function M.to_be_read(this, reading)
  this.max_record, this.max_window = reading.max_record, reading.max_window
  this.invalid = reading.invalid ~= "reject" and reading.invalid or nil
  this.strict = reading.strict or nil
  return this
end

--- Yields a block; `from` is the place behind it, none at the end of the file.
function Stream:give(this, line, offset, damages)
  M.to_be_read(this, self.reading)
  -- It is told once, with the first block.
  this.marked = not self.given and self.file:marked() or nil
  self.given = true
  this.after = { index = self.index, line = line, offset = offset, damages = damages,
    taken = self.before + (self.cuts and offset or self.file and self.file:taken() or 0) }
  coroutine.yield(this)
end

local Failure = { __tostring = function(raised) return raised.reason end }

--- Ends the run: the disk or the system fails. What is in the file is not
--- damaged, and must not be missing for a failure that may be gone tomorrow.
local function fail(message, code)
  error(setmetatable({ code = code or "input", reason = message }, Failure), 0)
end

--- Passes an event on, unless it is such a failure.
function Stream:checked(event, data, line, offset, detail)
  if event == "failed" then fail(self.path .. ": " .. detail) end
  return event, data, line, offset, detail
end

--- Yields what is damaged; returns whether there is more behind it.
function Stream:refuse(line, offset, reason, data)
  local goes_on = self.file:recover()
  local reject = broken(self.path, line, offset, "cannot-read", reason, data)
  if goes_on then
    self:give(reject, self.file:position())
  else
    self:give(reject)
  end
  return goes_on
end

--- A stream that is one document.
function Stream:whole(field)
  local event, data, line, offset, detail = self:checked(self.file:rest())
  if event == "error" then
    self:refuse(line, offset, detail, data)
  elseif event == "long" then
    self:give(broken(self.path, nil, 0, "too-long",
      ("longer than %d bytes"):format(self.max_record), data:sub(1, records.RAW_SHOWN)))
  else
    self:give { kind = "text", file = self.path, field = field, data = data or "" }
  end
end

--- Reads the header of a file of rows. Returns the names and the rest of the
--- first block; nil when the file has none, or one that is refused.
function Stream:header(form)
  while true do
    local event, data, line, offset, detail = self:checked(form.read(self.file, formats.SNIFFED))
    if not event then return nil end
    local names, at, lines, problem, row
    if event == "block" then
      names, at, lines, problem, row = formats.header(data, form.delimiter, self.reading.invalid)
    else
      names, problem, row = false, event == "long" and "it is too long" or detail, data
    end
    if problem then
      self:give(broken(self.path, line, offset, "bad-header",
        ("the header: %s; the file is not read"):format(problem), row))
      return nil
    elseif names then
      return names, { data = data:sub(at), line = line + lines, offset = offset + at - 1 }
    end
  end
end

function Stream:record_block(form, names, first)
  if not first.data and not self.reading.at_hand then
    local changed = unchanged.changed(self.path, self.was)
    if changed then fail(changed, "input-changed") end
    self.entry.was = self.was
  end
  return { kind = form.block, file = self.path, names = names, delimiter = form.delimiter,
    data = first.data, line = first.line, offset = first.offset, size = first.size }
end

--- The names of the columns, for a stream that is gone on with behind them.
function Stream:names_again(form)
  local file <close> = assert(input.open(self.path, self.max_record, self.reading.max_window))
  local again = setmetatable({ file = file, path = self.path, reading = self.reading }, Stream)
  return (again:header(form))
end

function Stream:begin_rows(form, from)
  if from then return self:names_again(form) end
  local names, rest = self:header(form)
  if names and rest.data ~= "" then
    self:give(self:record_block(form, names, rest), self.file:position())
  end
  return names
end

--- What was too long to read. A record of WARC that is no document is passed
--- over as its shorter sisters are.
function Stream:long(form, data, line, offset, size)
  if form.block == "records" and not core.warc.is_page(data) then
    return self:give({ kind = "passed" }, self.file:position())
  end
  self:give(broken(self.path, form.block ~= "records" and line or nil, offset, "too-long",
    records.too_long(form.record, size, self.max_record), data, records.RAW_SHOWN, size),
    self.file:position())
end

--- A stream of lines in a plain file, up to its end or to what makes no block.
--- Returns whether it is at its end.
function Stream:lines(form)
  self.file:peek(formats.SNIFFED)
  if not self.was or not self.file:plain() then return false end
  local size = self.was.size
  local line, offset = self.file:position()
  local step = math.max(LEAST, math.min(MOST, size // SHARE))
  self.cuts = cuts.new { path = self.path, size = size, line = line, offset = offset,
    step = step, max_record = self.max_record, orders = self.orders }
  while true do
    local first, at, bytes = self.cuts:next()
    if not first then
      local over = first == nil
      if not over then self.file:skip(self.cuts.line, self.cuts.offset, 0) end
      self.cuts = nil
      return over
    end
    self:give(self:record_block(form, nil, { line = first, offset = at, size = bytes }),
      self.cuts.line, self.cuts.offset, 0)
  end
end

--- A stream of many records.
function Stream:records(form, from)
  local names = nil
  if from then self.file:skip(from.line, from.offset, from.damages) end
  local wide = not from and form.block ~= "records"
    and formats.is_wide(self.file:peek(formats.SNIFFED))
  if wide then return self:give(broken(self.path, 1, 0, "cannot-read", wide, "")) end
  local at_hand = form.block == "lines" and self.reading.at_hand
  if form.block == "lines" and not at_hand and self:lines(form) then return end
  if form.delimiter then
    names = self:begin_rows(form, from)
    if not names then return end
  end
  local orders = self.orders
  if orders and orders.arena then self.file:share(orders.arena, orders.slots, orders.slots) end
  while true do
    local event, data, line, offset, detail =
      self:checked(form.read(self.file, BLOCK_BYTES, self.was ~= nil))
    if not event then return end
    if event == "block" then
      local this = self:record_block(form, names,
        { data = data or nil, line = line, offset = offset, size = detail })
      if at_hand and not data then this.at_hand = self.file end
      self:give(this, self.file:position())
    elseif event == "long" then
      self:long(form, data, line, offset, detail)
    elseif not self:refuse(form.block ~= "records" and line or nil, offset, detail, data) then
      return
    end
  end
end

--- Yields the blocks of a file or stream.
---@param entry { path: string, kind?: string, ours?: boolean, was?: pumice.unchanged.State }
---  `was` is noted if workers read the file
---@param place { index: integer, before: integer, reading: pumice.source.Reading, from?: table }
---  its number, the bytes of the files before it, and where an earlier run stopped in it
---@param orders? pumice.Orders  of the workers, who look for the ends of lines
function M.read(entry, place, orders)
  local self = setmetatable({ path = entry.path, entry = entry, index = place.index,
    before = place.before, reading = place.reading, max_record = place.reading.max_record,
    orders = orders, given = place.from ~= nil,
    was = not entry.ours and unchanged.look(entry.path) or nil }, Stream)
  local file <close>, message =
    input.open(entry.path, self.max_record, place.reading.max_window)
  if not file then fail("cannot open " .. message) end
  self.file = file
  local kind = entry.kind
  if not kind then
    local head = file:peek(formats.SNIFFED)
    kind = head == "" and "jsonl" or formats.sniff(head)
  end
  if formats.field_of[kind] then
    self:whole(formats.field_of[kind])
  else
    self:records(formats.forms[kind], place.from)
  end
end

return M
