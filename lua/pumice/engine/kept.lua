--- What a recipe keeps from one document to the next: names from outside of a
--- function of documents that it gives other values, or whose tables it changes.
--- Each worker keeps its own, so what comes out would depend on their number.
---
--- It follows scopes as Lua does, and takes a function for one of documents by
--- the name of a parameter: doc, docs, document or record.
local M = {}

local OPENS = { ["function"] = true, ["do"] = true, ["repeat"] = true, ["then"] = true,
  ["{"] = true, ["("] = true, ["["] = true }
local CLOSES = { ["end"] = true, ["until"] = true, ["}"] = true, [")"] = true, ["]"] = true,
  ["elseif"] = true, ["else"] = true }
local DOCUMENTS = { doc = true, docs = true, document = true, record = true }

local function is_name(text)
  return text ~= nil and text:find("^[%a_]") ~= nil
end

--- The place of the bracket that closes the one at `i`.
local function closing(tokens, i)
  local depth = 0
  for at = i, #tokens do
    local text = tokens[at].text
    if text == "(" or text == "[" or text == "{" then depth = depth + 1 end
    if text == ")" or text == "]" or text == "}" then depth = depth - 1 end
    if depth == 0 then return at end
  end
  return #tokens
end

local Scopes = {}
Scopes.__index = Scopes

function Scopes:text(i) return self.tokens[i] and self.tokens[i].text end

--- Declares the names from `i` on, up to the first that is followed by no comma;
--- returns them.
function Scopes:names(i)
  local names = {}
  while is_name(self:text(i)) do
    names[#names + 1] = self:text(i)
    i = i + 1
    if self:text(i) == "<" then i = i + 3 end -- <const>
    if self:text(i) ~= "," then break end
    i = i + 1
  end
  return names
end

function Scopes:open(kind, names)
  local scope = { kind = kind, names = {} }
  for _, name in ipairs(names or {}) do
    scope.names[name] = true
    if kind == "function" and DOCUMENTS[name] then scope.of_documents = true end
  end
  self.stack[#self.stack + 1] = scope
end

--- Whether `name` is declared outside of the function of documents that is at
--- hand; nil when none is.
function Scopes:is_outside(name)
  local first
  for i, scope in ipairs(self.stack) do first = first or scope.of_documents and i end
  if not first then return nil end
  for i = #self.stack, first, -1 do
    if self.stack[i].names[name] then return false end
  end
  return true
end

function Scopes:is_declared(name)
  for _, scope in ipairs(self.stack) do
    if scope.names[name] then return true end
  end
  return false
end

--- Whether the token behind a name (and behind what it is indexed with) makes it
--- an assignment; and whether it is the name itself that is assigned.
function Scopes:assigns(i)
  local at = i + 1
  while self:text(at) == "." or self:text(at) == "[" do
    at = self:text(at) == "." and at + 2 or closing(self.tokens, at) + 1
  end
  return self:text(at) == "=" and self:text(at + 1) ~= "=", at == i + 1
end

--- Looks at the name at `i`, which begins an expression.
function Scopes:name(i)
  local name, inside = self:text(i), self.stack[#self.stack].kind
  local assigned, itself = self:assigns(i)
  if inside == "{" and itself then return end -- a field in a constructor
  local before = self:text(i - 1)
  local inserted = before == "(" and (self:text(i - 2) == "insert" or self:text(i - 2) == "remove")
  if not (assigned or inserted) or not self:is_outside(name) then return end
  if not self:is_declared(name) and not itself then return end -- a library's own table
  self.found[#self.found + 1] = { line = self.tokens[i].line, name = name }
end

function Scopes:step(i)
  local text, before = self:text(i), self:text(i - 1)
  if CLOSES[text] and #self.stack > 1 then self.stack[#self.stack] = nil end
  if text == "local" then
    local is_function = self:text(i + 1) == "function"
    for _, name in ipairs(self:names(is_function and i + 2 or i + 1)) do
      self.stack[#self.stack].names[name] = true
    end
  elseif text == "for" then
    self.loops = self:names(i + 1)
  elseif text == "function" then
    local at = i + 1
    while self:text(at) and self:text(at) ~= "(" do at = at + 1 end
    self:open("function", self:names(at + 1))
  elseif text == "do" then
    self:open("do", self.loops)
    self.loops = nil
  elseif text == "else" or OPENS[text] then
    self:open(text)
  elseif is_name(text) and before ~= "." and before ~= ":" and before ~= "local"
    and before ~= "function" and before ~= "for" and before ~= "," then
    self:name(i)
  end
end

---@class pumice.kept.Name
---@field line integer
---@field name string

--- Returns the names that functions of documents keep, in their order.
---@param tokens pumice.steady.Token[]
---@return pumice.kept.Name[]
function M.names(tokens)
  local self = setmetatable({ tokens = tokens, stack = {}, found = {} }, Scopes)
  self:open "file"
  for i in ipairs(tokens) do self:step(i) end
  return self.found
end

return M
