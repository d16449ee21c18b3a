--- The bundled recipes: inside the executable, or in examples/recipes beside
--- the Lua files of a checkout, or in pumice/recipes of an installed rock.
local core = require "pumice.core"
local options = require "pumice.options"

local M = {}

local function embedded()
  local ok, files = pcall(require, "pumice.embedded")
  return ok and files or nil
end

--- The folder of the recipes on disk.
local function folder()
  local path = debug.getinfo(1, "S").source:match("^@(.*)recipes%.lua$") or ""
  local checkout = path:match("^(.*)lua/pumice/$")
  local examples = checkout and checkout .. "examples/recipes"
  if examples and core.input.kind(examples) then return examples end
  return path .. "recipes"
end

local function read(path)
  local file <close> = io.open(path, "rb")
  return file and file:read("a")
end

--- Returns the names of the bundled recipes, sorted.
---@return string[]
function M.names()
  local names = {}
  local files = embedded()
  if files then
    for name in pairs(files) do names[#names + 1] = name:match("^recipe:(.+)$") end
  else
    for _, name in ipairs(core.input.names(folder()) or {}) do
      names[#names + 1] = name:match("^(.+)%.lua$")
    end
  end
  table.sort(names)
  return names
end

--- Returns the source of a bundled recipe, or nil and a message that names the
--- nearest one.
---@param name string
---@return { source: string, name: string }?, string?
function M.find(name)
  local files = embedded()
  local source
  if files then
    source = files["recipe:" .. name]
  else
    source = read(("%s/%s.lua"):format(folder(), name))
  end
  if source then return { source = source, name = "@" .. name .. ".lua" } end
  return nil, options.unknown("recipe", name, M.names())
end

return M
