--- A single file of an output, which takes its name when it is whole.
local core = require "pumice.core"

local output = core.output

local M = {}

---@class pumice.Single
---@field file? any  nil when it has its name
---@field headed boolean  something is in it
---@field movable? string  where workers may write to it themselves
local Single = {}
Single.__index = Single

--- What errno says of a file that is not there.
local MISSING = 2

--- Opens the file at `path`, or returns nil and a message.
---@param path string  "-": standard output
---@return pumice.Single?, string?
function M.open(path)
  local file, message = output.open(path)
  if not file then return nil, message end
  return setmetatable({ file = file, headed = false, movable = file:open_to_others() }, Single)
end

--- Opens the file of a run that was cut off, as `state` and `tail` of a sync
--- have it. Of a run that was `finished` it may have its name already.
---@param path string
---@param state integer
---@param tail? string
---@param finished boolean
---@return pumice.Single?, string?
function M.go_on(path, state, tail, finished)
  local file, message, code = output.go_on(path, state, tail or "")
  if not file and not (finished and code == MISSING) then return nil, message end
  return setmetatable({ file = file, headed = state > 0 or tail ~= nil,
    movable = file and file:open_to_others() }, Single)
end

--- Writes what comes before all else, once.
---@param bytes? string
function Single:head(bytes)
  if self.headed or not self.file or not bytes then return true end
  self.headed = true
  return self.file:write(bytes)
end

--- Writes lines.
---@param lines pumice.Bytes
function Single:write(lines)
  return self.file:write(lines)
end

--- Puts all on the disk. Returns where it stands and the bytes that wait for
--- their frame; nil and a message when the disk fails, nothing when there is
--- none to go on from.
function Single:sync()
  if not self.file or not self.file:parted() then return nil end
  return self.file:sync()
end

function Single:commit()
  local file = self.file
  self.file = nil
  if not file then return true end
  return file:commit()
end

function Single:discard()
  if self.file then self.file:discard() end
end

function Single:leave()
  if self.file then self.file:leave() end
end

return M
