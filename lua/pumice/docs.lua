--- The documentation inside pumice: the docstrings of its own Lua files.
local doc_reader = require "pumice.doc_reader"
local options = require "pumice.options"

local M = {}

--- What is called pumice.fold and stands in the module `barrier`.
local BARRIERS = { fold = true, group = true, cluster = true }

local parsed = {}

local function source_of(module)
  local files = package.preload["pumice.embedded"] and require "pumice.embedded"
  if files then return files["pumice." .. module] end
  local path = package.searchpath("pumice." .. module, package.path)
  if not path then return nil end
  local file <close> = assert(io.open(path, "rb"))
  return file:read("a")
end

--- Returns what is documented in the file of a module, or nil.
---@param module string  "shingle", "clean.repair"
---@return pumice.doc_reader.Module?
function M.module(module)
  if parsed[module] == nil then
    local source = module:find("^[%w_.]+$") and source_of(module)
    parsed[module] = source and doc_reader.read(source, module) or false
  end
  return parsed[module] or nil
end

--- Returns the full names of everything documented in the public modules.
---@return string[]
function M.names()
  local names = {}
  for _, name in ipairs(require("pumice").modules) do
    local module = M.module(name)
    if module then
      names[#names + 1] = name
      for _, entry in ipairs(module.entries) do names[#names + 1] = entry.name end
    end
  end
  return names
end

local function entry_of(name)
  local module_name, member = name:match("^(.+)[.:]([^.:]+)$")
  local module = module_name and M.module(module_name)
  for _, entry in ipairs(module and module.entries or {}) do
    if entry.member == member then return entry, module end
  end
end

--- The names that end in `.word`: what somebody means who says `jaccard`.
local function ending_in(word)
  local found = {}
  for _, name in ipairs(M.names()) do
    if name:match("[^.:]+$") == word then found[#found + 1] = name end
  end
  return found
end

--- The fields of the table that `type_name` names, if the module declares it
--- and it is no object.
local function fields_of(type_name, module)
  for name in type_name:gmatch("[%w_.]+") do
    local class = module.classes[name]
    local first = class and class.fields[1]
    if first and not first.type:find("^fun%(") then return class.fields end
  end
  return {}
end

--- Name, type and words of each value, a table's fields below it.
local function value_lines(values, module, pad)
  local lines, width = {}, 0
  for _, value in ipairs(values) do width = math.max(width, #(value.name or "")) end
  for _, value in ipairs(values) do
    local name = width > 0 and ("%-" .. width .. "s  "):format(value.name or "") or ""
    local line = pad .. name .. value.type .. "  " .. value.text
    lines[#lines + 1] = line:gsub("%s+$", "")
    local fields = #pad < 6 and fields_of(value.type, module) or {}
    if #fields > 0 then lines[#lines + 1] = value_lines(fields, module, pad .. "  ") end
  end
  return table.concat(lines, "\n")
end

local function says_more(value)
  return value.name or value.text ~= ""
end

local function entry_text(entry, module)
  local parts = { entry.signature, entry.text }
  if #entry.params > 0 then
    parts[#parts + 1] = "Takes\n" .. value_lines(entry.params, module, "  ")
  end
  local told = false
  for _, value in ipairs(entry.returns) do
    told = told or says_more(value) or #fields_of(value.type, module) > 0
  end
  if told then parts[#parts + 1] = "Returns\n" .. value_lines(entry.returns, module, "  ") end
  return table.concat(parts, "\n\n")
end

local function module_text(module)
  local lines = {}
  for i, entry in ipairs(module.entries) do
    lines[i] = ("  %s\n      %s"):format(entry.signature, entry.summary)
  end
  return module.text .. "\n\n" .. table.concat(lines, "\n")
end

--- Returns the help for `name`: a module ("shingle"), one of its functions
--- ("shingle.jaccard"), or the last part of its name alone ("jaccard"). nil and a
--- message that names the nearest one when there is none.
---
--- ```lua
--- local docs = require "pumice.docs"
--- docs.text("options.nearest"):match("^[^\n]+")  --> "options.nearest(name, names) --> string?"
--- ```
---@param name string
---@return string? text, string? message
function M.text(name)
  name = name:gsub("^pumice%.", ""):gsub("%(%)$", "")
  if BARRIERS[name] then name = "barrier." .. name end
  local entry, module = entry_of(name)
  if entry then return entry_text(entry, module) end
  module = M.module(name)
  if module then return module_text(module) end
  local names = name:find("[.:]") and {} or ending_in(name)
  if #names == 1 then return M.text(names[1]) end
  if #names > 1 then
    return ("%s is in several modules: %s"):format(name, table.concat(names, ", "))
  end
  local near = options.nearest(name, M.names())
  if near then return nil, ("nothing is called '%s', did you mean '%s'?"):format(name, near) end
  return nil, ("nothing is called '%s'; `pumice help` lists the modules"):format(name)
end

--- Returns the first line of help of everything whose name or help has `word` in
--- it, as "name  summary" lines; "" when there is nothing.
---@param word string
---@return string
function M.search(word)
  local found = {}
  word = word:lower()
  for _, module_name in ipairs(require("pumice").modules) do
    local module = M.module(module_name)
    for _, entry in ipairs(module and module.entries or {}) do
      if (entry.name .. " " .. entry.text):lower():find(word, 1, true) then
        local line = ("%-22s  %s"):format(entry.name, entry.summary)
        found[#found + 1] = #line > 79 and line:sub(1, 76):gsub("%s+%S*$", " ...") or line
      end
    end
  end
  return table.concat(found, "\n")
end

return M
