--- Documents into a file, one after the other.
---
--- JSON lines, or CSV and TSV by the name; compressed when it ends in .gz or
--- .zst. The file grows aside and takes its name when it is closed, so nobody
--- sees half of it, and an error before that leaves an old one as it was.
---
--- `pumice.write(path)` is `pumice.write.open(path)`.
local core = require "pumice.core"
local json = require "pumice.json"
local columns = require "pumice.engine.columns"

---@class pumice.Writer
local Writer = {}
Writer.__index = Writer

local M = {}

--- Opens a file to write documents to: `writer:add(doc)` adds one,
--- `writer:close()` ends it. "-" is standard output. Raises when the file cannot
--- be written.
---
--- As `local out <close> = pumice.write(path)`, it is closed at the end of the
--- block, or, when that ends with an error, dropped.
---
--- ```lua
--- local path = os.tmpname() .. ".csv"
--- do
---   local out <close> = pumice.write(path)
---   out:add { id = "1", text = 'say "tea"' }
---   out:add { id = "2", text = "milk" }
--- end
--- local file = io.open(path)
--- file:read("a")      --> 'id,text\n1,"say ""tea"""\n2,milk\n'
--- file:close()
--- os.remove(path)
--- ```
---
---@param path string
---@return pumice.Writer
function M.open(path)
  local file, message = core.output.open(path)
  if not file then error("cannot write " .. message, 2) end
  return setmetatable({ file = file, columns = columns.of(path) }, Writer)
end

--- Adds a document: a record or a table with fields. Raises when JSON cannot
--- hold it, when it has a field that is none of the columns (those of the first
--- document), and when the disk fails.
---@param doc pumice.Record|table
function Writer:add(doc)
  if not self.file then error("the writer is closed", 2) end
  if json.type(doc) ~= "object" then
    error(("a document is a record or a table with fields, not a %s"):format(type(doc)), 2)
  end
  local line = json.encode(doc)
  local bytes, reason = line .. "\n", nil
  if self.columns then bytes, reason = self.columns:row(line) end
  if not bytes then error(reason, 2) end
  local ok, message = self.file:write(bytes)
  if not ok then error("cannot write " .. message, 2) end
end

--- Ends the file and gives it its name. May be called again.
function Writer:close()
  local file = self.file
  self.file = nil
  if not file then return end
  local ok, message = file:commit()
  if not ok then error("cannot write " .. message, 2) end
end

--- Drops what was written; an old file stays as it was.
function Writer:discard()
  if self.file then self.file:discard() end
  self.file = nil
end

function Writer:__close(problem)
  if problem == nil then self:close() else self:discard() end
end

return setmetatable(M, { __call = function(_, ...) return M.open(...) end })
