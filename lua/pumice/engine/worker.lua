--- A worker: a process that loads the recipe, takes framed tasks from its
--- standard input and gives framed answers on its standard output.
---
--- | frame                                   | what the worker does           |
--- |-----------------------------------------|--------------------------------|
--- | {op = "start", recipe, options, spills} | loads the recipe, is {ready}   |
--- | {op = "result", segment, result}        | takes the result of a fold     |
--- | {op = "run", task}                      | does the task, gives answers   |
---
--- {failed = message} as an answer says that it cannot go on.
--- A frame is a length (32 bits, little endian) and a packed value.
local core = require "pumice.core"
local recipe = require "pumice.recipe"
local task = require "pumice.engine.task"

local process, pack, unpack_data = core.process, core.pack.pack, core.pack.unpack

local M = {}

local function start(frame)
  local loaded = recipe.load(frame.recipe)
  local spills = {}
  for i, fd in ipairs(frame.spills) do spills[i] = core.spill.attach(fd) end
  return task.new(loaded.stages(recipe.settings(loaded, frame.options)), spills)
end

--- Works until the parent closes the channel. Returns the exit status.
---@return integer
function M.main()
  local parent = assert(process.parent())
  local function give(value, lines)
    parent:send(pack(value), lines)
    process.poll({ parent }, 0)
  end
  local tasks
  while true do
    local bytes, gone = parent:receive()
    if bytes then
      local frame = unpack_data(bytes)
      if frame.op == "start" then
        local ok, result = pcall(start, frame)
        tasks = ok and result
        give(ok and { ready = true } or { failed = tostring(result) })
      elseif frame.op == "result" then
        tasks:set_result(frame.segment, frame.result)
      else
        local ok, problem = pcall(tasks.run, tasks, frame.task, give)
        if not ok then give { failed = tostring(problem) } end
      end
    elseif gone then
      return 0
    else
      process.poll({ parent }, -1)
    end
  end
end

return M
