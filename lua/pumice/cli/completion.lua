--- pumice completion: a script that teaches a shell the words of pumice.
local argparse = require "argparse"
local new_parser = require("pumice.cli.parser").new

local M = { summary = "write a completion script for a shell" }

function M.parser()
  local parser = new_parser("completion", M.summary)
  parser:argument("shell"):choices({ "bash", "zsh", "fish" })
    :description("Put its output where the shell looks, e.g. "
      .. "`pumice completion bash >~/.local/share/bash-completion/completions/pumice`.")
  return parser
end

--- One parser that has the parsers of all commands below it.
local function whole()
  local cli = require "pumice.cli"
  local root = argparse("pumice"):add_help(false)
  root:flag("-h --help"):description("Show help.")
  root:flag("-v --version"):description("Show the version.")
  root:option("-e"):description("Run code."):argname("CODE")
  for _, name in ipairs(cli.commands) do
    local command = cli.command(name)
    if command.parser then
      local below, parser = root:command(name, command.summary), command.parser()
      below:add_help(false)
      below._options, below._arguments = parser._options, parser._arguments
    end
  end
  return root
end

function M.run(words)
  local shell = M.parser():parse(words).shell
  local root = whole()
  io.write(root["get_" .. shell .. "_complete"](root))
  return 0
end

return M
