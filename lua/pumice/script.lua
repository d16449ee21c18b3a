--- Runs a script as Lua's own interpreter does, with pumice at hand.
local traceback = require "pumice.traceback"

local M = {}

--- Moves the words of the command line so that the script stands at 0.
local function arguments(arg, script_at)
  local moved = {}
  for i = 0, #arg do moved[i - script_at] = arg[i] end
  return moved
end

--- `os.exit` leaves without main.c's last check, so it looks for itself whether
--- what was printed got where it belongs.
local function check_output_on_exit()
  local exit, host = os.exit, require "pumice.host"
  os.exit = function(code, close) -- luacheck: ignore 122
    local ok, message = host.flush()
    if not ok then
      io.stderr:write("pumice: cannot write to ", message, "\n")
      if code == nil or code == true or code == 0 then code = 3 end
    end
    exit(code, close)
  end
end

--- Runs `code`, or the script in the file `name` ("stdin" for standard input).
--- Returns the exit status: 0, 1 after an error (told on stderr), 2 when the
--- file cannot be read.
---@param code? string
---@param name string
---@param arg string[]  the command line
---@param script_at integer  where the script stands in it
---@return integer
function M.run(code, name, arg, script_at)
  local chunk, message
  if code then
    chunk, message = load(code, "=" .. name)
  elseif name == "stdin" then
    chunk, message = loadfile()
  else
    chunk, message = loadfile(name)
  end
  if not chunk then
    io.stderr:write("pumice: ", message, "\n")
    return message:find("^cannot ") and 2 or 1
  end
  _G.arg = arguments(arg, script_at)
  _G.pumice = require "pumice"
  check_output_on_exit()
  local ok, failure = xpcall(chunk, traceback.handler, table.unpack(_G.arg))
  if ok then return 0 end
  io.stdout:flush()
  io.stderr:write("pumice: ", failure, "\n")
  return 1
end

return M
