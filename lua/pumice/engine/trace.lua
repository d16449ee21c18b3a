--- Traces: what each step did to a document, for the few that are explained.
local json = require "pumice.json"

local M = {}

---@class pumice.Trace.Event  of one document, in the order they came
---@field file string
---@field line? integer
---@field offset integer
---@field op "enter"|"step"|"became"|"kept"|"dropped"|"rejected"
---@field step? string  its name
---@field before? string  the document as JSON: step, enter
---@field after? string  step, kept
---@field id? string|number
---@field code? string
---@field reason? string
---@field place? { source: string, line: integer }
---@field details? table
---@field count? integer  became: how many documents

---@class pumice.Trace.Wanted  which documents: all, or the one that stands there
---@field file? string
---@field offset? integer

--- Whether `wanted` means the item.
---@param wanted? pumice.Trace.Wanted
---@param item pumice.Item
---@return boolean
function M.is_wanted(wanted, item)
  if not wanted then return false end
  return wanted.file == nil or wanted.file == item.file and wanted.offset == item.offset
end

--- The document as JSON, nil when it cannot be.
---@param doc table
---@return string?
function M.state(doc)
  local ok, line = pcall(json.encode, doc)
  return ok and line or nil
end

--- Details as they may leave the worker: what JSON cannot hold is left out.
local function plain(details)
  if type(details) ~= "table" or not pcall(json.encode, details) then return nil end
  return details
end

--- Returns the event of an item with what is known of it.
---@param item pumice.Item
---@param event table
---@return pumice.Trace.Event
function M.event(item, event)
  event.file, event.line, event.offset = item.file, item.line, item.offset
  event.details = plain(event.details)
  return event
end

return M
