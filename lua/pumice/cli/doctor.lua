--- pumice doctor: what a bug report needs.
local new_parser = require("pumice.cli.parser").new

local M = { summary = "show versions and features of this machine" }

function M.parser()
  return new_parser("doctor", M.summary)
end

function M.run(words)
  M.parser():parse(words)
  local rows = { { "pumice", require("pumice").version }, { "Lua", _VERSION } }
  for _, row in ipairs(require("pumice.host").versions()) do rows[#rows + 1] = row end
  for _, name in ipairs { "LC_ALL", "LC_CTYPE", "LANG", "TERM" } do
    local value = os.getenv(name)
    if value then rows[#rows + 1] = { name, value } end
  end
  for _, row in ipairs(rows) do io.write(("%-14s %s\n"):format(row[1], row[2])) end
  return 0
end

return M
