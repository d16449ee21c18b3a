--- What in the source of a recipe would make its output differ from run to run:
--- clocks, chance, the environment, files that are no inputs, the order in which
--- a table gives its keys, and what is kept from one document to the next.
---
--- It looks at names, as a reader does, and knows nothing of what they hold: it
--- can miss what is well hidden, and is silent where order does not matter.
local kept = require "pumice.engine.kept"

local M = {}

---@class pumice.steady.Warning
---@field line integer
---@field text string

---@class pumice.steady.Token
---@field text string  of a string only its quote
---@field line integer
---@field literal? string  a string as it stands in the source

--- The end of a long bracket that opens at `at`, nil when none does.
local function long_end(source, at)
  local equals = source:match("^%[(=*)%[", at)
  if not equals then return nil end
  return select(2, source:find("]" .. equals .. "]", at, true)) or #source
end

local function quoted_end(source, at)
  local quote = source:sub(at, at)
  local i = at + 1
  while i <= #source do
    local c = source:sub(i, i)
    if c == quote then return i end
    i = i + (c == "\\" and 2 or 1)
  end
  return #source
end

--- The end of the comment or string at `at`, and whether it is a string; nil
--- when there is neither.
local function text_end(source, at)
  if source:find("^%-%-", at) then
    return long_end(source, at + 2) or (source:find("\n", at, true) or #source + 1) - 1, false
  end
  local last = long_end(source, at) or source:find("^[\"']", at) and quoted_end(source, at)
  return last or nil, true
end

--- Returns the words and signs of Lua source, without comments.
---@param source string
---@return pumice.steady.Token[]
function M.tokens(source)
  local tokens, at, line = {}, 1, 1
  local function add(text, literal)
    tokens[#tokens + 1] = { text = text, line = line, literal = literal }
  end
  while true do
    local first = source:find("%S", at)
    if not first then return tokens end
    line = line + select(2, source:sub(at, first - 1):gsub("\n", ""))
    local last, is_string = text_end(source, first)
    if last then
      if is_string then add('"', source:sub(first, last)) end
    else
      last = select(2, source:find("^[%a_][%w_]*", first)) or select(2, source:find("^%.+", first))
        or select(2, source:find("^%d[%w.]*", first)) or first
      add(source:sub(first, last))
    end
    line = line + select(2, source:sub(first, last):gsub("\n", ""))
    at = last + 1
  end
end

local CLOCK = "gives the time: the output differs from run to run"
local OUTSIDE = "reads what is no input: no manifest knows of it, and --resume does not check it"

local GIVES = {
  ["os.time"] = CLOCK, ["os.clock"] = CLOCK, ["os.date"] = CLOCK,
  ["os.getenv"] = "gives what the environment has: the output differs from place to place; "
    .. "make it an option",
  ["os.tmpname"] = "gives a new name each time: the output differs from run to run",
  ["os.execute"] = OUTSIDE, ["io.open"] = OUTSIDE, ["io.lines"] = OUTSIDE, ["io.popen"] = OUTSIDE,
  ["io.read"] = OUTSIDE,
}

local RANDOM = "gives other numbers each time with --trust (in the sandbox the document seeds it): "
  .. "seed it, math.randomseed(...)"

local ORDER = "gives the keys of a table in an order that differs from run to run, and they come "
  .. "out in it: sort them before"

local KEPT = "is kept from one document to the next, and each worker has its own: what comes out "
  .. "differs with --jobs. For what needs many documents there are pumice.fold, group and cluster"

local function text_at(tokens, i) return tokens[i] and tokens[i].text end

--- "os.time" where the tokens at `i` are that and no field of something else.
local function call_at(tokens, i)
  local before = text_at(tokens, i - 1)
  if before == "." or before == ":" or text_at(tokens, i + 1) ~= "." then return nil end
  return tokens[i].text .. "." .. (text_at(tokens, i + 2) or "")
end

local OPENS = { ["function"] = true, ["if"] = true, ["do"] = true, ["repeat"] = true }
local CLOSES = { ["end"] = true, ["until"] = true }

--- The place of the token that closes the block that `i` is in.
local function block_end(tokens, i)
  local depth = 1
  while tokens[i] do
    if OPENS[tokens[i].text] then depth = depth + 1 end
    if CLOSES[tokens[i].text] then depth = depth - 1 end
    if depth == 0 then return i end
    i = i + 1
  end
  return #tokens
end

--- Whether what the tokens from `first` to `last` do depends on when they do
--- it: they append, emit, join, or return one of the `names`.
local function in_order(tokens, first, last, names)
  local returns = false
  for i = first, last do
    local text, following = tokens[i].text, text_at(tokens, i + 1)
    if text == "return" then returns = true elseif CLOSES[text] then returns = false end
    if returns and names[text] and text_at(tokens, i - 1) ~= "." then return true end
    if text == "emit" and following == "(" then return true end
    if text == "insert" and following == "(" then return true end
    if text == "[" and following == "#" then return true end
    local is_field = text == "doc" and following == "[" and names[text_at(tokens, i + 2)]
    if is_field and text_at(tokens, i + 3) == "]" and text_at(tokens, i + 4) == "="
      and text_at(tokens, i + 5) ~= "=" then return true end
    if text == "=" and text_at(tokens, i + 2) == ".."
      and following == text_at(tokens, i - 1) then return true end
  end
  return false
end

--- The place where the innermost function around `i` ends.
local function function_end(tokens, i)
  local open = {}
  for at, token in ipairs(tokens) do
    if OPENS[token.text] then
      open[#open + 1] = { text = token.text, first = at }
    elseif CLOSES[token.text] then
      local block = table.remove(open)
      if block and block.text == "function" and block.first < i and at > i then return at end
    end
  end
  return #tokens
end

--- Whether something is sorted between `first` and the end of the function that
--- it is in.
local function is_sorted(tokens, first)
  for i = first, function_end(tokens, first) do
    if tokens[i].text == "sort" then return true end
  end
  return false
end

--- Whether the loop whose `pairs` or `next` is at `i` lets the order out.
local function loop_tells(tokens, i)
  local argument = text_at(tokens, i + 1) == "(" and text_at(tokens, i + 2)
  if tokens[i].text == "pairs" and argument == "doc" and text_at(tokens, i + 3) == ")" then
    return false -- a record has an order
  end
  local names, at = {}, i - 2
  while at > 0 and tokens[at].text ~= "for" do
    names[tokens[at].text] = true
    at = at - 1
  end
  local first = i
  while tokens[first] and tokens[first].text ~= "do" do first = first + 1 end
  local last = block_end(tokens, first + 1)
  return in_order(tokens, first + 1, last, names) and not is_sorted(tokens, last)
end

--- Returns warnings for the source of a recipe, in its order.
---
--- ```lua
--- local steady = require "pumice.engine.steady"
--- steady.warnings("return os.time()")[1].line        --> 1
--- #steady.warnings("-- os.time\nlocal t = doc.os.time")  --> 0
--- ```
---@param source string
---@return pumice.steady.Warning[]
function M.warnings(source)
  local tokens, found = M.tokens(source), {}
  local seeded = false
  for i in ipairs(tokens) do seeded = seeded or call_at(tokens, i) == "math.randomseed" end
  local function add(token, name, text)
    found[#found + 1] = { line = token.line, text = name .. " " .. text }
  end
  for i, token in ipairs(tokens) do
    local name = call_at(tokens, i)
    if GIVES[name] then add(token, name, GIVES[name]) end
    if name == "math.random" and not seeded then add(token, name, RANDOM) end
    local loops = token.text == "pairs" or token.text == "next"
    if loops and text_at(tokens, i - 1) == "in" and loop_tells(tokens, i) then
      add(token, token.text, ORDER)
    end
  end
  for _, name in ipairs(kept.names(tokens)) do add(name, "'" .. name.name .. "'", KEPT) end
  table.sort(found, function(a, b)
    if a.line ~= b.line then return a.line < b.line end
    return a.text < b.text
  end)
  return found
end

return M
