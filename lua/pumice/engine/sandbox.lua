--- The world a recipe sees: made from an empty table by a list of what is
--- allowed, never by taking things away.
local core = require "pumice.core"
local errors = require "pumice.errors"
local options = require "pumice.options"
local stage = require "pumice.stage"

local M = {}

--- Instructions, and bytes of Lua in all, that it may take to load a recipe or
--- to make its stages.
local STEPS, MEMORY = 1000 * 1000 * 1000, 1024 * 1024 * 1024

local GLOBALS = {
  "assert", "error", "ipairs", "next", "pairs", "pcall", "rawequal", "rawlen", "select",
  "tonumber", "tostring", "type", "xpcall", "_VERSION",
}

local LIBRARIES = { "coroutine", "math", "string", "table", "utf8" }

--- Left out of the libraries: bytecode, and a function of Lua 5.4.4 with a known
--- crash.
local REFUSED = { ["string.dump"] = true, ["coroutine.close"] = true }

--- The modules of pumice that touch nothing but the values they are given.
M.modules = {
  "align", "clean", "dedup", "extract", "index", "json", "options", "regex", "shingle", "stage",
  "text", "token",
}

local function refuse(_, name)
  error(("pumice cannot be changed by a recipe: '%s'"):format(tostring(name)), 2)
end

--- A module as it is, but for writing to it, and for what `instead` has.
local function read_only(module, instead)
  instead = instead or {}
  local metatable = getmetatable(module)
  local call = metatable and metatable.__call
  local function shown(name)
    if instead[name] ~= nil then return instead[name] end
    return module[name]
  end
  return setmetatable({}, {
    __index = function(_, name) return shown(name) end,
    __newindex = refuse,
    __pairs = function()
      local step, state, first = pairs(module)
      return function(_, before)
        local name = step(state, before)
        if name ~= nil then return name, shown(name) end
      end, nil, first
    end,
    __call = call and function(_, ...) return call(module, ...) end,
    __metatable = false,
  })
end

--- A table without what its metatable may say of it.
local function plain(given)
  if type(given) ~= "table" then return given end
  local copy = {}
  for name, value in next, given do copy[name] = value end
  return copy
end

--- `make` for recipes: it opens no file but those the caller has granted.
---@param make fun(opts?: table): table
---@param option string  the one that names a file, or a list of them
---@param granted table<string, boolean>
local function only_granted(make, option, granted)
  return function(opts)
    opts = plain(opts)
    if type(opts) == "table" then
      local paths = plain(opts[option])
      opts[option] = paths
      for _, path in next, type(paths) == "table" and paths or { paths } do
        if not granted[path] then
          error(("'%s': a recipe opens only files that its caller names, by an option with "
            .. "path = true"):format(tostring(path)), 2)
        end
      end
    end
    return make(opts)
  end
end

--- What a recipe sees instead of things that read files.
local instead = {
  dedup = function(dedup, granted)
    local against = only_granted(dedup.against, "index", granted)
    return {
      decontaminate = only_granted(dedup.decontaminate, "tests", granted),
      against = only_granted(against, "tests", granted),
    }
  end,
  index = function()
    return { open = function() error("a recipe opens no index: see dedup.against", 2) end }
  end,
  token = function(token)
    return { bpe = read_only { new = token.bpe.new, parse = token.bpe.parse } }
  end,
}

local function facade(granted)
  local allowed = {}
  for _, name in ipairs(M.modules) do allowed[name] = true end
  local barrier = require "pumice.barrier"
  local views = {}
  return setmetatable({
    version = require("pumice").version,
    recipe = require("pumice.recipe").define,
    fold = barrier.fold,
    group = barrier.group,
    cluster = barrier.cluster,
  }, {
    __index = function(_, name)
      if not allowed[name] then return nil end
      if not views[name] then
        local module = require("pumice." .. name)
        views[name] = read_only(module, instead[name] and instead[name](module, granted))
      end
      return views[name]
    end,
    __newindex = refuse,
    __metatable = false,
  })
end

