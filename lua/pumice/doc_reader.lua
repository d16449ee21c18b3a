--- Reads the docstrings (LuaCATS, `---` comments) of a Lua file of pumice.
local M = {}

---@class pumice.doc_reader.Value  an argument, a field or a result
---@field name? string
---@field type string  with "?" at its end when it may be nil
---@field text string

---@class pumice.doc_reader.Entry  a function
---@field name string  "shingle.jaccard", also of a method
---@field member string  "jaccard"
---@field signature string
---@field summary string  the first sentence
---@field text string
---@field params pumice.doc_reader.Value[]
---@field returns pumice.doc_reader.Value[]

---@class pumice.doc_reader.Module
---@field name string
---@field text string  the comment at the head of the file
---@field entries pumice.doc_reader.Entry[]
---@field classes table<string, { fields: pumice.doc_reader.Value[] }>

--- Splits "type  words about it": two blanks are between them.
local function split(rest)
  local kind, text = rest:match("^(.-)%s%s+(.*)$")
  return kind or rest, text or ""
end

local function named_value(rest)
  local name, optional, tail = rest:match("^([%w_.]+)(%??)%s*(.*)$")
  if not name then return nil end
  local kind, text = split(tail)
  return { name = name, type = kind .. optional, text = text }
end

local tags = {}

function tags.param(block, rest)
  local value = named_value(rest)
  block.params[#block.params + 1] = value
  return value
end

function tags.field(block, rest)
  local value = named_value(rest)
  if block.class then table.insert(block.class.fields, value) end
  return value
end

--- Splits "integer bands, fun(a, b): number curve" at the commas between results.
local function results_of(list)
  local results, depth, from = {}, 0, 1
  for at, mark in list:gmatch("()([%(%)<>{},])") do
    if mark:find("[%(<{]") then depth = depth + 1 end
    if mark:find("[%)>}]") then depth = depth - 1 end
    if mark == "," and depth == 0 then
      results[#results + 1] = list:sub(from, at - 1)
      from = at + 1
    end
  end
  results[#results + 1] = list:sub(from)
  return results
end

tags["return"] = function(block, rest)
  local kinds, text = split(rest)
  for _, kind in ipairs(results_of(kinds)) do
    local name = kind:match("[%w_%]}?>)] ([%w_]+)$")
    if name then kind = kind:sub(1, -#name - 2) end
    block.returns[#block.returns + 1] = { name = name, type = kind:match("^%s*(.*)$"), text = "" }
  end
  block.returns[#block.returns].text = text
  return block.returns[#block.returns]
end

function tags.class(block, rest, classes)
  block.class = { fields = {} }
  classes[rest:match("^[%w_.]+")] = block.class
end

--- A block of `---` lines, its tags taken out.
local function read_block(lines, classes)
  local block = { params = {}, returns = {} }
  local text, last = {}, nil
  for _, line in ipairs(lines) do
    local tag, rest = line:match("^@(%a+)%s*(.*)$")
    if tag then
      last = tags[tag] and tags[tag](block, rest, classes)
    elseif last and line:find("^%s") then
      last.text = last.text .. " " .. line:match("^%s*(.*)$")
    else
      last = nil
      text[#text + 1] = line
    end
  end
  block.text = table.concat(text, "\n")
  return block
end

--- Examples stand indented instead of fenced.
local function tidy(text)
  text = text:gsub("```lua\n(.-)```", function(code)
    return (code:gsub("[^\n]+", "    %0"))
  end)
  return (text:gsub("^%s+", ""):gsub("%s+$", ""):gsub("\n\n\n+", "\n\n"))
end

local function summary_of(text)
  local paragraph = text:gsub("\n\n.*$", ""):gsub("\n", " ")
  return paragraph:match("^(.-%.)%s") or paragraph
end

local function signature_of(name, block, declared)
  local arguments = {}
  for _, param in ipairs(block.params) do
    local optional = param.type:find("%?$")
    arguments[#arguments + 1] = optional and "[" .. param.name .. "]" or param.name
  end
  local list = #arguments > 0 and "(" .. table.concat(arguments, ", ") .. ")" or declared
  local results = {}
  for i, result in ipairs(block.returns) do results[i] = result.type end
  return name .. list .. (#results > 0 and " --> " .. table.concat(results, ", ") or "")
end

--- What the line after a docstring declares: owner ("M"), "." or ":", member,
--- argument list.
local function declaration(line)
  local owner, mark, member, list = line:match("^function%s+([%w_]+)([.:])([%w_]+)%s*(%b())")
  if owner then return owner, mark, member, list end
  owner, member = line:match("^([%w_]+)%.([%w_]+)%s*=")
  return owner, ".", member, line:find("stage%.define") and "(text or options)" or "()"
end

--- Reads the docstring `block` before `line` into `module`. The module's own
--- table may be the methods of an object, told by the class before `local M`.
local function take(block, line, module)
  local owner, mark, member, list = declaration(line)
  if not member then
    if line:find("^local M =") and block.class then module.object = true end
    return
  end
  local text = tidy(block.text)
  local caller = owner ~= "M" and owner or module.name
  if module.object then mark = ":" end
  table.insert(module.entries, {
    name = module.name .. "." .. member, member = member,
    text = text, summary = summary_of(text), params = block.params, returns = block.returns,
    signature = signature_of(caller .. mark .. member, block, list),
  })
end

--- The arguments but `self`, and the results, of "fun(self, a: integer, b?: string): number".
local function function_of(kind)
  local list, results = kind:match("^fun%((.*)%):%s*(.+)$")
  if not list then list, results = kind:match("^fun%((.*)%)$"), nil end
  local params, returns = {}, {}
  for _, argument in ipairs(results_of(list)) do
    local name, optional, of = argument:match("^%s*([%w_]+)(%??):?%s*(.*)$")
    if name and name ~= "self" then
      params[#params + 1] = { name = name, type = of .. optional, text = "" }
    end
  end
  for i, result in ipairs(results and results_of(results) or {}) do
    returns[i] = { type = result:match("^%s*(.*)$"), text = "" }
  end
  return params, returns
end

--- Takes in the methods of objects that are declared as fields of a class: they
--- come from C and have no function in the file.
local function take_methods(module)
  local known, names = {}, {}
  for _, entry in ipairs(module.entries) do known[entry.member] = true end
  for name in pairs(module.classes) do names[#names + 1] = name end
  table.sort(names)
  for _, class in ipairs(names) do
    for _, field in ipairs(module.classes[class].fields) do
      if field.type:find("^fun%(self") and not known[field.name] then
        local params, returns = function_of(field.type)
        local caller = class:match("[%w_]+$") .. ":" .. field.name
        table.insert(module.entries, {
          name = module.name .. "." .. field.name, member = field.name, text = field.text,
          summary = field.text, params = params, returns = returns,
          signature = signature_of(caller, { params = params, returns = returns }, "()"),
        })
      end
    end
  end
end

--- Returns what `source`, the file of a module, documents.
---@param source string
---@param name string  "shingle"
---@return pumice.doc_reader.Module
function M.read(source, name)
  local module = { name = name, text = "", entries = {}, classes = {} }
  local lines, number, start = {}, 0, 0
  for line in (source .. "\n"):gmatch("(.-)\n") do
    number = number + 1
    local comment = line:match("^%-%-%- ?(.*)$")
    if comment then
      if #lines == 0 then start = number end
      lines[#lines + 1] = comment
    elseif #lines > 0 then
      local block = read_block(lines, module.classes)
      if start == 1 then module.text = tidy(block.text) end
      take(block, line, module)
      lines = {}
    end
  end
  take_methods(module)
  return module
end

return M
