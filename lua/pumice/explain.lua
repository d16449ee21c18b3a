--- Explains what a recipe made of documents: which steps changed them, what
--- changed, word by word, and why they were dropped or rejected.
local align = require "pumice.align"
local caret = require "pumice.caret"
local inspect = require "pumice.inspect"
local json = require "pumice.json"
local quote = require "pumice.quote"
local report = require "pumice.report"

local M = {}

--- Characters shown around a change, of a value, of a document.
local CONTEXT, VALUE, SHOWN = 60, 200, 80

--- How a field is shown that is no text: all that one copy has fits in.
local FIELD = { lines = 40, characters = VALUE, items = 8 }

---@class pumice.Explain
---@field file { source: string, name: string }  the recipe's
---@field paint fun(name: string, text: string): string
---@field steps boolean  step by step, or the document as a whole

--- The events of each document, in the order in which the documents came.
local function by_document(events)
  local order, of = {}, {}
  for _, event in ipairs(events) do
    local key = ("%s\n%d"):format(event.file, event.offset)
    if not of[key] then
      of[key] = {}
      order[#order + 1] = of[key]
    end
    table.insert(of[key], event)
  end
  return order
end

local function fields_of(line)
  return line and json.record(line) or {}
end

--- Adds a line for each field that differs between two states of a document.
local function add_changes(before, after, indent, add, paint)
  local was, is = fields_of(before), fields_of(after)
  for name, value in pairs(is) do
    local old = was[name]
    if old == nil then
      add(indent, paint("green", "+"), " ", name, ": ", inspect.value(value, FIELD))
    elseif type(value) == "string" and type(old) == "string" and value ~= old then
      local edits = align.diff(old, value, { exact = true })
      add(indent, name, ": ", report.diff(edits, old, value,
        { paint = paint, show = quote.escape, context = CONTEXT }))
    elseif json.encode(value) ~= json.encode(old) then
      add(indent, name, ": ", inspect.value(value, FIELD))
    end
  end
  for name in pairs(was) do
    if is[name] == nil then add(indent, paint("red", "-"), " ", name) end
  end
end

--- The number of the only line of `source` that has `text` in it, and the line.
local function only_line(source, text)
  local number, found = 0, nil
  for line in (source .. "\n"):gmatch("(.-)\n") do
    number = number + 1
    if line:find(text, 1, true) and not line:find("^%s*%-%-") then
      if found then return nil end
      found = number
    end
  end
  return found, found and caret.line(source, found):match("^%s*(.-)%s*$")
end

--- Where in the recipe a step stands, or why it dropped: "recipe.lua:7: code".
local function recipe_line(context, event)
  local source, name = context.file.source, context.file.name:gsub("^[@=]", "")
  local number, line
  local is_ours = event.step:find "^%l+%.%l+$" -- its reasons stand in no recipe
  if event.reason and not is_ours then
    local reason = '"' .. event.reason .. '"'
    number, line = only_line(source, "nil, " .. reason) -- an example may name it as well
    if not number then number, line = only_line(source, reason) end
  end
  if not number then
    number = math.tointeger(tonumber(event.step:match("^stage %d+ %(.*:(%d+)%)$")))
    line = number and caret.line(source, number):match("^%s*(.-)%s*$")
  end
  if not number then number, line = only_line(source, event.step) end
  return number and ("%s:%d: %s"):format(name, number, line)
end

local function number_text(details)
  local parts = {}
  if not details then return "" end
  if details.value ~= nil then parts[1] = "value " .. inspect.value(details.value) end
  if details.limit ~= nil then parts[#parts + 1] = "limit " .. inspect.value(details.limit) end
  if details.copy_of ~= nil then
    parts[#parts + 1] = "copy of " .. inspect.value(details.copy_of)
  end
  return #parts > 0 and (" (%s)"):format(table.concat(parts, ", ")) or ""
end

--- What became of a document in the end, for each document it became.
local function fate_text(event, changed_by, paint)
  if event.op == "kept" then
    if #changed_by == 0 then return paint("bold", "kept") .. ", unchanged" end
    return paint("bold", "kept") .. ", changed by " .. table.concat(changed_by, ", ")
  elseif event.op == "dropped" then
    return ("%s by %s: %s%s"):format(paint("bold", "dropped"), event.step,
      quote.escape(event.reason), number_text(event.details))
  end
  return ("%s in %s: %s (%s)"):format(paint("bold", "rejected"), event.step,
    quote.escape(event.reason), event.code)
end

local function is_fate(event)
  return event.op == "kept" or event.op == "dropped" or event.op == "rejected"
end

--- The names of the steps that changed something.
local function changers(events)
  local names, seen = {}, {}
  for _, event in ipairs(events) do
    if event.op == "step" and event.before ~= event.after and not seen[event.step] then
      seen[event.step] = true
      names[#names + 1] = event.step
    end
  end
  return names
end

local function add_step(event, context, add)
  local line = event.step and recipe_line(context, event)
  if event.op == "step" then
    add("  ", event.step, event.before == event.after and ": unchanged" or ": changed")
    if line and event.before ~= event.after then add("    ", context.paint("dim", line)) end
    add_changes(event.before, event.after, "    ", add, context.paint)
  elseif event.op == "became" then
    add("  ", event.step, (": became %d documents"):format(event.count))
  elseif event.op == "dropped" or event.op == "rejected" then
    add("  ", event.step, ": ", event.op, ", ", quote.escape(event.reason),
      number_text(event.details))
    if line then add("    ", context.paint("dim", line)) end
  end
end

local function origin(event)
  return event.line and ("%s:%d"):format(event.file, event.line) or event.file
end

--- What a document is called: its id, and where it stands.
local function title(events)
  local first = events[1]
  local doc = fields_of(first.before)
  local id, place = doc.id, origin(first)
  if id == nil or id == first.file then return quote.escape(place), doc end
  return quote.escape(("%s (%s)"):format(tostring(id), place)), doc
end

local function add_document(events, context, add)
  local name, doc = title(events)
  local changed_by = changers(events)
  for _, event in ipairs(events) do
    if is_fate(event) then
      add(context.paint("bold", name), "  ", fate_text(event, changed_by, context.paint))
      if not context.steps and event.op == "kept" then
        add_changes(events[1].before, event.after, "  ", add, context.paint)
      elseif not context.steps and type(doc.text) == "string" then
        add("  ", quote.quote(doc.text, SHOWN))
      end
    end
  end
  if not context.steps then return end
  for _, event in ipairs(events) do add_step(event, context, add) end
end

--- Returns what to say of the documents that were traced.
---@param events pumice.Trace.Event[]
---@param context pumice.Explain
---@return string
function M.text(events, context)
  local lines = {}
  local function add(...) lines[#lines + 1] = table.concat { ... } .. "\n" end
  for _, of_document in ipairs(by_document(events)) do add_document(of_document, context, add) end
  return table.concat(lines)
end

return M
