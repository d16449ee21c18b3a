--- Areas whose folder brings its own score.py (Python's standard library only):
--- answers go in as JSON lines, figures are read from what it prints.
local json = require "pumice.json"

local core = require "pumice.core"

local M = {}

--- Yields the rows of a file of JSON lines, plain or gzip.
---@param path string
---@return fun(): table?
local function rows(path)
  return coroutine.wrap(function()
    local file <close> = assert(core.input.open(path, 1 << 30))
    while true do
      local event, data, _, _, detail = file:lines(1 << 20)
      if not event then return end
      assert(event == "block", detail)
      for line in data:gmatch("[^\n]+") do coroutine.yield(assert(json.decode(line))) end
    end
  end)
end

--- Answers every row of DATA/AREA/SPLIT/FILE and returns what score.py says of
--- the answers.
---@param spec { data: string, area: string, split: string, file: string, arguments: string }
---@param answer fun(row: table): table  the answer, without its id
---@return string
function M.run(spec, answer)
  local answers = os.tmpname()
  local out = assert(io.open(answers, "wb"))
  for row in rows(("%s/%s/%s/%s"):format(spec.data, spec.area, spec.split, spec.file)) do
    local line = answer(row)
    line.id = row.id
    out:write(json.encode(line), "\n")
  end
  out:close()
  local pipe <close> = assert(io.popen(("python3 %s/%s/score.py %s --split %s < %s"):format(
    spec.data, spec.area, spec.arguments, spec.split, answers)))
  local said = pipe:read("a")
  os.remove(answers)
  return said
end

--- The number that stands behind `pattern` in what a scorer said.
---@param said string
---@param pattern string
---@return number
function M.number(said, pattern)
  return tonumber(said:match(pattern .. "%s*([%d.]+)"))
    or error(("no '%s' in what the scorer said:\n%s"):format(pattern, said), 0)
end

return M
