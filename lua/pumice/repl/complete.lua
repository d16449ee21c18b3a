--- What the Tab key offers. A completion is the last word of what was typed,
--- whole; a word is letters, digits, `_` and bytes above 127.
local M = {}

local reserved = {
  "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
  "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
}

-- A `__index` that somebody wrote may run on; the terminal waits.
local MOST_INSTRUCTIONS = 2000000

local function starts_with(text, prefix)
  return text:sub(1, #prefix) == prefix
end

--- The table in which the methods of an object are looked up, or nil.
local function methods_of(value)
  local meta = debug.getmetatable(value)
  if not meta then return nil end
  local index = rawget(meta, "__index")
  if type(index) == "table" then return index end
  local module = type(meta.__name) == "string" and meta.__name:match("^pumice%.([%w_]+)$")
  return module and require("pumice")[module]
end

--- Adds the names that can follow `value` to `found`: name -> value.
local function members(value, prefix, found)
  for _ = 1, 10 do
    if value == require("pumice") then
      for _, name in ipairs(value.modules) do
        if starts_with(name, prefix) then found[name] = value[name] end
      end
    end
    if type(value) == "table" then
      for key, member in next, value do
        if type(key) == "string" and starts_with(key, prefix) and found[key] == nil
            and key:find("^[%a_][%w_]*$") then
          found[key] = member
        end
      end
    end
    value = methods_of(value)
    if value == nil then return end
  end
end

--- Follows "a.b.c" from the globals; nil when it leads nowhere.
local function resolve(path, env)
  local value = env
  for name in path:gmatch("[^.:]+") do
    if value == nil then return nil end
    local ok, member = pcall(function() return value[name] end)
    value = ok and member or nil
  end
  return value
end

local function sorted_names(found)
  local names = {}
  for name in pairs(found) do names[#names + 1] = name end
  table.sort(names)
  return names
end

--- The names that can stand where `chain` stands: "pumice.token.wo".
local function lua_names(chain, env)
  local path, separator, prefix = chain:match("^(.-)([.:])([%w_]*)$")
  local found = {}
  if path then
    local value = resolve(path, env)
    if value == nil then return {} end
    members(value, prefix, found)
    if separator == ":" then
      for name, member in pairs(found) do
        if type(member) ~= "function" then found[name] = nil end
      end
    end
  else
    members(env, chain, found)
    members(require("pumice"), chain, found)
    for _, word in ipairs(reserved) do
      if starts_with(word, chain) then found[word] = true end
    end
  end
  local names = sorted_names(found)
  local only = #names == 1 and found[names[1]]
  return names, type(only) == "function" and "(" or ""
end

local function matching(names, prefix)
  local found = {}
  for _, name in ipairs(names) do
    if starts_with(name, prefix) then found[#found + 1] = name end
  end
  return found
end

--- Names of the documentation; only what comes after the last separator of
--- `prefix` is to be typed.
local function documented(prefix)
  local found, seen = {}, {}
  local done = #(prefix:match("^.*[.:]") or "")
  for _, name in ipairs(require("pumice.docs").names()) do
    local part = name:sub(done + 1):match("^[%w_]+")
    if starts_with(name, prefix) and part and not seen[part] then
      seen[part] = true
      found[#found + 1] = part
    end
  end
  return found
end

--- Files and folders whose path begins with `prefix`; what counts as typed
--- already is all before its last word.
local function files(prefix)
  local folder, start = prefix:match("^(.*/)([^/]*)$")
  local names = require("pumice.core").input.names(folder or ".") or {}
  local done = #(start or prefix) - #(start or prefix):match("[%w_\x80-\xFF]*$")
  local found = {}
  for _, name in ipairs(matching(names, start or prefix)) do
    found[#found + 1] = name:sub(done + 1)
  end
  table.sort(found)
  return found
end

--- The inside of a string that is still open at the end of `typed`, or nil.
local function open_string(typed)
  local mark, from, i = nil, nil, 1
  while i <= #typed do
    local c = typed:sub(i, i)
    if c == "\\" and mark then
      i = i + 1
    elseif mark == c then
      mark = nil
    elseif not mark and (c == '"' or c == "'") then
      mark, from = c, i + 1
    end
    i = i + 1
  end
  return mark and typed:sub(from)
end

local function words(typed, env)
  local command = typed:match("^%s*:(%a*)$")
  if command then return matching(require("pumice.repl.commands").names, command), " " end
  local name = typed:match("^%s*%?%??%s*([%w_.:]*)$")
  if name then return documented(name) end
  local recipe = typed:match("^%s*:run%s+([%w_]*)$")
  if recipe then return matching(require("pumice.recipes").names(), recipe), " " end
  local inside = typed:match("^%s*:open%s+(.*)$") or open_string(typed)
  if inside then return files(inside) end
  local chain = typed:match("[%a_][%w_.:]*$")
  return lua_names(chain or "", env)
end

--- Returns the words that may stand in place of the last word of `typed`, and
--- what follows one that is the only one.
---@param typed string  the line up to the cursor
---@param env table  the globals
---@return string[] words, string? suffix
function M.words(typed, env)
  debug.sethook(function() error("completion took too long") end, "", MOST_INSTRUCTIONS)
  local ok, found, suffix = pcall(words, typed, env)
  debug.sethook()
  return ok and found or {}, suffix
end

return M
