--- Runs the examples of a recipe, in this process.
local json = require "pumice.json"
local inline = require "pumice.engine.inline"
local plan = require "pumice.engine.plan"
local recipe = require "pumice.recipe"
local run = require "pumice.engine.run"
local store = require "pumice.engine.store"
local task = require "pumice.engine.task"

local M = {}

--- A sink that keeps the lines.
local function new_sink()
  local lines = { kept = {}, dropped = {}, rejected = {} }
  return {
    lines = lines,
    commit = function() end,
    write = function(_, name, text)
      for line in text:gmatch("[^\n]+") do
        table.insert(lines[name], assert(json.record(line)))
      end
    end,
  }
end

local function is_list(given)
  return type(given[1]) == "table"
end

--- Runs a recipe over a few documents. Documents in a list without an id get
--- their number.
---@param loaded pumice.Recipe
---@param options table
---@param given table  a document, or a list of them
---@return { kept: table[], dropped: table[], rejected: table[] }
function M.run(loaded, options, given)
  local lines = {}
  for i, doc in ipairs(is_list(given) and given or { given }) do
    local copy = {}
    for name, value in pairs(doc) do copy[name] = value end
    if is_list(given) and copy.id == nil then copy.id = tostring(i) end
    lines[i] = assert(json.encode(copy))
  end
  local stages = loaded.stages(recipe.settings(loaded, options))
  local segments = plan.segments(stages)
  local stores, spills = {}, {}
  for i = 1, #segments - 1 do
    stores[i] = store.new(i)
    spills[i] = stores[i].spill
  end
  local sink = new_sink()
  local block = { kind = "lines", file = "example", line = 1, offset = 0,
    data = table.concat(lines, "\n") }
  local function once()
    local this = block
    block = nil
    return this
  end
  local tasks = task.new(stages, spills, {})
  run.run { segments = tasks.segments, stores = stores, pool = inline.new(tasks), sink = sink,
    blocks = function() return once end }
  return sink.lines
end

local function show(value)
  return type(value) == "table" and (json.encode(value) or tostring(value)) or tostring(value)
end

--- Says where `got` lacks what `expected` has, tables field by field; nil when
--- all of it is there.
local function differs(expected, got, path)
  local fields = type(got) == "table" or json.type(got) == "object"
  if type(expected) ~= "table" or not fields then
    if expected == got then return nil end
    return ("%s is %s, expected %s"):format(path, show(got), show(expected))
  end
  if #expected > 0 and #expected ~= #got then
    return ("%s has %d entries, expected %d: %s"):format(path, #got, #expected, show(got))
  end
  for name, value in pairs(expected) do
    local inner = path == "" and tostring(name) or path .. "." .. name
    local difference = differs(value, got[name], inner)
    if difference then return difference end
  end
end

local function by_id(list)
  local map = {}
  for _, doc in ipairs(list) do map[doc.id] = doc end
  return map
end

local function check_kept(expected, result)
  if expected == true then
    return #result.kept == 0 and "the document was not kept" or nil
  end
  local ids = {}
  for i, doc in ipairs(result.kept) do ids[i] = tostring(doc.id) end
  local got, wanted = table.concat(ids, " "), table.concat(expected, " ")
  if got ~= wanted then return ("kept %s, expected %s"):format(got, wanted) end
end

local function check_dropped(expected, result)
  if type(expected) == "string" then
    local drop = result.dropped[1]
    if not drop then return "the document was not dropped" end
    if drop.reason ~= expected then
      return ("dropped because %q, expected %q"):format(drop.reason, expected)
    end
    return nil
  end
  local dropped = by_id(result.dropped)
  for id, reason in pairs(expected) do
    local got = dropped[id] and dropped[id].reason
    if got ~= reason then return ("%s dropped because %s, expected %s"):format(id, got, reason) end
  end
end

local function check_given(expected, example, result)
  if not is_list(example.given) then
    if not result.kept[1] then return "the document was not kept" end
    return differs(expected, result.kept[1], "")
  end
  local kept = by_id(result.kept)
  for id, fields in pairs(expected) do
    if not kept[id] then return ("%s was not kept"):format(id) end
    local difference = differs(fields, kept[id], id)
    if difference then return difference end
  end
end

--- Returns why an example does not hold, or nil.
---@param loaded pumice.Recipe
---@param example pumice.Example
---@return string?
function M.example(loaded, example)
  if type(example.given) ~= "table" then return "an example needs given = a document" end
  if example.keeps == nil and example.drops == nil and example.gives == nil then
    return "an example says what it keeps, drops or gives"
  end
  local result = M.run(loaded, example.options or {}, example.given)
  local reject = result.rejected[1]
  if reject then return ("rejected in %s: %s"):format(reject.stage, reject.reason) end
  return example.keeps and check_kept(example.keeps, result)
    or example.drops and check_dropped(example.drops, result)
    or example.gives and check_given(example.gives, example, result)
    or nil
end

return M
