--- Peers out of Python's index, in a folder of the bench's own. One that cannot be
--- had is left out, and said so.
local M = {}

local VENV = "build/bench/venv"
local PIP = VENV .. "/bin/pip install -q --disable-pip-version-check "

--- Makes ready what is asked for; each command is given to pip.
---@param commands string[]
function M.set_up(commands)
  local works = os.execute(("test -x %s/bin/python || python3 -m venv %s"):format(VENV, VENV))
  for _, what in ipairs(commands) do
    works = works and os.execute(PIP .. what .. " >&2")
  end
  if not works then
    io.stderr:write("skipped: not all peers, python3 -m venv or pip do not work here\n")
  end
end

--- Puts the source of a package into a folder; true if that went well.
---@param package string
---@param folder string
---@return boolean?
function M.download(package, folder)
  return os.execute(("%s/bin/pip download -q --disable-pip-version-check --no-deps "
    .. "--no-binary %s -d %s %s >&2"):format(VENV, package:match("^[^=]+"), folder, package))
end

--- Returns what gives the megabytes of text a second of a task of dedup_peers.py, run
--- once more, or nil. `path_to` is a folder that has another version of the peer.
---@param task string
---@param path string
---@param most integer  bytes of text
---@param path_to? string
---@return fun(): number?
function M.rate(task, path, most, path_to)
  local line = ("PYTHONPATH=%s %s/bin/python scripts/bench/dedup_peers.py %s %s %d"):format(
    path_to or "", VENV, task, path, most)
  return function()
    local pipe <close> = assert(io.popen(line))
    local seconds, bytes = pipe:read("a"):match("(%S+) (%d+)")
    if seconds then return bytes / 1e6 / tonumber(seconds) end
    io.stderr:write("skipped, does not run: ", task, "\n")
  end
end

return M