--- What a trusted recipe sees: everything, with pumice at hand.
---@return table
function M.open()
  return setmetatable({ pumice = require "pumice" }, { __index = _G })
end

--- A finalizer runs where no limit reaches it.
local function guarded_setmetatable(value, metatable)
  if type(metatable) == "table" and rawget(metatable, "__gc") ~= nil then
    error("a recipe may not set __gc", 2)
  end
  return setmetatable(value, metatable)
end

--- The seed for the bytes of a document: a digest of them.
local function seed_of(origin)
  local digest = core.sha256.hex(type(origin) == "table" and origin.raw or "")
  return tonumber(digest:sub(1, 16), 16), tonumber(digest:sub(17, 32), 16)
end

--- math.random and math.randomseed for a recipe: seeded with each document anew,
--- so that it gets the same numbers in whatever worker and run.
local function add_random(library)
  local seeded -- the origin of the document for which they are
  function library.random(...)
    if seeded ~= (stage.origin or library) then
      seeded = stage.origin or library
      math.randomseed(seed_of(stage.origin))
    end
    return math.random(...)
  end
  function library.randomseed(...)
    seeded = stage.origin or library
    if select("#", ...) == 0 then return math.randomseed(seed_of(stage.origin)) end
    return math.randomseed(...)
  end
end

--- `print` goes where the log goes: standard output belongs to the documents.
local function print_to_log(...)
  local words = {}
  for i = 1, select("#", ...) do words[i] = tostring((select(i, ...))) end
  io.stderr:write(table.concat(words, "\t"), "\n")
end

local charged = false

--- From here on the functions of Lua's library heed the budget: those that could
--- work for ever on small arguments.
function M.charge_library()
  if charged then return end
  for name, f in pairs(core.pattern) do string[name] = f end -- luacheck: ignore 122
  core.budget.charge_library()
  charged = true
end

local function reason_of(raised, memory)
  if raised == errors.NO_MEMORY then return ("it takes more than %d bytes"):format(memory) end
  if type(raised) == "string" then return raised end
  local code = type(raised) == "table" and rawget(raised, "code")
  if code == "too-many-steps" then
    return ("it takes more than %d instructions"):format(STEPS)
  end
  local reason = type(raised) == "table" and rawget(raised, "reason")
  return type(reason) == "string" and reason or "an error that is a " .. type(raised)
end

local function restored(before, memory, ok, ...)
  core.budget.limit_memory(before)
  if ok then return ... end
  local raised = ...
  error(reason_of(raised, memory), 0)
end

--- Calls code of a recipe that belongs to no document, within limits. Raises
--- what it raises, as a string.
---@param f function
function M.call(f, ...)
  M.charge_library()
  local before = core.budget.limit_memory(MEMORY)
  local memory = math.min(before or MEMORY, MEMORY)
  core.budget.limit_memory(memory)
  return restored(before, memory, core.budget.call(STEPS, f, ...))
end

--- Returns a fresh environment for a recipe.
---@param granted? table<string, boolean>  paths that stages may open
---@return table
function M.environment(granted)
  local environment = { print = print_to_log, setmetatable = guarded_setmetatable }
  for _, name in ipairs(GLOBALS) do environment[name] = _G[name] end
  for _, name in ipairs(LIBRARIES) do
    environment[name] = {}
    for key, value in pairs(_G[name]) do
      if not REFUSED[name .. "." .. key] then environment[name][key] = value end
    end
  end
  add_random(environment.math)
  -- The metatable of strings is shared with pumice itself.
  environment.getmetatable = function(value)
    return type(value) == "table" and getmetatable(value) or nil
  end
  local pumice = facade(granted or {})
  environment.pumice = pumice
  environment.require = function(name)
    if name == "pumice" then return pumice end
    local module = pumice[tostring(name):match("^pumice%.(%w+)$")]
    if module then return module end
    local known = { "pumice" }
    for _, known_name in ipairs(M.modules) do known[#known + 1] = "pumice." .. known_name end
    error(options.unknown("module", tostring(name), known), 2)
  end
  environment._G = environment
  return environment
end

return M
