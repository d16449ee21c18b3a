--- The folder beside the one that an output asks for, until it takes its name.
local core = require "pumice.core"

local input, output = core.input, core.output

local M = {}

--- The folder beside `folder` that takes its name.
---@param folder string
---@return string
function M.path(folder)
  local before, name = folder:match("^(.*/)([^/]*)$")
  return ("%s.%s.part"):format(before or "", name or folder)
end

--- Calls `visit` with the path of each file in `folder` and below, and of each
--- folder after what is in it.
---@param folder string
---@param visit fun(path: string)
function M.walk(folder, visit)
  for _, name in ipairs(input.names(folder) or {}) do
    local path = folder .. "/" .. name
    if input.kind(path) == "folder" then M.walk(path, visit) end
    visit(path)
  end
end

--- Whether files may be put at `folder`: nothing is there, or an empty folder.
---@param folder string
---@return boolean? ok
---@return string? message
---@return string? code
function M.check_free(folder)
  if input.kind(folder) == nil then return true end
  local ok, message = output.can_name(folder)
  if not ok then
    return nil, message .. "; several files make up a folder that is made with them: name one in "
      .. "it", "caller"
  end
  local names
  names, message = input.names(folder)
  if not names then return nil, message end
  if #names == 0 then return true end
  return nil, ("%s: there are files in it; remove them or name another folder"):format(folder),
    "caller"
end

--- The files of a whole tree, in the order of their names.
---@param folder string
---@return string[]
function M.files(folder)
  local paths = {}
  M.walk(folder, function(path)
    if input.kind(path) ~= "folder" then paths[#paths + 1] = path end
  end)
  table.sort(paths)
  return paths
end

return M
