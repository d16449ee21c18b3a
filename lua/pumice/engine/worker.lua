--- A worker: a process that loads the recipe, takes framed tasks from its
--- standard input and gives framed answers on its standard output.
---
--- | frame                                   | what the worker does           |
--- |-----------------------------------------|--------------------------------|
--- | {op = "start", recipe, options, spills} | loads the recipe, is {ready}   |
--- | {op = "result", segment, result}        | takes the result of a fold     |
--- | {op = "run", task}                      | does the task, gives answers   |
--- | {op = "move"} or {op = "pack"}          | see pumice.engine.orders, says |
--- |                                         | {done = result}                |
--- | {op = "keep", keep}                     | see pumice.engine.keeper, is   |
--- |                                         | {value} or {broken = raised}   |
---
--- {failed = message} as an answer says that it cannot go on.
--- A frame is a length (32 bits, little endian) and a packed value.
local core = require "pumice.core"
local errors = require "pumice.errors"
local keeper = require "pumice.engine.keeper"
local orders = require "pumice.engine.orders"
local problems = require "pumice.engine.problems"
local recipe = require "pumice.recipe"
local sandbox = require "pumice.engine.sandbox"
local task = require "pumice.engine.task"

local process, pack, unpack_data = core.process, core.pack.pack, core.pack.unpack

local M = {}

--- How a worker ends when it has no memory left to go on.
M.OUT_OF_MEMORY = 12

--- From here on the code that runs is the recipe's.
local function confine(memory)
  string.dump = nil -- luacheck: ignore 122
  sandbox.charge_library()
  core.budget.limit_memory(memory)
  process.confine()
end

--- Makes the bytes of answers in the arena; where it is full they are strings.
local function putter(arena, slot)
  return function(list, ending)
    local address, size = arena:put(slot, list, ending)
    if address then return { address, size } end
    return table.concat(list, ending) .. ending
  end
end

local function start(frame, put)
  if not frame.trust then
    problems.allow(frame.memory)
    confine(frame.memory)
  end
  local loaded = recipe.load(frame.recipe, frame.trust)
  core.budget.blame(frame.recipe.name)
  local spills = {}
  for i, fd in ipairs(frame.spills) do spills[i] = core.spill.attach(fd) end
  recipe.grant(loaded, frame.options)
  return task.new(loaded.stages(recipe.settings(loaded, frame.options)), spills,
    { wanted = frame.trace, layouts = frame.layouts, put = put })
end

--- Is the memory at its end?
local function is_full(raised)
  return type(raised) == "string" and raised:find(errors.NO_MEMORY, 1, true) ~= nil
end

--- The heap of a keeper grows by so many percent before what is not needed any
--- more is given back: by default it would be twice as large as it has to be.
local GROWTH = 150

--- What leaves much behind.
local LARGE = { propose = true, resolve = true, finish = true }

--- Has the keeper do something; returns the answer.
local function keep(keeping, op)
  collectgarbage("incremental", GROWTH)
  local ok, value = pcall(keeping.ask, keeping, op)
  if LARGE[op.op] then collectgarbage() end
  if ok then return { value = value } end
  return type(value) == "table" and { broken = value } or { failed = tostring(value) }
end

--- The bytes of a block, where they are in the arena.
local function find_data(block, arena)
  if type(block.data) ~= "table" then return end
  block.data = assert(arena:region(block.data[1], block.data[2]), "the block is not there")
end

--- Works until the parent closes the channel. Returns the exit status.
---@return integer
function M.main()
  local parent = assert(process.parent())
  local function give(value)
    parent:send(pack(value))
    assert(process.poll({ parent }, 0))
  end
  local tasks, keeping, arena, put
  while true do
    local bytes, gone = parent:receive()
    if bytes then
      local frame = unpack_data(bytes)
      if frame.op == "start" then
        if frame.arena then
          arena = assert(core.arena.attach(table.unpack(frame.arena)))
          put = putter(arena, frame.slot)
        end
        local ok, result = pcall(start, frame, put)
        tasks = ok and result
        keeping = ok and keeper.new(tasks.segments, tasks.spills, frame.memory)
        give(ok and { ready = true } or { failed = tostring(result) })
      elseif not tasks then
        assert(process.poll({ parent }, 0)) -- it has said that it cannot go on
      elseif frame.op == "result" then
        tasks:set_result(frame.segment, unpack_data(frame.result))
      elseif orders.is(frame) then
        -- Nobody waits for it: it goes with what is given next.
        parent:send(pack { done = orders.obey(frame, arena, put) })
      elseif frame.op == "keep" then
        local answer = keep(keeping, frame.keep)
        if is_full(answer.failed) then return M.OUT_OF_MEMORY end
        give(answer)
      else
        find_data(frame.task.block, arena)
        local ok, problem = pcall(tasks.run, tasks, frame.task, give)
        if not ok and is_full(problem) then
          return M.OUT_OF_MEMORY -- what it had not answered is done by another
        end
        if not ok then give { failed = tostring(problem) } end
      end
    elseif gone then
      return 0
    else
      assert(process.poll({ parent }, -1))
    end
  end
end

return M
