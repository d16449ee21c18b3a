--- Forms: a document as the bytes of an output: a line of JSON, a row, a text.
local core = require "pumice.core"
local json = require "pumice.json"
local stage = require "pumice.stage"

local M = {}

---@class pumice.Form
---@field layout pumice.Layout
---@field names? string[]  the columns, where the form has some and they are known
local Form = {}
Form.__index = Form

---@param layout pumice.Layout
---@param names? string[]
---@return pumice.Form
function M.new(layout, names)
  return setmetatable({ layout = layout, names = names or layout.fields }, Form)
end

--- The first line of a file of rows, nil when there are no columns.
---@param layout pumice.Layout
---@param names string[]
---@return string?
function M.header(layout, names)
  if not layout.delimiter or #names == 0 then return nil end
  return core.csv.header(names, layout.delimiter)
end

--- Returns a document as bytes without a line end; or nil, a code and why it is
--- refused. In a row, values that are no strings are JSON, null and missing
--- fields nothing; fields that were not named are left out.
---@param doc table
---@param line string  the document as JSON
---@return string?
---@return string? code
---@return string? reason
function Form:bytes(doc, line)
  local layout = self.layout
  if layout.delimiter then
    return core.csv.line(line, self.names, layout.delimiter)
  elseif layout.form == "text" then
    local text = doc.text
    if type(text) == "string" then return text end
    return nil, "no-text", "a text file is made of the field 'text', which is "
      .. stage.what(text)
  end
  return line
end

--- The fields of a document, in their order.
---@param doc table
---@return string[]
function M.fields(doc)
  local names = json.array {}
  for name in pairs(doc) do names[#names + 1] = tostring(name) end
  if type(doc) == "table" then table.sort(names) end -- as JSON writes it
  return names
end

return M
