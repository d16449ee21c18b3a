--- What a run says of itself when it is over.
local options = require "pumice.options"
local quote = require "pumice.quote"

local M = {}

local function pad(text, width, right)
  local blanks = (" "):rep(width - (utf8.len(text) or #text))
  return right and blanks .. text or text .. blanks
end

--- Returns rows of strings as a table; the first column is flush left, all
--- others flush right.
---
--- ```lua
--- local report = require "pumice.report"
--- report.table { { "stage", "in" }, { "clean", "12" } }  --> "stage  in\nclean  12\n"
--- ```
---@param rows string[][]
---@return string
function M.table(rows)
  local widths = {}
  for _, row in ipairs(rows) do
    for i, cell in ipairs(row) do
      widths[i] = math.max(widths[i] or 0, utf8.len(cell) or #cell)
    end
  end
  local lines = {}
  for _, row in ipairs(rows) do
    local cells = {}
    for i, cell in ipairs(row) do cells[i] = pad(cell, widths[i], i > 1) end
    lines[#lines + 1] = table.concat(cells, "  "):gsub(" +$", "") .. "\n"
  end
  return table.concat(lines)
end

--- Documents of which one should have met a stage that is of use.
local MANY = 1000

--- What to say of a stage that changed nothing and dropped nothing.
local function idle(step)
  local tally = step.tally
  if tally.effects > 0 or tally.entered < MANY then return "" end
  return ("warning: %s changed nothing and dropped nothing in %d documents\n"):format(step.name,
    tally.entered)
end

--- Reasons of a stage that are told, the most frequent ones.
local TOLD = 20

--- Adds a line for each reason of a step to drop documents.
local function add_reasons(lines, step)
  local counts, names, more = step.tally.reasons, {}, 0
  for reason in pairs(counts) do names[#names + 1] = reason end
  table.sort(names, function(a, b)
    if counts[a] ~= counts[b] then return counts[a] > counts[b] end
    return a < b
  end)
  for i, reason in ipairs(names) do
    if i <= TOLD then
      lines[#lines + 1] =
        ("%s dropped %d: %s\n"):format(step.name, counts[reason], quote.escape(reason))
    else
      more = more + counts[reason]
    end
  end
  if more > 0 then
    lines[#lines + 1] = ("%s dropped %d for %d reasons more: --dropped FILE has each\n"):format(
      step.name, more, #names - TOLD)
  end
end

--- Returns the stage table of a run: what went in and out of each stage, what
--- it dropped and why, which did nothing at all, and the equation that says that
--- nothing was lost.
---@param summary pumice.Summary
---@return string
function M.stages(summary)
  local rows = { { "stage", "in", "out", "dropped", "rejected", "seconds" } }
  local reasons = {}
  for _, step in ipairs(summary.steps) do
    local tally = step.tally
    rows[#rows + 1] = { step.name, tostring(tally.entered), tostring(tally.left),
      tostring(tally.dropped), tostring(tally.rejected), ("%.2f"):format(tally.seconds) }
    add_reasons(reasons, step)
    reasons[#reasons + 1] = idle(step)
  end
  local made = summary.made ~= 0 and (" + %d made"):format(summary.made) or ""
  local equation = ("%d read%s = %d kept + %d dropped + %d rejected\n"):format(
    summary.read, made, summary.kept, summary.dropped, summary.rejected)
  local passed = summary.passed > 0
    and ("passed over %d records that are neither pages nor texts\n"):format(summary.passed) or ""
  local marked = (summary.marked or 0) > 0
    and ("passed over a byte order mark at the start of %d inputs\n"):format(summary.marked) or ""
  local mended = (summary.mended or 0) > 0
    and ("made UTF-8 of %d documents that were not\n"):format(summary.mended) or ""
  local doubled = (summary.doubled or 0) > 0
    and ("took the last value of a key that comes twice in %d documents\n"):format(summary.doubled)
    or ""
  local uncompared = (summary.uncompared or 0) > 0
    and ("could not compare %d pairs of documents, which stay apart\n"):format(summary.uncompared)
    or ""
  return M.table(rows) .. table.concat(reasons) .. passed .. marked .. mended .. doubled
    .. uncompared .. equation
end

---@class pumice.report.Diff
---@field paint? fun(name: string, text: string): string  colours "red", "green"
---@field show? fun(text: string): string  makes a piece of text fit to be shown
---@field context? number  characters shown of what did not change (default: all)
local defaults = { paint = function(_, text) return text end,
  show = function(text) return text end,
  context = math.huge }

--- Cuts the middle out of a text of more than twice `context` characters;
--- `is_first` and `is_last` say that nothing is before or behind it.
local function elide(text, context, is_first, is_last)
  local length = utf8.len(text)
  if not length or length <= 2 * context + 5 then return text end
  local head = is_first and "" or text:sub(1, utf8.offset(text, context + 1) - 1)
  local tail = is_last and "" or text:sub(utf8.offset(text, -context))
  return head .. " ... " .. tail
end

--- Returns a word diff as text: [-what only the first has-] {+what only the
--- second has+}, and of what moved [~where it stood~] {~where it stands~}.
---
--- ```lua
--- local report = require "pumice.report"
--- local a, b = "the red fox", "the grey fox"
--- report.diff(pumice.align.diff(a, b), a, b)  --> "the [-red-]{+grey+} fox"
--- a, b = "All is well. The sea is calm today.\n", "The sea is calm today. All is well.\n"
--- report.diff(pumice.align.diff(a, b, { moves = 3 }), a, b)
---   --> "[~All is well. ~]The sea is calm today.\n{~All is well.\n~}"
--- ```
---@param diff table[]  of align.diff(a, b)
---@param a string
---@param b string
---@param opts? pumice.report.Diff
---@return string
function M.diff(diff, a, b, opts)
  local o = options.read(opts, defaults)
  local paint, show = o.paint, o.show
  local parts = {}
  for i, piece in ipairs(diff) do
    local mine = piece.first and a:sub(piece.first, piece.last) or ""
    local theirs = piece.their_first and b:sub(piece.their_first, piece.their_last) or ""
    if piece.op == "same" then
      parts[#parts + 1] = show(elide(mine, o.context, i == 1, i == #diff))
    else
      -- A word carries the space after it; what both have is no change.
      local space = mine:match("%s*$")
      if mine == "" or theirs:match("%s*$") ~= space then space = "" end
      mine, theirs = mine:sub(1, #mine - #space), theirs:sub(1, #theirs - #space)
      local old, new = "-", "+"
      if piece.op == "move" then old, new = "~", "~" end
      if mine ~= "" then
        parts[#parts + 1] = paint("red", "[" .. old .. show(mine) .. old .. "]")
      end
      if theirs ~= "" then
        parts[#parts + 1] = paint("green", "{" .. new .. show(theirs) .. new .. "}")
      end
      parts[#parts + 1] = show(space)
    end
  end
  return table.concat(parts)
end

return M
