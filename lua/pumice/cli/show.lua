--- pumice show: what a recipe does, its options, its source.
local calls = require "pumice.cli.call"
local new_parser = require("pumice.cli.parser").new
local recipe = require "pumice.recipe"

local M = { summary = "show what a recipe does and its options" }

function M.parser()
  local parser = new_parser("show", M.summary)
  parser:argument("recipe"):description("A bundled recipe (see `pumice recipes`) or a file.")
  parser:flag("--source"):description("Show its source after that.")
  return parser
end

--- "--min-words 40    drop documents with fewer words", one line an option.
local function option_lines(loaded)
  local names, lines = {}, {}
  for name in pairs(loaded.options) do names[#names + 1] = name end
  table.sort(names)
  for i, name in ipairs(names) do
    local default, help = table.unpack(loaded.options[name])
    local flag = ("%s=%s"):format(calls.flag_of(name), tostring(default))
    lines[i] = ("  %-24s  %s\n"):format(flag, help)
  end
  return table.concat(lines)
end

function M.run(words)
  local args = M.parser():parse(words)
  local file, message = recipe.find(args.recipe)
  local ok, loaded
  if file then ok, loaded = pcall(recipe.load, file) end
  if not ok then
    io.stderr:write("pumice show: ", tostring(message or loaded), "\n")
    return 2
  end
  io.write(loaded.summary, "\n")
  if next(loaded.options) then
    io.write("\nOptions, with their defaults:\n", option_lines(loaded))
  end
  io.write(("\n%d examples: `pumice check %s`\n"):format(#loaded.examples, args.recipe))
  if args.source then io.write("\n", file.source) end
  return 0
end

return M
