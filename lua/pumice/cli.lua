--- The command line.
local M = {}

--- Runs the program; returns its exit status.
---@param arg string[]
---@return integer
function M.main(arg)
  print("pumice " .. require("pumice").version, #arg)
  return 0
end

return M
