--- The sink of a run: the files for what was kept, dropped and rejected. They
--- appear under their names when the run is whole.
local core = require "pumice.core"

local M = {}

---@class pumice.Sink
local Sink = {}
Sink.__index = Sink

local function fail(message)
  error({ code = "output", reason = "cannot write " .. message }, 0)
end

--- Opens a sink. What has no path is only counted.
---@param paths { kept?: string, dropped?: string, rejected?: string }  "-": standard output
function M.open(paths)
  local self = setmetatable({ files = {}, paths = paths, first_rejects = {} }, Sink)
  for name, path in pairs(paths) do
    local file, message = core.output.open(path)
    if not file then
      self:discard()
      fail(message)
    end
    self.files[name] = file
  end
  return self
end

--- Rejects shown at the end of a run.
local SHOWN = 3

function Sink:write(name, lines)
  if name == "rejected" and #self.first_rejects < SHOWN then
    for line in lines:gmatch("[^\n]+") do
      if #self.first_rejects < SHOWN then table.insert(self.first_rejects, line) end
    end
  end
  local file = self.files[name]
  if not file then return end
  local ok, message = file:write(lines)
  if not ok then fail(message) end
end

--- Gives the files their names, the documents last: whoever sees those sees
--- the whole result.
function Sink:commit()
  for _, name in ipairs { "rejected", "dropped", "kept" } do
    local file = self.files[name]
    self.files[name] = nil
    if file then
      local ok, message = file:commit()
      if not ok then
        self:discard()
        fail(message)
      end
    end
  end
end

function Sink:discard()
  for name, file in pairs(self.files) do
    file:discard()
    self.files[name] = nil
  end
end

return M
