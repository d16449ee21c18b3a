--- Stages: what happens to one document.
---
--- A stage is a function `each(doc, emit)`, or a table `{ name =, each = }` that
--- carries one. It returns the document (changed or not) to keep it, or nil, a
--- reason and perhaps a table of details to drop it; `emit(doc)` gives several
--- documents for one.
local json = require "pumice.json"
local options = require "pumice.options"
local quote = require "pumice.quote"

local M = {}

---@class pumice.Stage
---@field name string  as it stands in tables, --dropped and --rejects
---@field each fun(doc: table, emit: fun(doc: table)): table?, string?, table?

---@class pumice.stage.Definition
---@field name string  "extract.links"
---@field defaults? table  the options and their defaults
---@field text fun(text: string, opts: table): any  what it does to a string
---@field each fun(doc: table, opts: table, emit: function): table?, string?, table?

--- Returns what users see as `extract.links`: called with a string it acts on
--- that string, called with options (or nothing) it gives the stage.
---
--- ```lua
--- local stage = require "pumice.stage"
--- local upper = stage.define {
---   name = "upper",
---   text = function(text) return text:upper() end,
---   each = function(doc) doc.text = doc.text:upper() return doc end,
--- }
--- upper("abc")      --> "ABC"
--- upper().name      --> "upper"
--- ```
---
---@param definition pumice.stage.Definition
---@return function
function M.define(definition)
  local defaults = definition.defaults or {}
  return function(first, opts)
    if type(first) == "string" then
      return definition.text(first, options.read(opts, defaults))
    end
    local settings = options.read(first, defaults)
    return {
      name = definition.name,
      each = function(doc, emit) return definition.each(doc, settings, emit) end,
    }
  end
end

--- Returns what the value of a field is, for messages: "missing", "null", "a number",
--- "an object".
---@param value any
---@return string
function M.what(value)
  if value == nil then return "missing" end
  local kind = json.type(value) or type(value)
  if kind == "null" then return kind end
  return (kind:find "^[aeiou]" and "an " or "a ") .. kind
end

--- Of what is raised: a script that catches nothing shows the reason.
local refusal = { __tostring = function(self) return self.reason end, __metatable = false }

--- Returns the text of a document. Raises what becomes a reject with the code
--- "no-text" when it has none.
---@param doc table
---@return string
function M.text_of(doc)
  local text = doc.text
  if type(text) ~= "string" then
    error(setmetatable({ code = "no-text", reason = ("field 'text' is %s, not a string")
      :format(M.what(text)) }, refusal), 0)
  end
  return text
end

--- Where the document at hand came from: its name, or the item with its file
--- and line, which is given a name only if somebody asks. Set by the engine.
---@type string|pumice.Item|nil
M.origin = nil

--- What an item is called when its document has no id: "pages.jsonl:17".
---@param item pumice.Item
---@return string
function M.place(item)
  local file = quote.valid(item.file)
  return item.line and ("%s:%d"):format(file, item.line) or file
end

--- Returns what a document is called: its field `id`, else where it came from.
---@param doc table
---@return string|number
function M.id_of(doc)
  local id = doc.id
  if type(id) == "string" or type(id) == "number" then return id end
  local origin = M.origin or ""
  return type(origin) == "table" and M.place(origin) or origin
end

--- Returns the outlet of a document: its field `outlet`, else the host of its
--- `url` (without "www."), else the folder of its id, else "".
---
--- ```lua
--- local stage = require "pumice.stage"
--- stage.outlet_of { url = "https://www.example.org/a/1" }  --> "example.org"
--- stage.outlet_of { id = "pages/gazette/1.txt" }           --> "pages/gazette"
--- ```
---@param doc table
---@return string
function M.outlet_of(doc)
  if type(doc.outlet) == "string" then return doc.outlet end
  local host = type(doc.url) == "string" and doc.url:match("^%a[%w+.-]*://([^/?#:]+)")
  if host then return (host:lower():gsub("^www%.", "")) end
  return type(doc.id) == "string" and doc.id:match("^(.*)/[^/]*$") or ""
end

return M
