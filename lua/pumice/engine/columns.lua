--- Documents as rows of CSV: the columns are the fields of the first one.
local core = require "pumice.core"
local json = require "pumice.json"
local formats = require "pumice.engine.formats"

local M = {}

---@class pumice.Columns
---@field names? string[]  known once there was a document
local Columns = {}
Columns.__index = Columns

--- Returns what turns documents into rows if `path` is the name of a CSV or TSV
--- file, else nil.
---@param path? string
---@param names? string[]  the columns, when they are known
---@return pumice.Columns?
function M.of(path, names)
  local form = path and formats.forms[formats.kind_of(path)]
  if not form or not form.delimiter then return nil end
  return setmetatable({ delimiter = form.delimiter, names = names }, Columns)
end

--- Returns the row of a document, after the header if it is the first; or nil
--- and why it is refused. Values that are no strings are written as JSON, null
--- and missing fields as nothing.
---@param line string  the document as JSON
---@return string?
---@return string? reason
function Columns:row(line)
  local header = ""
  if not self.names then
    local names = json.array {}
    for name in pairs(assert(json.record(line))) do names[#names + 1] = name end
    if #names == 0 then return nil, "a document without fields gives no columns" end
    self.names = names
    header = core.csv.header(names, self.delimiter)
  end
  local row, stranger = core.csv.line(line, self.names, self.delimiter)
  if row then return header .. row end
  return nil, ("the field '%s' is none of the columns: %s"):format(stranger,
    table.concat(self.names, ", "))
end

return M
