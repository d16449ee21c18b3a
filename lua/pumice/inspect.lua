--- Values as people read them: bounded, whatever the size of the value.
local options = require "pumice.options"
local quote = require "pumice.quote"

local M = {}

---@class pumice.inspect.Options
---@field lines? integer  at most so many (default 40)
---@field width? integer  columns a line should fit in (default 78)
---@field items? integer  shown of each table (default 100)
---@field depth? integer  tables in tables (default 8)
---@field characters? integer  shown of each string (default 200)
local defaults = { lines = 40, width = 78, items = 100, depth = 8, characters = 200 }

-- Values shown and keys looked at, in all: what bounds the time.
local MOST_VALUES, MOST_KEYS = 1000, 3000

local reserved = {}
for word in ([[and break do else elseif end false for function goto if in local nil not or
  repeat return then true until while]]):gmatch("%a+") do reserved[word] = true end

local ranks = { number = 1, string = 2, boolean = 3 }

local function comes_before(a, b)
  local rank_a, rank_b = ranks[type(a)] or 4, ranks[type(b)] or 4
  if rank_a ~= rank_b then return rank_a < rank_b end
  if rank_a <= 2 then return a < b end
  return tostring(a) < tostring(b)
end

--- Is `key` one of t[1] .. t[n]?
local function in_sequence(key, n)
  return math.type(key) == "integer" and key >= 1 and key <= n
end

--- Returns the keys besides 1 .. n, sorted, and whether there may be others.
local function other_keys(n, iterate, state, first, view)
  local keys = {}
  -- A long sequence is stepped over: looking at each element would take long.
  if first == nil and n > MOST_KEYS and rawequal(iterate, next) then first = n end
  for key in iterate, state, first do
    view.keys_left = view.keys_left - 1
    if view.keys_left < 0 then break end
    if not in_sequence(key, n) then keys[#keys + 1] = key end
  end
  table.sort(keys, comes_before)
  return keys, view.keys_left < 0
end

local function function_text(f)
  local info = debug.getinfo(f, "S")
  if info.what == "C" then return "function (C)" end
  return ("function (%s:%d)"):format(info.short_src, info.linedefined)
end

local render

local function key_text(key, view, depth)
  if type(key) == "string" then
    if key:find("^[%a_][%w_]*$") and not reserved[key] then return key end
    return "[" .. quote.quote(key, 60) .. "]"
  elseif type(key) == "table" then
    return "[" .. tostring(key) .. "]"
  end
  return "[" .. render(key, view, depth, 0) .. "]"
end

--- Puts the entries of a table on one line if they fit, else one on a line;
--- short ones of a sequence share lines.
local function lay_out(entries, is_list, header, view, indent)
  local length, one_line = #header + 4, true
  for _, entry in ipairs(entries) do
    length = length + #entry + 2
    if entry:find("\n", 1, true) then one_line = false end
  end
  if #entries == 0 then return header .. "{}" end
  if one_line and length + indent <= view.width then
    return header .. "{ " .. table.concat(entries, ", ") .. " }"
  end
  local pad = (" "):rep(indent + 2)
  local out, column = { header, "{" }, math.huge
  for _, entry in ipairs(entries) do
    local wide = not is_list or entry:find("\n", 1, true)
    if wide or column + #entry + 2 > view.width then
      out[#out + 1] = "\n" .. pad
      column = indent + 2
    else
      out[#out + 1] = " "
    end
    out[#out + 1] = entry .. ","
    column = wide and math.huge or column + #entry + 2
  end
  out[#out + 1] = "\n" .. (" "):rep(indent) .. "}"
  return table.concat(out)
end

--- Renders what has n elements, read by `get`, and the fields that `iterate`
--- gives besides.
local function fields(value, header, n, get, view, depth, indent,
    iterate, state, first)
  if depth >= view.depth then return header .. "{...}" end
  if view.path[value] then return "<cycle>" end
  view.path[value] = true
  local entries, more = {}, false
  local function add(prefix, item)
    view.left = view.left - 1
    entries[#entries + 1] = prefix .. render(item, view, depth + 1, indent + 2)
  end
  for i = 1, math.min(n, view.items) do
    if view.left <= 0 then break end
    add("", get(value, i))
  end
  local hidden, is_list = n - #entries, true
  if iterate then
    local keys
    keys, more = other_keys(n, iterate, state, first, view)
    local shown = math.min(#keys, math.max(0, view.items - #entries))
    for i = 1, shown do
      if view.left <= 0 then shown = i - 1 break end
      add(key_text(keys[i], view, depth) .. " = ", get(value, keys[i]))
    end
    hidden = hidden + #keys - shown
    is_list = #keys == 0
  end
  view.path[value] = nil
  if hidden > 0 or more then
    entries[#entries + 1] = ("... %s%d more"):format(more and "over " or "", hidden)
  end
  return lay_out(entries, is_list, header, view, indent)
end

local function index(value, key)
  return value[key]
end

--- Renders an object by what it offers: fields, elements, or words of its own.
local function object(value, meta, view, depth, indent)
  local name = type(meta.__name) == "string" and meta.__name or type(value)
  if meta.__pairs then
    return fields(value, name .. " ", 0, index, view, depth, indent, pairs(value))
  end
  local words = meta.__tostring and quote.cut(tostring(value), view.characters)
  if type(value) == "userdata" and meta.__len and meta.__index then
    local n = #value
    if n > 0 and pcall(index, value, 1) and value[1] ~= nil then
      return fields(value, (words or name) .. " ", n, index, view, depth, indent)
    end
  end
  return words
end

function render(value, view, depth, indent)
  local kind = type(value)
  if kind == "string" then return quote.quote(value, view.characters) end
  if kind == "function" then return function_text(value) end
  local meta = (kind == "table" or kind == "userdata") and debug.getmetatable(value)
  if meta then
    local ok, text = pcall(object, value, meta, view, depth, indent)
    if ok and text then return text end
    view.path[value] = nil
  end
  if kind ~= "table" then return tostring(value) end
  return fields(value, "", rawlen(value), rawget, view, depth, indent, next, value)
end

--- Returns `value` as text in the manner of Lua's own constructors.
---
--- Keys come sorted, numbers before strings; a table inside itself is
--- `<cycle>`. Text stays readable: UTF-8 as it is, and what cannot be seen or is
--- no character escaped. What is long is cut, and the cut told: `"abc"... (4096
--- bytes)`, `... 900 more`. An object shows its fields or elements if it can
--- list them, else what `tostring` says.
---
--- ```lua
--- local inspect = require "pumice.inspect"
--- inspect.value { 1, "two", x = { y = true } }  --> '{ 1, "two", x = { y = true } }'
--- inspect.value("tab\tand \xFF")                --> '"tab\\tand \\xFF"'
--- ```
---
--- It takes some milliseconds for a value of any size.
---@param value any
---@param opts? pumice.inspect.Options
---@return string
function M.value(value, opts)
  local view = options.read(opts, defaults)
  view.path, view.left, view.keys_left = {}, MOST_VALUES, MOST_KEYS
  local text = render(value, view, 0, 0)
  local position, lines = 0, 0
  repeat
    position = text:find("\n", position + 1, true)
    lines = lines + 1
  until not position or lines == view.lines - 1
  if not position or not text:find("\n", position + 1, true) then return text end
  local n = type(value) == "table" and rawlen(value) or 0
  return text:sub(1, position) .. (n > 0 and ("... (%d elements in all)"):format(n) or "...")
end

return M
