--- A terminal for tests: runs a program in one, types, and reads the screen.
--- `script` of bsdutils, which every Debian has, makes the terminal.
local program = require "program"

local M = {}

local Terminal = {}
Terminal.__index = Terminal

--- Is there what it takes?
function M.available()
  return os.execute("command -v script mkfifo timeout >/dev/null") == true
end

--- Starts `command` (a line for the shell) in a terminal of 500 columns, an xterm
--- whatever the tests themselves run in. It ends after `seconds`, so that a test that
--- waits in vain fails.
---@param command string  a program, variables to set before it (as for `env`)
---@param seconds? integer
function M.open(command, seconds)
  local pipe = os.tmpname()
  os.remove(pipe)
  assert(os.execute("mkfifo " .. pipe))
  local inside = ("stty cols 500 rows 40; TERM=xterm exec env %s"):format(command)
  local screen = assert(io.popen(("timeout %d script -qefc '%s' /dev/null <%s 2>&1")
    :format(seconds or 10, inside, pipe)))
  local keys = assert(io.open(pipe, "r+b")) -- with a reader, so that no write is a SIGPIPE
  keys:setvbuf("no")
  return setmetatable({ screen = screen, keys = keys, pipe = pipe }, Terminal)
end

--- Starts the REPL, with a folder of its own for the history.
---@param state string  the folder
---@param before? string  variables to set
---@param seconds? integer
function M.repl(state, before, seconds)
  local t = M.open(("INPUTRC=/dev/null XDG_STATE_HOME=%s %s %s")
    :format(state, before or "", program.path), seconds)
  t:wait("> ")
  return t
end

--- What was shown, without the codes that move the cursor.
local function plain(bytes)
  return (bytes:gsub("\27%[[%d;?]*[%a]", ""):gsub("\27%][^\7]*\7", ""):gsub("[\r\7]", ""))
end

function Terminal:type(text)
  self.keys:write(text)
end

--- Waits until what is shown ends with `text`, or with `other`; returns what was
--- shown since the last time.
function Terminal:wait(text, other)
  local bytes = {}
  local wanted = { [text:sub(-1)] = true, [(other or text):sub(-1)] = true }
  local near = 10 * math.max(#text, #(other or "")) + 100
  while true do
    local byte = self.screen:read(1)
    if not byte then
      error(("waited for %q, saw %q"):format(text, plain(table.concat(bytes))), 2)
    end
    bytes[#bytes + 1] = byte
    if wanted[byte] then
      local tail = plain(table.concat(bytes, "", math.max(1, #bytes - near)))
      if tail:sub(-#text) == text or other and tail:sub(-#other) == other then
        return plain(table.concat(bytes))
      end
    end
  end
end

--- Types a line; returns what is shown until the next prompt, without the echo.
function Terminal:ask(line)
  self:type(line .. "\n")
  self:wait(line)
  return (self:wait("\n> "):sub(2, -4))
end

--- Waits for the end of the program; returns its exit status.
function Terminal:status()
  self.screen:read("a")
  local _, _, status = self.screen:close()
  self.keys:close()
  os.remove(self.pipe)
  self.screen = nil
  return status
end

--- Ends the program, whatever it does; returns its exit status.
function Terminal:close()
  if not self.screen then return nil end
  for _ = 1, 3 do -- a key typed while the terminal changes its mode may get lost
    self.keys:write("\3\4")
    os.execute("sleep 0.01")
  end
  return self:status()
end

return M
