--- pumice help: commands, and the functions that scripts and recipes use.
local docs = require "pumice.docs"
local errors = require "pumice.errors"
local new_parser = require("pumice.cli.parser").new

local M = { summary = "explain a command, a recipe, a module or a function" }

function M.parser()
  local parser = new_parser("help", M.summary)
  parser:argument("name"):args("?")
    :description("A command, a recipe, a module (shingle), a function (shingle.jaccard), "
      .. "or errors.")
  parser:argument("code"):args("?")
    :description("After `errors`: the code of an error, as a run names it.")
  return parser
end

--- The modules with the first sentence of each.
local function modules()
  local lines = { "Modules, for scripts and recipes:\n" }
  for _, name in ipairs(require("pumice").modules) do
    local module = docs.module(name)
    local first = module and module.text:gsub("\n.*$", "") or ""
    lines[#lines + 1] = ("  %-10s  %s\n"):format(name, first)
  end
  lines[#lines + 1] = "\nMore: `pumice help shingle`, `pumice help shingle.jaccard`.\n"
  return table.concat(lines)
end

function M.run(words)
  local args = M.parser():parse(words)
  local name = args.name
  local cli = require "pumice.cli"
  if not name then
    io.write(cli.usage(), "\n", modules())
    return 0
  end
  local command = cli.command(name)
  if command then return cli.main { name, "--help" } end
  if require("pumice.recipes").find(name) then return cli.main { "show", name } end
  local text, message
  if name == "errors" then
    text, message = errors.text(args.code)
  else
    text, message = docs.text(name)
  end
  if not text then
    io.stderr:write("pumice help: ", message, "\n")
    return 2
  end
  io.write(text, "\n")
  return 0
end

return M
