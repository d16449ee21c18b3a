--- Recipes: a file of Lua that says what is done to a corpus.
---
--- ```lua
--- local recipe = pumice.recipe {
---   summary = "Keep documents of enough words",
---   options = { min_words = { 40, "drop documents with fewer words" } },
---   stages = function(options)
---     return {
---       function(doc)
---         if #doc.text < options.min_words then return nil, "too short" end
---         return doc
---       end,
---     }
---   end,
---   examples = {
---     { given = { text = "404" }, drops = "too short" },
---   },
--- }
--- recipe.summary  --> "Keep documents of enough words"
--- ```
local options = require "pumice.options"
local recipes = require "pumice.recipes"
local sandbox = require "pumice.engine.sandbox"

local M = {}

---@class pumice.Recipe
---@field summary string  one line
---@field options table<string, {[1]: any, [2]: string, path?: boolean}>  default,
---  one line of help, and whether it names a file that stages may open
---@field stages fun(options: table): table[]
---@field examples table[]

---@class pumice.Example
---@field given table  a document, or a list of documents
---@field options? table
---@field keeps? boolean|string[]  true, or the ids that stay
---@field drops? string|table<string, string>  the reason, or reasons by id
---@field gives? table<string, any>  fields of the document that stays, or such tables by id

local FIELDS = { summary = options.any, options = options.any, stages = options.any,
  examples = options.any }

--- The recipes that M.define made.
local made = setmetatable({}, { __mode = "k" })

--- The fields of a table without what a metatable, which is the recipe's own
--- code, may say of it.
local function plain(given)
  local copy = {}
  for name, value in next, type(given) == "table" and given or {} do copy[name] = value end
  return copy
end

--- Checks a recipe and returns it with what it leaves out filled in. Raises at
--- a field it does not know or that has another type.
---@param recipe pumice.Recipe
---@return pumice.Recipe
function M.define(recipe)
  local result = options.read(recipe, FIELDS)
  if type(result.summary) ~= "string" then
    error("a recipe needs a summary: one line that says what it does", 2)
  end
  if type(result.stages) ~= "function" then
    error("a recipe needs stages = function(options) return { ... } end", 2)
  end
  result.options = plain(result.options)
  result.examples = plain(result.examples)
  for name, given in next, result.options do
    local option = plain(given)
    result.options[name] = option
    if type(given) ~= "table" or option[1] == nil or type(option[2]) ~= "string" then
      error(("option '%s' is a table of its default and a line of help"):format(name), 2)
    end
  end
  made[result] = true
  return result
end

--- Finds a recipe: a file when the name has a slash or ends in .lua, else a
--- bundled one. Returns nil and a message when there is none.
---@param name string
---@return { source: string, name: string }?, string?
function M.find(name)
  if not name:find("/", 1, true) and not name:find("%.lua$") then
    return recipes.find(name)
  end
  local file <close>, message = io.open(name, "rb")
  if not file then return nil, message end
  local source, problem = file:read("a")
  if not source then return nil, ("%s: %s"):format(name, problem) end
  return { source = source, name = "@" .. name }
end

--- Calls a function of a recipe, within limits unless it is trusted. What it
--- raises names it.
local function call(name, trust, f, ...)
  if trust then return f(...) end
  local ok, result = pcall(sandbox.call, f, ...)
  if ok then return result end
  local places = result:find("^[^\n:]+:%d+: ")
  error(places and result or ("%s: %s"):format(name, result), 0)
end

--- Loads a recipe from its source, inside the sandbox unless it is trusted.
---@param file { source: string, name: string }  name: "@news.lua", for messages
---@param trust? boolean
---@return pumice.Recipe
function M.load(file, trust)
  local granted = {}
  local environment = trust and sandbox.open() or sandbox.environment(granted)
  local chunk, message = load(file.source, file.name, "t", environment)
  if not chunk then error(message, 0) end
  local name = file.name:gsub("^@", "")
  local recipe = call(name, trust, chunk)
  if not made[recipe] then
    error(("%s returns a %s; a recipe file returns pumice.recipe { ... }"):format(
      name, type(recipe)), 0)
  end
  recipe.granted = granted
  local stages = recipe.stages
  recipe.stages = function(settings)
    local list = call(name .. ": stages", trust, stages, settings)
    if type(list) ~= "table" then
      error(("%s: stages gives a %s and not a list of stages"):format(name, type(list)), 0)
    end
    list = plain(list)
    for i, stage in ipairs(list) do
      if type(stage) == "table" and getmetatable(stage) ~= nil then
        error(("%s: stage %d is a table with a metatable"):format(name, i), 0)
      end
    end
    return list
  end
  return recipe
end

--- Lets the stages of a recipe open the files that its caller names: the values
--- in `given` of options with `path = true`. Defaults and examples grant nothing.
---@param recipe pumice.Recipe
---@param given table<string, any>
function M.grant(recipe, given)
  for name, value in pairs(given) do
    local option = recipe.options[name]
    if option and option.path then recipe.granted[value] = true end
  end
end

local function convert(name, value, default)
  if type(value) == type(default) or type(value) ~= "string" or type(default) == "function" then
    return value
  end
  if type(default) == "number" then
    local number = tonumber(value)
    if number then return number end
    error(("option '%s' is a number, not '%s'"):format(name, value), 0)
  elseif type(default) == "boolean" then
    if value == "true" or value == "yes" then return true end
    if value == "false" or value == "no" then return false end
    error(("option '%s' is true or false, not '%s'"):format(name, value), 0)
  end
  return value
end

--- Returns the options of a recipe with `given` ones set; strings, as they
--- stand on a command line, become the type of the default.
---@param recipe pumice.Recipe
---@param given table<string, any>
---@return table<string, any>
function M.settings(recipe, given)
  local settings, names = {}, {}
  for name, option in pairs(recipe.options) do
    settings[name] = option[1]
    names[#names + 1] = name
  end
  for name, value in pairs(given) do
    if settings[name] == nil then error(options.unknown("option", name, names), 0) end
    settings[name] = convert(name, value, recipe.options[name][1])
  end
  return settings
end

-- `pumice.recipe { ... }` defines one; the rest of the module loads and checks.
return setmetatable(M, { __call = function(_, recipe) return M.define(recipe) end })
