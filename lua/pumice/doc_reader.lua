--- Reads the docstrings (LuaCATS, `---` comments) of a Lua file of pumice.
local M = {}

---@class pumice.doc_reader.Value  an argument, a field or a result
---@field name? string
---@field type string  with "?" at its end when it may be nil
---@field text string

---@class pumice.doc_reader.Entry  a function
---@field name string  "shingle.jaccard"
---@field member string  "jaccard"
---@field signature string
---@field summary string  the first sentence
---@field text string
---@field params pumice.doc_reader.Value[]
---@field returns pumice.doc_reader.Value[]

---@class pumice.doc_reader.Module
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

tags["return"] = function(block, rest)
  local kind, text = split(rest)
  local value = { type = kind, text = text }
  block.returns[#block.returns + 1] = value
  return value
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
    elseif last and line:find("^%s%s") then
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
  for i, result in ipairs(block.returns) do
    results[i] = result.type:match("^%S*[^%s,]") or result.type
  end
  return name .. list .. (#results > 0 and " --> " .. table.concat(results, ", ") or "")
end

--- What the line after a docstring declares: member, argument list.
local function declaration(line)
  local member, list = line:match("^function%s+[%w_]+[.:]([%w_]+)%s*(%b())")
  if member then return member, list end
  return line:match("^[%w_]+%.([%w_]+)%s*="), "()"
end

--- Returns what `source`, the file of a module, documents.
---@param source string
---@param module string  "shingle"
---@return pumice.doc_reader.Module
function M.read(source, module)
  local result = { text = "", entries = {}, classes = {} }
  local lines, number, start = {}, 0, 0
  for line in (source .. "\n"):gmatch("(.-)\n") do
    number = number + 1
    local comment = line:match("^%-%-%- ?(.*)$")
    if comment then
      if #lines == 0 then start = number end
      lines[#lines + 1] = comment
    elseif #lines > 0 then
      local block = read_block(lines, result.classes)
      local member, list = declaration(line)
      local text = tidy(block.text)
      if member then
        local name = module .. "." .. member
        table.insert(result.entries, {
          name = name, member = member, text = text, summary = summary_of(text),
          params = block.params, returns = block.returns,
          signature = signature_of(name, block, list),
        })
      elseif start == 1 then
        result.text = text
      end
      lines = {}
    end
  end
  return result
end

return M
