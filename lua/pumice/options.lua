--- Options of a call: a table of named values, checked against their defaults.
local fill = require("pumice.core").options.fill

local M = {}

--- Edit distance by insertions, deletions, substitutions and swaps of
--- neighbours (optimal string alignment). For names, not for texts.
local function distance(a, b)
  local before, last, row = {}, {}, {}
  for j = 0, #b do last[j] = j end
  for i = 1, #a do
    row = { [0] = i }
    for j = 1, #b do
      local cost = a:byte(i) == b:byte(j) and 0 or 1
      row[j] = math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
      if i > 1 and j > 1 and a:byte(i) == b:byte(j - 1) and a:byte(i - 1) == b:byte(j) then
        row[j] = math.min(row[j], before[j - 2] + 1)
      end
    end
    before, last = last, row
  end
  return #a == 0 and #b or row[#b]
end

--- Returns the one of `names` that is nearest to `name`, if it is near at all
--- (at most a third of its letters differ), else nil.
---@param name string
---@param names string[]
---@return string?
function M.nearest(name, names)
  local best, best_distance = nil, #name // 3 + 1
  for _, candidate in ipairs(names) do
    local d = distance(name, candidate)
    if d < best_distance or (d == best_distance and best and candidate < best) then
      best, best_distance = candidate, d
    end
  end
  return best
end

--- Returns "unknown option 'widht', did you mean 'width'?", for any kind of name.
---@param kind string  "option", "recipe", "field"
---@param name string
---@param names string[]  the known ones
---@return string
function M.unknown(kind, name, names)
  local near = M.nearest(name, names)
  if near then return ("unknown %s '%s', did you mean '%s'?"):format(kind, name, near) end
  table.sort(names)
  return ("unknown %s '%s'; known: %s"):format(kind, name, table.concat(names, ", "))
end

--- The same as core's `fill`, with time to say what is wrong.
local function read_slowly(given, defaults)
  local values = {}
  for name, default in pairs(defaults) do
    if default ~= M.any then values[name] = default end
  end
  if given == nil then return values end
  if type(given) ~= "table" then
    error(("options are a table, not a %s"):format(type(given)), 3)
  end
  for name, value in pairs(given) do
    local default = defaults[name]
    if default == nil then
      local names = {}
      for known in pairs(defaults) do names[#names + 1] = known end
      error(M.unknown("option", tostring(name), names), 3)
    elseif default ~= M.any and type(value) ~= type(default) then
      error(("option '%s' is a %s, not a %s: %s"):format(
        name, type(default), type(value), tostring(value)), 3)
    end
    values[name] = value
  end
  return values
end

--- Returns `given` with `defaults` filled in. Raises at a name that `defaults`
--- does not have and at a value of another type than its default's (an option
--- without a default is declared with `M.any`).
---
--- ```lua
--- options.read({ n = 3 }, { n = 5, fold = true }).fold  --> true
--- ```
---
---@param given? table
---@param defaults table
---@return table
function M.read(given, defaults)
  local values = fill(given, defaults, M.any)
  if values then return values end
  return read_slowly(given, defaults)
end

--- Returns the value of an option that is a share. Raises when it is no number from
--- 0 to 1.
---
--- ```lua
--- options.share("aligned", 0.4)  --> 0.4
--- ```
---
---@param name string
---@param value any
---@param level? integer  as of `error` (default 2)
---@return number value
function M.share(name, value, level)
  level = level or 2
  if type(value) ~= "number" then
    error(("option '%s' is a number, not a %s"):format(name, type(value)), level)
  elseif not (value >= 0 and value <= 1) then
    error(("option '%s' is a share, 0 to 1, not %s"):format(name, value), level)
  end
  return value
end

--- Returns the value of an option that counts something. Raises when it is no whole
--- number from `least` to `most`.
---
--- ```lua
--- options.count("n", 3, 1, 64)  --> 3
--- ```
---
---@param name string
---@param value any
---@param least integer
---@param most? integer
---@param level? integer  as of `error` (default 2)
---@return integer value
function M.count(name, value, least, most, level)
  local whole = math.type(value) == "float" and math.tointeger(value) or value
  if math.type(whole) ~= "integer" or whole < least or whole > (most or math.maxinteger) then
    error(("option '%s' is a whole number, %s, not %s"):format(name,
      most and ("%d to %d"):format(least, most) or ("at least %d"):format(least),
      tostring(value)), (level or 2))
  end
  return whole
end

--- The default of an option that may be left out and may have any type.
M.any = setmetatable({}, { __name = "any", __metatable = false,
  __newindex = function() error("options.any is nothing but itself", 2) end })

return M
