--- Problems: what was rejected. Alike ones are counted together, and a few of
--- each kind are noted so that they can be told in full.
local core = require "pumice.core"
local errors = require "pumice.errors"
local quote = require "pumice.quote"

local M = {}

--- Kinds that are told apart, documents noted of each, fields noted of each.
local MOST_KINDS, MOST_EXAMPLES, MOST_FIELDS = 20, 3, 40

--- Characters shown of a document, bytes of a reason.
local SHOWN, LONGEST = 80, 500

---@class pumice.Problem  a kind of them
---@field stage string
---@field code string
---@field reason string
---@field place? { source: string, line: integer }  in the code of the user
---@field count integer
---@field examples pumice.Problem.Example[]

---@class pumice.Problem.Example
---@field file string  as JSON can hold it
---@field renamed? boolean  the file has another name
---@field line? integer
---@field offset integer
---@field id? string
---@field text string  how it begins, quoted
---@field fields? string[]  the names of the document's fields

--- Instructions that the text of what a recipe raised or gave may take.
local STEPS = 1000000

--- The text of a value of the recipe's, whose __tostring is the recipe's too.
---@param value any
---@return string
function M.said(value)
  if type(value) == "string" then return value end
  local ok, words = core.budget.call(STEPS, tostring, value)
  if not ok then return ("a %s that cannot be shown"):format(type(value)) end
  -- An address would differ from run to run.
  return words:find("^%a+: 0x%x+$") and "a " .. type(value) or words
end

--- The memory that a worker may have, for what it says when that is not enough.
local allowed

--- Notes how much memory this process may have.
---@param memory? integer  bytes
function M.allow(memory) allowed = memory end

local function size_text(bytes)
  for _, unit in ipairs { { 1 << 30, "GiB" }, { 1 << 20, "MiB" } } do
    if bytes % unit[1] == 0 then return ("%d%s"):format(bytes // unit[1], unit[2]) end
  end
  return ("%d"):format(bytes)
end

--- Says that a document takes more memory than is allowed, and what to try.
---@param memory? integer  bytes (default: what was noted)
---@return string
function M.too_large(memory)
  memory = memory or allowed
  local said = "it takes more memory than --memory allows"
  return memory and ("%s, %s; try --memory %s"):format(said, size_text(memory),
    size_text(2 * memory)) or said
end

--- The code and the reason of what a stage raised, and the line of the recipe
--- that led there; ask at once, while the line is known.
---@return string code
---@return string reason
---@return { source: string, line: integer }? place
function M.explain(raised)
  local source, line = core.budget.place()
  local place = source and { source = source, line = line }
  local code = type(raised) == "table" and rawget(raised, "code")
  if type(code) == "string" then
    code = M.tidy(code)
    return code, M.said(rawget(raised, "reason") or code), place
  elseif type(raised) == "string" and raised:find(errors.NO_MEMORY, 1, true) then
    return "memory", M.too_large(), place -- of Lua, or of what C asked of it
  end
  return "stage-error", M.said(raised), place
end

--- Notes how the item begins and which fields it has.
---@param item pumice.Item
---@return pumice.Problem.Example
function M.example(item)
  local doc = item.doc
  local file = quote.valid(item.file)
  local example = { file = file, line = item.line, offset = item.offset,
    renamed = file ~= item.file or nil }
  local text = item.raw
  if doc then
    local id = doc.id
    if type(id) == "string" or type(id) == "number" then
      example.id = tostring(id)
    end
    if type(doc.text) == "string" then text = doc.text end
    example.fields = {}
    for name in pairs(doc) do
      if #example.fields == MOST_FIELDS then break end
      table.insert(example.fields, tostring(name))
    end
  end
  example.text = quote.quote(text, SHOWN)
  return example
end

local Problems = {}
Problems.__index = Problems

--- Returns a collection of problems, with those of `list` in it.
---@param list? pumice.Problem[]
function M.new(list)
  local self = setmetatable({ list = {}, kinds = {} }, Problems)
  self:merge(list or {})
  return self
end

--- A reason that is short and that JSON can hold; and how many bytes it had, where
--- some of them were cut off.
---@param reason string
---@return string
---@return integer? length
function M.tidy(reason)
  if #reason <= LONGEST then return quote.valid(reason) end
  local stop = (utf8.offset(reason, 0, LONGEST + 1) or LONGEST + 1) - 1
  return quote.valid(reason:sub(1, stop)), #reason
end

--- Alike are those that differ in numbers only.
function Problems:kind(stage, code, reason, place)
  local key = table.concat({ code, stage, (reason:gsub("%d+", "0")) }, "\n")
  local kind = self.kinds[key]
  if not kind then
    if #self.list >= MOST_KINDS then
      key, code, reason, stage, place = "", "several", "other reasons", "several stages", nil
      kind = self.kinds[key]
    end
    if not kind then
      kind = { stage = stage, code = code, reason = M.tidy(reason), place = place,
        count = 0, examples = {} }
      self.kinds[key] = kind
      table.insert(self.list, kind)
    end
  end
  return kind
end

--- Counts a problem.
---@param item pumice.Item
function Problems:add(item, stage, code, reason, place)
  local kind = self:kind(stage, code, reason, place)
  kind.count = kind.count + 1
  if #kind.examples < MOST_EXAMPLES then table.insert(kind.examples, M.example(item)) end
end

--- Takes the problems of another collection behind those that are there.
---@param list pumice.Problem[]
function Problems:merge(list)
  for _, other in ipairs(list) do
    local kind = self:kind(other.stage, other.code, other.reason, other.place)
    kind.count = kind.count + other.count
    for _, example in ipairs(other.examples) do
      if #kind.examples == MOST_EXAMPLES then break end
      table.insert(kind.examples, example)
    end
  end
end

return M
