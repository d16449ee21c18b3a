--- Files and commands, for scripts and specs.
local M = {}

--- The bytes of a file, or nil when it cannot be opened.
function M.read(path)
  local file <close> = io.open(path, "rb")
  return file and file:read("a")
end

--- Returns the path.
function M.write(path, bytes)
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write(bytes))
  return path
end

--- Writes a file of its own, whose name has this ending; returns its path.
function M.temporary(bytes, ending)
  local path = os.tmpname()
  if not ending then return M.write(path, bytes) end
  os.remove(path)
  return M.write(path .. ending, bytes)
end

--- What a shell command writes to standard output, and its exit status.
function M.output(command)
  local pipe = assert(io.popen(command))
  local bytes = pipe:read("a")
  local _, _, status = pipe:close()
  return bytes, status
end

--- What a shell command makes of bytes.
function M.through(command, bytes)
  local path = M.temporary(bytes)
  local made = M.output(command .. " < " .. path)
  os.remove(path)
  return made
end

--- The path of a new, empty folder.
function M.new_folder()
  return (M.output("mktemp -d"):gsub("\n", ""))
end

return M
