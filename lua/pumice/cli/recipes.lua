--- pumice recipes: what can be run without writing a line.
local new_parser = require("pumice.cli.parser").new
local recipe = require "pumice.recipe"
local recipes = require "pumice.recipes"

local M = { summary = "list the bundled recipes" }

function M.parser()
  return new_parser("recipes", M.summary)
end

function M.run(words)
  M.parser():parse(words)
  local names, width = recipes.names(), 0
  for _, name in ipairs(names) do width = math.max(width, #name) end
  for _, name in ipairs(names) do
    local ok, loaded = pcall(recipe.load, recipes.find(name))
    local summary = ok and loaded.summary or "cannot be loaded; `pumice show` says why"
    io.write(name, (" "):rep(width - #name + 2), summary, "\n")
  end
  return 0
end

return M
