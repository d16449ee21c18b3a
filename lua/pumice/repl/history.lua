--- What was typed before, also in earlier sessions.
---
--- One entry a line in $XDG_STATE_HOME/pumice/history, readable by its owner
--- alone; a newline inside an entry is written `\n`. Sessions append as they go,
--- so those that run at once lose nothing.
local host = require "pumice.host"

local M = {}

local MOST = 10000

local escapes = { ["\n"] = "\\n", ["\\"] = "\\\\" }
local unescapes = { ["\\n"] = "\n", ["\\\\"] = "\\" }

local History = {}
History.__index = History

local function make_folders(path)
  local made = ""
  for part in path:gmatch("[^/]+") do
    made = made .. "/" .. part
    host.make_folder(made)
  end
end

--- The file, or nil where there is no home.
local function file_path()
  local state, home = os.getenv("XDG_STATE_HOME"), os.getenv("HOME")
  local folder
  if state and state:find("^/") then
    folder = state
  elseif home and home:find("^/") then
    folder = home .. "/.local/state"
  else
    return nil
  end
  make_folders(folder .. "/pumice")
  return folder .. "/pumice/history"
end

--- The newest entries without repetitions, oldest first.
local function newest(contents)
  local seen, entries = {}, {}
  local lines = {}
  for line in contents:gmatch("[^\n]+") do lines[#lines + 1] = line end
  for i = #lines, 1, -1 do
    if not seen[lines[i]] then
      seen[lines[i]] = true
      table.insert(entries, lines[i])
      if #entries == MOST then break end
    end
  end
  for i = 1, #entries // 2 do
    entries[i], entries[#entries - i + 1] = entries[#entries - i + 1], entries[i]
  end
  return entries, #lines
end

--- Opens the history; calls `remember` with each entry, now and when one is added.
---@param remember fun(entry: string)
function M.open(remember)
  local self = setmetatable({ path = file_path(), remember = remember }, History)
  local file <close> = self.path and io.open(self.path, "rb")
  local contents = file and file:read("a") or ""
  local entries, count = newest(contents)
  if count > 2 * MOST then
    host.save(self.path, table.concat(entries, "\n") .. "\n", #contents)
  end
  for _, entry in ipairs(entries) do
    self.last = entry:gsub("\\.", unescapes)
    remember(self.last)
  end
  return self
end

--- Adds an entry, unless it repeats the one before or begins with a blank.
---@param entry string
function History:add(entry)
  if entry == self.last or entry:find("^%s") then return end
  self.last = entry
  self.remember(entry)
  if self.path then host.save(self.path, entry:gsub("[\n\\]", escapes) .. "\n") end
end

return M
