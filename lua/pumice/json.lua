--- JSON that loses nothing.
---
--- A `Record` is one document of a JSONL file. It keeps the line it came in;
--- `doc.text` decodes that one field when it is read, `doc.text = s` gives it
--- another value, `doc.text = nil` removes it, and writing splices the changes
--- into the line. Whatever a script does not touch comes out byte for byte:
--- the order of the keys, `null`, `[]`, `1.0`, integers of 20 digits, `1e400`,
--- keys that come twice, escapes, blanks.
---
--- Objects and arrays inside of a record are plain Lua tables, and a script may
--- change them in place. What Lua lacks has names here: `json.null` for null,
--- and a mark on arrays (`json.array`), so that an empty one stays `[]`.
---
--- A record works where a table with fields does: `doc.x`, assignment, `pairs`
--- (in the order of the line, then the new fields in the order they were set).
--- It is a userdata for `type`, and `next(doc)` cannot work; `json.type` tells
--- what a value is in JSON.
---
--- Strict by RFC 8259: no NaN, no control bytes in strings, no lone surrogates,
--- no comments, at most 512 levels.
local core = require "pumice.core"
local options = require "pumice.options"

local M = {}

--- What null reads as. `tostring` gives "null"; it is true in a condition, as
--- every value but nil and false is.
---
--- ```lua
--- json.decode("[null]")[1] == json.null   --> true
--- json.encode { json.null, false }        --> "[null,false]"
--- ```
M.null = core.json.null

---@class pumice.json.Read
---@field invalid? "reject"|"keep"  bytes in a string that are not UTF-8: an error (the
---  default), or kept as they are, for `text.repair` to mend
local reading = { invalid = "reject" }

local function keeps_bytes(opts)
  local invalid = options.read(opts, reading).invalid
  if invalid ~= "reject" and invalid ~= "keep" then
    error(("option 'invalid' is 'reject' or 'keep', not '%s'"):format(invalid), 3)
  end
  return invalid == "keep"
end

--- Returns a record of one line, or nil, what is wrong, and at which byte.
---
--- The whole line is checked. It may also be given as a table with names as
--- keys, whose fields then come in the order of their names, or as a record,
--- which is copied.
---
--- Fields may be given strings, numbers, booleans, `json.null`, tables of
--- these, and records. What JSON cannot hold (a function, NaN, a table that
--- holds itself, a string that is not UTF-8) raises when the record is written,
--- naming the place: "doc.meta.tags[3] is a function, which JSON cannot hold".
---
--- In a number beyond 64 bits, reading rounds to a float; in an object with a
--- key twice, the last value counts.
---
--- ```lua
--- local doc = json.record '{"id": 7, "tags": [], "n": 1.0, "text": "caf\\u00e9"}'
--- doc.text                --> "café"
--- doc.text = "tea"
--- doc.words = 1
--- tostring(doc)  --> '{"id": 7, "tags": [], "n": 1.0, "text": "tea", "words": 1}'
--- json.record "[1]"       --> nil, "a record is an object, { ... }", 1
--- json.record '{"a":1,}'  --> nil, "unexpected '}'", 8
--- ```
---
---@param line string|table|pumice.Record
---@param opts? pumice.json.Read
---@return pumice.Record? doc
---@return string? message
---@return integer? byte  from 1
M.record = core.record.maker(keeps_bytes)

--- Returns the value that a JSON text stands for, or nil, what is wrong, and at
--- which byte.
---
--- Objects become tables, arrays tables with a mark, null `json.null`, integers
--- of 64 bits integers, all other numbers floats.
---
--- ```lua
--- json.decode('{"a":[1,2.0]}').a  --> json.array { 1, 2.0 }
--- json.decode "[1,2"              --> nil, "the text is cut short", 5
--- ```
---
---@param text string
---@param opts? pumice.json.Read
---@return any value
---@return string? message
---@return integer? byte  from 1
function M.decode(text, opts)
  return core.json.decode(text, opts ~= nil and keeps_bytes(opts))
end

---@class pumice.json.Write
---@field indent? integer  blanks for each level, each element on a line of its own; 0 (the
---  default) for all in one line

local function indent_of(opts)
  return options.read(opts, { indent = 0 }).indent
end

--- Returns a value as JSON text; a record as its line.
---
--- Keys are sorted, so equal values give equal texts. A table with the elements
--- 1 to n is an array, any other one an object; an empty one is an object
--- unless marked. Floats are as short as reading them back allows and keep a
--- fraction or an exponent; only what must be is escaped. Raises as writing a
--- record does.
---
--- ```lua
--- json.encode { b = 1, a = { 1.0, "x" } }      --> '{"a":[1.0,"x"],"b":1}'
--- json.encode { {}, json.array {} }            --> "[{},[]]"
--- json.encode({ a = 1 }, { indent = 2 })       --> '{\n  "a": 1\n}'
--- ```
---
---@param value any
---@param opts? pumice.json.Write
---@return string text
M.encode = core.json.encoder(indent_of)

--- Marks a table as an array, so that it is written as `[...]` even when it is
--- empty. Returns the table; without one, a new empty array.
---@param t? table
---@return table t
function M.array(t)
  return core.json.mark(t or {}, true)
end

--- Marks a table as an object, so that integers among its keys are written as
--- text. Returns the table; without one, a new object.
---
--- ```lua
--- json.encode(json.object { 5, 7 })  --> '{"1":5,"2":7}'
--- ```
---@param t? table
---@return table t
function M.object(t)
  return core.json.mark(t or {}, false)
end

--- Returns what a value is in JSON: "object" (a record too), "array", "string",
--- "number", "boolean", "null"; nil for what JSON cannot hold.
---
--- ```lua
--- json.type(json.record "{}")  --> "object"
--- json.type(json.null)         --> "null"
--- ```
---@param value any
---@return string? kind
function M.type(value)
  return core.json.type(value)
end

return M
