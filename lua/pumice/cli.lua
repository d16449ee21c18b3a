--- The command line.
local M = {}
function M.main(arg)
  local name = table.remove(arg, 1)
  _G.pumice = require "pumice"
  if name:find("%.lua$") then
    _G.arg = arg
    local ok, e = xpcall(loadfile(name), debug.traceback) if not ok then io.stderr:write(tostring(e),"\n") return 1 end
    return 0
  end
  return require("pumice.cli." .. name).run(arg)
end
return M
