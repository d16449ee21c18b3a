--- A tree: the many files of an output. They grow in a folder beside the one
--- that was asked for, which takes its name when all of them are whole; so
--- nobody sees a part of them, and files that were there are never touched.
---
---   .out.part/   en.jsonl  de.jsonl ...    out/ when it is whole
---
--- Files of lines are open for as long as the run goes on, but hold no
--- descriptor and little memory. Text files are made one by one; a log has
--- their names, so that a run that was cut off can tell those that count.
local core = require "pumice.core"
local aside = require "pumice.engine.aside"
local framer = require "pumice.engine.framer"
local layouts = require "pumice.engine.layout"

local input, output = core.input, core.output

local M = {}

--- What errno says of a file that is there already.
local EXISTS = 17

--- Files that may be open at a time, unless more is said.
M.most = 1000

---@class pumice.Tree
---@field aside string  the folder until it is whole
---@field routes table<string, table>  the file that is written now, by its name in the layout
---@field named? boolean  it has its name
---@field count integer  of routes
---@field folders table<string, boolean>  those that were made
---@field fresh table<string, boolean>  paths of folders with names that are not on the disk
---@field log? any  names of text files
local Tree = {}
Tree.__index = Tree

---@class pumice.tree.Options
---@field most? integer
---@field log? string  where the names of text files are noted

local function new(layout, opts)
  return setmetatable({ layout = layout, aside = aside.path(layout.folder), routes = {}, count = 0,
    folders = {}, fresh = {}, repeats = {}, most = opts.most or M.most }, Tree)
end

--- Begins a tree, or returns nil and a message.
---@param layout pumice.Layout
---@param opts? pumice.tree.Options
---@return pumice.Tree?
---@return string? message
---@return string? code
function M.open(layout, opts)
  opts = opts or {}
  local self = new(layout, opts)
  local ok, message, code = aside.check_free(layout.folder)
  if not ok then return nil, message, code end
  aside.walk(self.aside, os.remove) -- what a run left that was not gone on with
  ok, message = output.make_folder(self.aside)
  if ok and opts.log then
    self.log, message = output.open(opts.log)
    ok = self.log
  end
  if not ok then return nil, message end
  return self
end

local function path_in(self, name, shard)
  return self.aside .. "/" .. name:gsub(layouts.SHARD, ("%05d"):format(shard))
end

