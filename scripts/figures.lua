--- Figures of `make bench` and `make score`: rows of what was measured, beside
--- what it is measured against, printed as a table and written as JSON.
local json = require "pumice.json"
local report = require "pumice.report"

local M = {}

---@class Figure
---@field name string
---@field value number
---@field unit string
---@field peer? string  what a user would pick instead
---@field peer_value? number
---@field ratio? number  value / peer_value, turned so that more is better
---@field at_least? number  the target for the ratio, or for the value without a peer
---@field at_most? number  the target for the value
---@field holds? boolean

--- Completes a row: ratio and whether the target holds. `less_is_better` turns
--- the ratio.
---@param row Figure
---@param less_is_better? boolean
---@return Figure
function M.figure(row, less_is_better)
  if row.peer_value then
    row.ratio = less_is_better and row.peer_value / row.value or row.value / row.peer_value
  end
  if row.at_least then row.holds = (row.ratio or row.value) >= row.at_least end
  if row.at_most then row.holds = row.value <= row.at_most end
  return row
end

local function number(value)
  if not value then return "" end
  if math.type(value) == "integer" then return tostring(value) end
  return value >= 100 and ("%.0f"):format(value) or ("%.3g"):format(value)
end

local function target(row)
  if row.at_least then return ">= " .. number(row.at_least) end
  if row.at_most then return "<= " .. number(row.at_most) end
  return ""
end

local function verdict(row)
  if row.holds == nil then return "" end
  return row.holds and "holds" or "MISSED"
end

--- Prints the rows and writes them to `path`. Returns how many targets are
--- missed.
---@param rows Figure[]
---@param path string
---@return integer
function M.publish(rows, path)
  local lines = { { "what", "value", "unit", "peer", "peer value", "ratio", "target", "" } }
  local missed = 0
  for i, row in ipairs(rows) do
    lines[i + 1] = { row.name, number(row.value), row.unit, row.peer or "",
      number(row.peer_value), number(row.ratio), target(row), verdict(row) }
    if row.holds == false then missed = missed + 1 end
  end
  io.write(report.table(lines))
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write(json.encode(json.array(rows)), "\n"))
  return missed
end

return M
