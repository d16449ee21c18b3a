--- argparse with the manners of pumice: help goes to standard output and exits
--- with 0, a mistake goes to stderr and exits with 2, and both leave by way of
--- pumice.cli, which alone ends the program.
local argparse = require "argparse"

local M = {}

local UNITS = { k = 10 ^ 3, K = 10 ^ 3, M = 10 ^ 6, G = 10 ^ 9,
  Ki = 2 ^ 10, Mi = 2 ^ 20, Gi = 2 ^ 30 }

--- "100MB", "1.5GiB", "4096" as bytes; nil for anything else.
local function size(text)
  local number, unit = text:match("^(%d+%.?%d*)([kKMG]?i?)B?$")
  if unit == "" then return math.tointeger(number) end
  return number and UNITS[unit] and math.tointeger(math.floor(tonumber(number) * UNITS[unit]))
end

--- What the value of an option may be: how it is read, what it is called in the
--- help, and in a message.
local KINDS = {
  count = { math.tointeger, "N", "a whole number" },
  size = { size, "SIZE", "bytes, as in 4096, 100MB or 1.5GiB" },
  seconds = { tonumber, "SECONDS", "a number of seconds" },
}

--- Adds an option whose value is a number; who mistypes it is told which option it
--- was and what it takes.
---@param parser table
---@param flags string  "-j --jobs"
---@param help string
---@param kind "count"|"size"|"seconds"
---@return table option
function M.number(parser, flags, help, kind)
  local read, name, words = table.unpack(KINDS[kind])
  local flag = flags:match("%-%-%S+")
  return parser:option(flags, help):argname(name):convert(function(text)
    local value = read(text)
    if value then return value end
    return nil, ("%s takes %s, not '%s'"):format(flag, words, text)
  end)
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
    local negative = message:match "^unknown option '(%-%d[^']*)'"
    if negative then
      message = ("unknown option '%s'; as a value it is written --option=%s"):format(negative,
        negative)
    end
    local text = ("pumice %s: %s\nTry `pumice %s --help`.\n"):format(name, message, name)
    error({ status = 2, text = text }, 0)
  end
  return parser
end

return M
