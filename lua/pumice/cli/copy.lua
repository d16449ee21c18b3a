--- pumice copy: a bundled recipe as a file to change.
local new_parser = require("pumice.cli.parser").new
local recipes = require "pumice.recipes"

local M = { summary = "copy a bundled recipe to a file of your own" }

function M.parser()
  local parser = new_parser("copy", M.summary)
  parser:argument("recipe"):description("The name of a bundled recipe.")
  parser:argument("file"):args("?")
    :description("Where to write it, by default RECIPE.lua; never over another file.")
  return parser
end

local HEADER = [[
-- A copy of the recipe '%s' of pumice %s, to change as you like.
-- Run it with `pumice run %s INPUT...`; `pumice show --source %s` has the origin.
]]

local function complain(message)
  io.stderr:write("pumice copy: ", message, "\n")
end

function M.run(words)
  local args = M.parser():parse(words)
  local name = args.recipe
  local file, message = recipes.find(name)
  if not file then
    complain(message)
    return 2
  end
  local path = args.file or name .. ".lua"
  if path == "" then
    complain "the name of the file is empty"
    return 2
  end
  local there = io.open(path)
  if there then
    there:close()
    complain(("'%s' is there already; name another file: `pumice copy %s FILE`")
      :format(path, name))
    return 2
  end
  local out, why = io.open(path, "wb")
  if not out then
    complain(why)
    return 3
  end
  local header = HEADER:format(name, require("pumice").version, path, name)
  local written, reason = out:write(header, file.source)
  local closed, late = out:close()
  if not (written and closed) then
    complain(("cannot write '%s': %s"):format(path, reason or late))
    return 3
  end
  io.write("wrote ", path, "\n")
  return 0
end

return M