--- The names in a log up to `length`.
local function read_log(path, length)
  local names, at = {}, 1
  local part = path:gsub("[^/]*$", ".%0.part")
  local file <close> = io.open(part, "rb")
  local bytes = file and file:read(length) or ""
  while at <= #bytes do
    names[#names + 1], at = ("<s4"):unpack(bytes, at)
  end
  return names
end

--- Opens the tree of a run that was cut off, as `state` and `tails` of a sync
--- have it. Of a run that was `finished` it may have its name already.
---@param layout pumice.Layout
---@param state table
---@param tails? table<string, string>
---@param finished boolean
---@param opts pumice.tree.Options
---@param others table<string, boolean>  paths of other outputs in the folder
---@return pumice.Tree?, string?
function M.go_on(layout, state, tails, finished, opts, others)
  local self = new(layout, opts)
  if finished and not input.kind(self.aside) then
    self.named = true
    return self
  end
  local counts = others
  for name, was in pairs(state.routes) do
    local shard, length, bytes, docs = table.unpack(was)
    local file, message = output.go_on(path_in(self, name, shard), length,
      tails and tails[name] or "", true)
    if not file then return nil, message end
    for number = 0, shard do counts[path_in(self, name, number)] = true end
    self.routes[name] = { file = file, shard = shard, bytes = bytes, docs = docs }
    self.count = self.count + 1
  end
  if opts.log and state.log then
    for _, name in ipairs(read_log(opts.log, state.log)) do
      counts[self.aside .. "/" .. name] = true
    end
    local log, message = output.go_on(opts.log, state.log, "")
    if not log then return nil, message end
    self.log = log
  end
  aside.walk(self.aside, function(path)
    if not counts[path] then os.remove(path) end -- folders only when they are empty
  end)
  return self
end

--- Says what comes first in each file.
---@param bytes? string
function Tree:head(bytes)
  self.header = bytes
  return true
end

function Tree:make_folders(name)
  local at = name:find("/", 1, true)
  while at do
    local folder = name:sub(1, at - 1)
    if not self.folders[folder] then
      local ok, message = output.make_folder(self.aside .. "/" .. folder)
      if not ok then return nil, message end
      self.folders[folder] = true
      self.fresh[self.aside .. "/" .. (folder:match("^(.*)/") or "")] = true
    end
    at = name:find("/", at + 1, true)
  end
  return true
end

--- Makes a text file. Of several with one name the later ones get a number.
function Tree:add_text(name, text)
  local ok, message = self:make_folders(name)
  if not ok then return nil, message end
  local stem, chosen = name:sub(1, -#self.layout.ending - 1), name
  repeat
    local number = self.repeats[name]
    if number then chosen = ("%s~%d%s"):format(stem, number, self.layout.ending) end
    local made, problem, code = output.whole(self.aside .. "/" .. chosen, text)
    if code == EXISTS then
      self.repeats[name] = (number or 1) + 1
    elseif not made then
      return nil, problem
    end
  until made
  if not self.log then return true end
  return self.log:write(("<s4"):pack(chosen))
end

--- Has the workers of a run do what they can.
---@param orders pumice.Orders
function Tree:share(orders)
  self.orders = orders
  for _, route in pairs(self.routes) do route.framer = framer.new(route.file, orders) end
end

local function write(route, lines, first, last)
  if route.framer then return route.framer:add(lines, first, last) end
  return route.file:write(lines, first, last)
end

local function close(route)
  if route.framer then return route.framer:close() end
  return route.file:commit()
end

--- Opens the file of a route and writes its header.
function Tree:open_file(name, route)
  local message
  local path = path_in(self, name, route.shard)
  route.file, message = output.open(path, true)
  if not route.file then return nil, message end
  self.fresh[path:match("^.*/")] = true
  route.bytes, route.docs = self.header and #self.header or 0, 0
  if self.orders then route.framer = framer.new(route.file, self.orders) end
  if not self.header then return true end
  return write(route, self.header, 1, #self.header)
end

function Tree:begin(name)
  if self.count >= self.most then
    return nil, ("%s: more than %d values, and as many files; --max-files allows more"):format(
      self.layout.path, self.most), "caller"
  end
  local ok, message = self:make_folders(name)
  local route = { shard = 0 }
  if ok then ok, message = self:open_file(name, route) end
  if not ok then return nil, message end
  self.routes[name], self.count = route, self.count + 1
  return route
end

--- Whether a document of `size` bytes more would be too much for a shard.
function Tree:is_full(route, size)
  local layout = self.layout
  if route.docs == 0 then return false end
  return layout.shard_docs and route.docs >= layout.shard_docs
    or layout.shard_bytes and route.bytes + size > layout.shard_bytes
end

function Tree:add_line(name, lines, first, last)
  local route = self.routes[name]
  if not route then
    local message, code
    route, message, code = self:begin(name)
    if not route then return nil, message, code end
  end
  local size = last - first + 1
  if self:is_full(route, size) then
    local ok, message = close(route)
    route.shard = route.shard + 1
    if ok then ok, message = self:open_file(name, route) end
    if not ok then return nil, message end
  end
  route.bytes, route.docs = route.bytes + size, route.docs + 1
  return write(route, lines, first, last)
end

--- Writes documents: their bytes, each with a line end behind it, their sizes
--- without it, and the names of their files. A region is not the caller's any
--- more.
---@param lines pumice.Bytes
---@param pieces { sizes: integer[], names: string[] }
---@return boolean? ok
---@return string? message
---@return string? code
function Tree:write(lines, pieces)
  local at, is_text = 1, self.layout.form == "text"
  for i, size in ipairs(pieces.sizes) do
    local ok, message, code
    if is_text then
      ok, message = self:add_text(pieces.names[i], lines:sub(at, at + size - 1))
    else
      ok, message, code = self:add_line(pieces.names[i], lines, at, at + size)
    end
    if not ok then return nil, message, code end
    at = at + size + 1
  end
  core.arena.free(lines)
  return true
end

--- Puts what the files of lines have not put on the disk there: their names, or
--- all of the text files.
function Tree:sync_rest()
  if self.layout.form == "text" then return output.sync_all(self.aside) end
  for folder in pairs(self.fresh) do
    local ok, message = output.sync_folder(folder)
    if not ok then return nil, message end
    self.fresh[folder] = nil
  end
  return true
end

--- Puts all on the disk. Returns where everything stands and the bytes that
--- wait for their frames; nil and a message when the disk fails, nothing when
--- there is none to go on from.
function Tree:sync()
  if self.named then return nil end
  local state, tails = { routes = {} }, {}
  for name, route in pairs(self.routes) do
    local length, pending = route.file:sync()
    if not length then return nil, pending end
    if route.framer then pending = route.framer:rest() end
    state.routes[name] = { route.shard, length, route.bytes, route.docs }
    if pending ~= "" then tails[name] = pending end
  end
  local ok, message = self:sync_rest()
  if ok and self.log then
    ok, message = self.log:sync()
    state.log = ok
  end
  if not ok then return nil, message end
  return state, next(tails) and tails or ""
end

--- Ends the files, when workers have nothing more of them.
function Tree:finish()
  if self.named then return true end
  for name, route in pairs(self.routes) do
    local ok, message = close(route)
    self.routes[name] = nil
    if not ok then return nil, message end
  end
  if self.log then self.log:leave() end
  return self:sync_rest()
end

--- Gives the folder its name.
function Tree:commit()
  if self.named then return true end
  return output.name_folder(self.aside, self.layout.folder)
end

--- Files are not read while they are written.
function Tree.is_unread()
  return false
end

function Tree:leave()
  for _, route in pairs(self.routes) do route.file:leave() end
  if self.log then self.log:leave() end
end

function Tree:discard()
  self:leave()
  aside.walk(self.aside, os.remove)
  os.remove(self.aside)
end

return M
