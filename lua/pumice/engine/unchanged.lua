--- Whether an input is still the file it was, while workers read it part by part
--- by its path.
---
--- What is appended meanwhile is not read. A file that took the place of another, or
--- that was written over, would give lines of both: the run ends. How it shows: by
--- device and inode, by the size, and by the time of the last change where the size
--- is the same.
local core = require "pumice.core"

local M = {}

---@class pumice.unchanged.State
---@field size integer  bytes
---@field time integer  of the last change
---@field identity string

--- What a path names now; nil when that is no file.
---@param path string
---@return pumice.unchanged.State?
function M.look(path)
  local kind, size, time, identity = core.input.kind(path)
  return kind == "file" and { size = size, time = time, identity = identity } or nil
end

--- Says what has become of the file that was at `path`; nil when nothing has, or
--- when it has only grown.
---@param path string
---@param was pumice.unchanged.State
---@return string?
function M.changed(path, was)
  local is = M.look(path)
  local how = not is and "was removed"
    or is.identity ~= was.identity and "was replaced by another file"
    or is.size < was.size and "became shorter"
    or is.size == was.size and is.time ~= was.time and "was written to"
  return how and ("%s %s while it was read"):format(path, how) or nil
end

--- Returns a function that says the same of a list of inputs: of the first that has
--- changed among those that are read by their path, where `was` is noted (see
--- pumice.engine.stream). Given how many of them, from the first on, are done with, it
--- looks at those a last time; else at all that are not.
---@param list { path: string, was?: pumice.unchanged.State }[]
---@return fun(done?: integer): string?
function M.watch(list)
  local first = 1
  return function(done)
    for i = first, done or #list do
      local entry = list[i]
      local how = entry.was and M.changed(entry.path, entry.was)
      if how then return how end
      if done then first, entry.was = i + 1, nil end
    end
  end
end

return M
