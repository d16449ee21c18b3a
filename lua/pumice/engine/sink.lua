--- The sink of a run: the files for what was kept, dropped and rejected. They
--- take their names when the run is whole.
local core = require "pumice.core"

local output = core.output

local M = {}

--- The documents last: whoever sees their file sees the whole result.
local NAMES = { "rejected", "dropped", "kept" }

---@class pumice.Sink
local Sink = {}
Sink.__index = Sink

local function fail(message)
  error({ code = "output", reason = "cannot write " .. message }, 0)
end

local function new(paths)
  return setmetatable({ files = {}, paths = paths }, Sink)
end

--- Opens a sink. What has no path is only counted.
---@param paths { kept?: string, dropped?: string, rejected?: string }  "-": standard output
---@return pumice.Sink
function M.open(paths)
  local self = new(paths)
  for _, name in ipairs(NAMES) do
    if paths[name] then
      local file, message = output.open(paths[name])
      if not file then
        self:discard()
        fail(message)
      end
      self.files[name] = file
    end
  end
  return self
end

--- Opens the sink of a run that was cut off, as a commit of its journal left
--- it. Of a run that was `finished` some files may have their names already.
---@param paths table<string, string>
---@param commit table
---@return pumice.Sink
function M.go_on(paths, commit)
  local self = new(paths)
  for name, length in pairs(commit.files) do
    local file, message, code = output.go_on(paths[name], length,
      commit.tails and commit.tails[name] or "")
    local has_its_name = commit.finished and code == 2 -- no such file
    if not file and not has_its_name then
      self:leave()
      fail(message)
    end
    self.files[name] = file
  end
  return self
end

--- Writes lines to one of the files.
---@param name "kept"|"dropped"|"rejected"
---@param lines string
function Sink:write(name, lines)
  if lines == "" then return end
  local file = self.files[name]
  if not file then return end
  local ok, message = file:write(lines)
  if not ok then fail(message) end
end

--- Puts all on the disk. Returns the length of each file, and the bytes that
--- wait for their frame.
---@return table<string, integer>, table<string, string>
function Sink:sync()
  local lengths, tails = {}, {}
  for name, file in pairs(self.files) do
    if file:parted() then
      local length, pending = file:sync()
      if not length then fail(pending) end
      lengths[name] = length
      if pending ~= "" then tails[name] = pending end
    end
  end
  return lengths, tails
end

--- Gives the files their names.
function Sink:commit()
  for _, name in ipairs(NAMES) do
    local file = self.files[name]
    self.files[name] = nil
    local ok, message = true, nil
    if file then ok, message = file:commit() end
    if not ok then fail(message) end
  end
end

local function close_all(self, how)
  for name, file in pairs(self.files) do
    file[how](file)
    self.files[name] = nil
  end
end

--- Drops what was written.
function Sink:discard()
  close_all(self, "discard")
end

--- Closes the files and leaves what was written, for M.go_on.
function Sink:leave()
  close_all(self, "leave")
end

return M
