--- argparse with the manners of pumice: help goes to standard output and exits
--- with 0, a mistake goes to stderr and exits with 2, and both leave by way of
--- pumice.cli, which alone ends the program.
local argparse = require "argparse"

local M = {}

local UNITS = { [""] = 1, K = 10 ^ 3, M = 10 ^ 6, G = 10 ^ 9,
  Ki = 2 ^ 10, Mi = 2 ^ 20, Gi = 2 ^ 30 }

--- "100MB", "1.5GiB", "4096" as bytes; nil for anything else.
---@param text string
---@return integer?
function M.size(text)
  local number, unit = text:match("^(%d+%.?%d*)([KMG]?i?)B?$")
  local bytes = number and UNITS[unit] and math.floor(tonumber(number) * UNITS[unit])
  return bytes and bytes >= 1 and bytes or nil
end

---@class pumice.cli.Leave  raised to leave a command
---@field status integer
---@field text string

--- Returns an argparse parser for the command `name`.
---@param name string  "run"
---@param summary string
---@return table parser
function M.new(name, summary)
  local parser = argparse("pumice " .. name, summary):add_help(false)
  parser:flag("-h --help"):description("Show this."):action(function()
    error({ status = 0, text = parser:get_help() .. "\n" }, 0)
  end)
  function parser.error(_, message)
    local text = ("pumice %s: %s\nTry `pumice %s --help`.\n"):format(name, message, name)
    error({ status = 2, text = text }, 0)
  end
  return parser
end

return M
