--- Answers: what a worker says of a task, or of a part of it. One is put together
--- document by document, and closed when it is given.
local core = require "pumice.core"
local block = require "pumice.engine.block"
local form = require "pumice.engine.form"
local frames = require "pumice.engine.frames"
local layout = require "pumice.engine.layout"
local lines = require "pumice.engine.lines"
local problems = require "pumice.engine.problems"
local trace = require "pumice.engine.trace"

local pack_data = core.pack.pack

local JSON_LINES = assert(layout.parse "-")

local M = {}

---@class pumice.Answer
---@field upto integer  number of the last item done
---@field over boolean  the task is done
---@field exhausted boolean  the block has no items after `upto`
---@field read integer
---@field passed integer  what is no document
---@field marked integer  files of one document that began with a byte order mark
---@field mended integer  documents with bytes that were not UTF-8 and are now
---@field doubled integer  documents with a key twice in an object
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

--- An answer that is not closed yet. What is in `counts` is part of the answer.
---@class pumice.answer.Draft
---@field counts table
---@field size integer  bytes of documents in it
---@field forms table<string, table>  see pumice.engine.form
---@field docs table[]  what waits in the spill, see pumice.engine.block
---@field keys string[]
---@field state? any  of a fold
---@field sketches table
---@field links table
local Draft = {}
Draft.__index = Draft

--- The strings of a list, the ending behind each, as bytes of an answer.
local function joined(list, ending)
  return table.concat(list, ending) .. ending
end

---@class pumice.answer.Options
---@field layouts? table<string, pumice.Layout>  of the outputs that there are; nil: all, as JSON
---  lines
---@field wanted? pumice.Trace.Wanted  documents to trace
---@field put? fun(list: string[], ending: string): pumice.Bytes  what makes the bytes

--- Returns a function that begins an answer, and the forms of the outputs.
---@param opts pumice.answer.Options
---@return fun(): pumice.answer.Draft
---@return table<string, table> forms
function M.maker(opts)
  local layouts, wanted, put = opts.layouts or {}, opts.wanted, opts.put or joined
  local tree = layouts.kept and layouts.kept.folder and layouts.kept
  local forms = { kept = form.new(layouts.kept or JSON_LINES) }
  for name, names in pairs(lines.columns) do
    if not opts.layouts or layouts[name] then
      forms[name] = form.new(layouts[name] or JSON_LINES, names)
    end
  end
  return function()
    return setmetatable({
      counts = { upto = 0, read = 0, passed = 0, marked = 0, mended = 0, doubled = 0, made = 0,
        kept = 0, dropped = 0, rejected = 0 },
      out = { kept = {}, dropped = {}, rejected = {} }, size = 0,
      pieces = tree and { sizes = {}, names = {} } or nil,
      docs = {}, keys = {}, sketches = frames.writer(), links = frames.writer(),
      problems = problems.new(), trace = wanted and {},
      forms = forms, tree = tree, wanted = wanted, put = put }, Draft)
  end, forms
end

--- Notes an event of an item if it is traced.
function Draft:note(item, event)
  if trace.is_wanted(self.wanted, item) then
    table.insert(self.trace, trace.event(item, event))
  end
end

function Draft:reject(item, stage_name, raised)
  local code, reason, place = problems.explain(raised)
  self.counts.rejected = self.counts.rejected + 1
  self.problems:add(item, stage_name, code, reason, place)
  self:note(item, { op = "rejected", step = stage_name, code = code, reason = reason,
    place = place })
  if self.forms.rejected then -- what nobody wants is not made
    self:tell("rejected", lines.rejected(item, stage_name, code, reason))
  end
end

--- Adds bytes to what is written.
function Draft:put_out(name, bytes)
  table.insert(self.out[name], bytes)
  self.size = self.size + #bytes
end

--- Adds a line of --dropped or --rejects.
function Draft:tell(name, line)
  self:put_out(name, (self.forms[name]:bytes(nil, line)))
end

--- Adds a document to what is written. Returns false after rejecting it.
function Draft:write(doc, line, item)
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

--- Notes that a step dropped a document.
function Draft:drop(doc, item, stage_name, reason, details)
  self.counts.dropped = self.counts.dropped + 1
  if self.forms.dropped then
    self:tell("dropped", lines.dropped(doc, item, stage_name, reason, details,
      self.forms.dropped.layout.delimiter ~= nil))
  end
  if not self.wanted then return end
  self:note(item, { op = "dropped", step = stage_name, reason = reason, details = details,
    after = trace.state(doc) })
end

function Draft:bytes(list, ending)
  return #list > 0 and self.put(list, ending) or ""
end

--- Adds what the answer has for the spill, each {bytes, count}.
function Draft:give_spill(answer)
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

--- Closes it: returns what there is to say.
---@param over boolean
---@param exhausted boolean
---@param tallies pumice.Tally[]
---@return pumice.Answer
function Draft:close(over, exhausted, tallies)
  local answer, out = self.counts, self.out
  answer.over, answer.exhausted, answer.tallies = over, exhausted, tallies
  answer.out = { kept = self:bytes(out.kept, "\n"), dropped = self:bytes(out.dropped, "\n"),
    rejected = self:bytes(out.rejected, "\n") }
  answer.pieces = self.pieces
  answer.keys = table.concat(self.keys)
  self:give_spill(answer)
  answer.problems, answer.trace = self.problems.list, self.trace or nil
  return answer
end

return M
