--- The sink of a run: the files for what was kept, dropped and rejected. They
--- take their names when the run is whole.
local core = require "pumice.core"
local aside = require "pumice.engine.aside"
local single = require "pumice.engine.single"
local tree = require "pumice.engine.tree"

local M = {}

--- The documents last: whoever sees their file sees the whole result.
local NAMES = { "rejected", "dropped", "kept" }

---@class pumice.Sink
---@field targets table<string, pumice.Single|pumice.Tree>
local Sink = {}
Sink.__index = Sink

local function fail(message, code)
  error({ code = code or "output", reason = "cannot write " .. message }, 0)
end

--- Where a file is until the run is whole: one that belongs into the folder of
--- the documents is in what will be that folder.
local function place(layouts, path)
  local folder = layouts.kept and layouts.kept.folder
  if not folder or path:sub(1, #folder + 1) ~= folder .. "/" then return path end
  return aside.path(folder) .. path:sub(#folder + 1)
end

local function part_of(path)
  return (path:gsub("[^/]*$", ".%0.part"))
end

local function open_all(layouts, open)
  local self = setmetatable({ targets = {} }, Sink)
  for i = #NAMES, 1, -1 do -- the folder before what is in it
    local name = NAMES[i]
    if layouts[name] then
      local target, message, code = open(name, layouts[name])
      if not target then
        self:discard()
        fail(message, code)
      end
      self.targets[name] = target
    end
  end
  return self
end

--- Opens a sink. What has no layout is only counted.
---@param layouts { kept?: pumice.Layout, dropped?: pumice.Layout, rejected?: pumice.Layout }
---@param opts? pumice.tree.Options
---@return pumice.Sink
function M.open(layouts, opts)
  return open_all(layouts, function(_, at)
    if at.folder then return tree.open(at, opts) end
    return single.open(place(layouts, at.path))
  end)
end

--- Opens the sink of a run that was cut off, as a commit of its journal left
--- it. Of a run that was `finished` some files may have their names already.
---@param layouts table<string, pumice.Layout>
---@param commit table
---@param opts? pumice.tree.Options
---@return pumice.Sink
function M.go_on(layouts, commit, opts)
  local others, self = {}, setmetatable({ targets = {} }, Sink)
  for _, at in pairs(layouts) do
    local path = place(layouts, at.path)
    others[path], others[part_of(path)] = true, true
  end
  for name, state in pairs(commit.files) do
    local at, tail = layouts[name], commit.tails and commit.tails[name]
    local target, message
    if at.folder then
      target, message = tree.go_on(at, state, tail, commit.finished, opts, others)
    else
      target, message = single.go_on(place(layouts, at.path), state, tail, commit.finished)
    end
    if not target then
      self:leave()
      fail(message)
    end
    self.targets[name] = target
  end
  return self
end

--- Says what comes first in the files of one kind.
---@param name "kept"|"dropped"|"rejected"
---@param bytes? string
function Sink:head(name, bytes)
  local target = self.targets[name]
  if not target then return end
  local ok, message = target:head(bytes)
  if not ok then fail(message) end
end

--- Has the workers of a run do what they can.
---@param orders pumice.Orders
function Sink:share(orders)
  self.orders = orders
  for _, target in pairs(self.targets) do target:share(orders) end
end

--- Writes lines to one of the files, or documents to the tree of them. A region
--- is not the caller's any more.
---@param name "kept"|"dropped"|"rejected"
---@param lines pumice.Bytes
---@param pieces? { sizes: integer[], names: string[] }
function Sink:write(name, lines, pieces)
  local target = self.targets[name]
  if not target or #lines == 0 then return core.arena.free(lines) end
  local ok, message, code = target:write(lines, pieces)
  if not ok then fail(message, code) end
end

--- Has everything written that workers have at hand.
function Sink:settle()
  if not self.orders then return end
  local ok, message = self.orders:settle()
  if not ok then fail(message) end
end

--- Puts all on the disk. Returns where each of the files stands, and the bytes
--- that wait for their frame.
---@return table<string, any>, table<string, any>
function Sink:sync()
  self:settle()
  local states, tails = {}, {}
  for name, target in pairs(self.targets) do
    local state, tail = target:sync()
    if state then
      states[name] = state
      if tail ~= "" then tails[name] = tail end
    elseif tail then
      fail(tail)
    end
  end
  return states, tails
end

--- Gives the files their names: not one before all are on the disk, whole.
function Sink:commit()
  self:settle()
  for _, target in pairs(self.targets) do
    local ok, message = target:finish()
    if not ok then fail(message) end
  end
  for _, name in ipairs(NAMES) do
    local target = self.targets[name]
    self.targets[name] = nil
    local ok, message = true, nil
    if target then ok, message = target:commit() end
    if not ok then fail(message) end
  end
end

--- Whether a write failed because nobody reads what is written any more.
function Sink:is_unread()
  for _, target in pairs(self.targets) do
    if target:is_unread() then return true end
  end
  return false
end

local function close_all(self, how)
  for _, name in ipairs(NAMES) do -- the folder after what is in it
    local target = self.targets[name]
    if target then target[how](target) end
    self.targets[name] = nil
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
