--- Says what broke: the code and what happened, where in the recipe, in which
--- document, and the way out.
local caret = require "pumice.caret"
local errors = require "pumice.errors"
local options = require "pumice.options"
local quote = require "pumice.quote"
local sandbox = require "pumice.engine.sandbox"
local stage = require "pumice.stage"

local M = {}

--- Kinds of problems that are told in full.
local TOLD = 3

---@class pumice.Blame  what is known of the run
---@field file { source: string, name: string }  the recipe's
---@field recipe string  as it was named
---@field words? string[]  recipe options, as they were given
---@field rejects? string  the file with all of them

--- A word for the shell, quoted if it has to be.
---@param word string
---@return string
function M.shell(word)
  if word:find("^[%w_@%%+=:,./-]+$") then return word end
  return "'" .. word:gsub("'", "'\\''") .. "'"
end

local function origin(example)
  return quote.escape(stage.place(example))
end

--- The same where a file of many records has no lines to tell them by: its byte.
local function spot(example)
  local byte = not example.line and example.offset > 0
  return origin(example) .. (byte and (", byte %d"):format(example.offset) or "")
end

local function counted(number)
  return number == 1 and "1 more of the same" or ("%d more of the same"):format(number)
end

--- The fields that a line of the recipe reads and the document does not have,
--- where it has one with nearly that name.
local function field_hint(line, example)
  local has = {}
  for _, name in ipairs(example.fields or {}) do has[name] = true end
  for name in line:gmatch("%.([%a_][%w_]*)") do
    local near = not has[name] and options.nearest(name, example.fields or {})
    if near then
      return ("the document has no field '%s'; did you mean '%s'?"):format(name, near)
    end
  end
end

--- What a recipe asks for that the sandbox does not have, or a function that one
--- of pumice's modules has under nearly that name.
---@param line string  of the recipe
---@param reason string
---@return string?
local function name_hint(line, reason)
  local kind, name = reason:match("nil value %((%a+) '([%w_]+)'%)")
  if kind == "global" and _G[name] ~= nil and not sandbox.environment()[name] then
    return ("'%s' is not in the sandbox: --trust gives it to the recipe"):format(name)
  end
  local module = kind and kind ~= "global" and line:match("([%w_]+)[.:]" .. name .. "%f[^%w_]")
  for _, known in ipairs(module and sandbox.modules or {}) do
    if known == module then
      local names = {}
      for each in pairs(require("pumice." .. module)) do names[#names + 1] = each end
      local near = options.nearest(name, names)
      return ("pumice.%s has no '%s'"):format(module, name)
        .. (near and (", did you mean '%s'?"):format(near) or "")
    end
  end
end

--- Returns what to say of a recipe that does not load: the line of its source
--- below the message, if that names one.
---@param file { source: string, name: string }
---@param message string
---@return string
function M.unloaded(file, message)
  local name = file.name:gsub("^[@=]", "")
  local first = message:match("^[^\n]*")
  if first:sub(1, #name + 1) ~= name .. ":" then return message end
  local number = tonumber(first:match("^(%d+): ", #name + 2))
  local line = number and caret.line(file.source, number) or ""
  if line == "" then return message end
  local lines = { first }
  for each in (caret.mark(line, first) or line):gmatch("[^\n]+") do
    lines[#lines + 1] = "    " .. quote.escape(each)
  end
  lines[#lines + 1] = name_hint(line, first)
  return table.concat(lines, "\n")
end

--- The lines on where in the recipe it happened.
local function place_lines(problem, context, add)
  local place = problem.place
  if not place or place.line < 1 then return add("  in ", problem.stage) end
  local name = place.source:gsub("^[@=]", "")
  add("  ", name, ":", tostring(place.line), " in ", problem.stage)
  if place.source ~= context.file.name then return end
  local line = caret.line(context.file.source, place.line)
  local marked = caret.mark(line, problem.reason:match("^[^\n]*")) or line
  for each in marked:gmatch("[^\n]+") do add("    ", each) end
  local hint = problem.reason:find("nil", 1, true) and problem.examples[1]
    and (name_hint(line, problem.reason) or field_hint(line, problem.examples[1]))
  if hint then add("  ", hint) end
end

local function document_lines(problem, add)
  local first = problem.examples[1]
  if not first then return end
  local has_id = first.id and first.id ~= first.file
  local name = has_id and ("'%s', "):format(quote.escape(first.id)) or ""
  local byte = first.line and (", byte %d"):format(first.offset) or ""
  add("  document ", name, spot(first), byte, ": ", first.text)
  local others = {}
  for i = 2, #problem.examples do others[#others + 1] = spot(problem.examples[i]) end
  local more = problem.count - #problem.examples
  if more > 0 then others[#others + 1] = counted(more) end
  if #others > 0 then add("  also ", table.concat(others, ", ")) end
end

--- The command that runs the first document alone.
local function again(problem, context)
  local first = problem.examples[1]
  if not first or not first.fields or first.renamed then return nil end
  local words = { "pumice why", M.shell(first.id or stage.place(first)), M.shell(context.recipe),
    M.shell(first.file) }
  for _, word in ipairs(context.words or {}) do words[#words + 1] = M.shell(word) end
  return table.concat(words, " ")
end

--- Returns what to say of a kind of problem.
---@param problem pumice.Problem
---@param context pumice.Blame
---@return string
function M.text(problem, context)
  local lines = {}
  local function add(...) lines[#lines + 1] = table.concat { ... } .. "\n" end
  local place = problem.place
  local reason = problem.reason
  if place then -- the place has a line of its own
    local prefix = ("%s:%d: "):format(place.source:gsub("^[@=]", ""), place.line)
    if reason:sub(1, #prefix) == prefix then reason = reason:sub(#prefix + 1) end
  end
  add("rejected (", problem.code, "): ", quote.escape(reason))
  place_lines(problem, context, add)
  document_lines(problem, add)
  local command = again(problem, context)
  if command then add("  again: ", command) end
  if errors.codes[problem.code] then add("  more: pumice help errors ", problem.code) end
  return table.concat(lines)
end

--- Returns what to say of all problems of a run, "" when there were none.
---@param problems pumice.Problem[]
---@param context pumice.Blame
---@return string
function M.all(problems, context)
  local parts, more, kinds = {}, 0, 0
  for i, problem in ipairs(problems) do
    if i <= TOLD then
      parts[i] = M.text(problem, context)
    else
      more, kinds = more + problem.count, kinds + 1
    end
  end
  if more > 0 then
    parts[#parts + 1] = ("and %d more for %d other reasons\n"):format(more, kinds)
  end
  if #parts > 0 then
    parts[#parts + 1] = context.rejects and ("all of them: %s\n"):format(context.rejects)
      or "give --rejects FILE to keep them as they came\n"
  end
  return table.concat(parts)
end

return M
