--- `pumice check RECIPE`: loads it, runs its examples, and warns of what would
--- make its output differ from run to run.
local blame = require "pumice.blame"
local check = require "pumice.engine.check"
local parsers = require "pumice.cli.parser"
local recipe = require "pumice.recipe"
local slow_patterns = require "pumice.engine.slow_patterns"
local steady = require "pumice.engine.steady"

local M = { summary = "run the examples of a recipe, and warn of what differs from run to run, "
  .. "and of slow patterns" }

function M.parser()
  local parser = parsers.new("check", M.summary)
  parser:argument("recipe", "a bundled recipe (see pumice recipes) or a file"):args "+"
  return parser
end

---@param arg string[]
---@return integer
function M.run(arg)
  local args = M.parser():parse(arg)
  local failed = 0
  for _, name in ipairs(args.recipe) do
    local file, message = recipe.find(name)
    if not file then
      io.stderr:write("pumice check: ", message, "\n")
      return 2
    end
    local warnings = steady.warnings(file.source)
    for _, warning in ipairs(slow_patterns.warnings(steady.tokens(file.source))) do
      warnings[#warnings + 1] = warning
    end
    for _, warning in ipairs(warnings) do
      print(("%s:%d: warning: %s"):format(file.name:gsub("^@", ""), warning.line, warning.text))
    end
    local ok, loaded = pcall(recipe.load, file)
    if not ok then
      io.stderr:write("pumice check: ", blame.unloaded(file, tostring(loaded)), "\n")
      return 2
    end
    for i, example in ipairs(loaded.examples) do
      local ran, problem = pcall(check.example, loaded, example)
      if not ran and type(problem) == "table" then problem = problem.reason end
      if problem then
        failed = failed + 1
        print(("%s: example %d: %s"):format(name, i, problem))
      end
    end
    print(("%s: %d examples, %d failed"):format(name, #loaded.examples, failed))
  end
  return failed > 0 and 1 or 0
end

return M
