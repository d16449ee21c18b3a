--- A run: blocks through the segments of a recipe, with the barriers between
--- them, and the count that proves that nothing was lost.
local core = require "pumice.core"
local steps = require "pumice.engine.steps"
local store = require "pumice.engine.store"

local unpack_data = core.pack.unpack

local M = {}

---@class pumice.Summary
---@field read integer  documents that came in
---@field made integer  documents beyond one for each (by emit)
---@field kept integer
---@field dropped integer
---@field rejected integer
---@field steps { name: string, tally: pumice.Tally }[]

local function add_tally(into, tally)
  for name, value in pairs(tally) do
    if name == "reasons" then
      for reason, count in pairs(value) do
        into.reasons[reason] = (into.reasons[reason] or 0) + count
      end
    else
      into[name] = into[name] + value
    end
  end
end

local Run = {}
Run.__index = Run

--- Takes the answers of one segment: lines to the sink, documents to the
--- store, marks to the barrier.
function Run:collector(number, barrier)
  local summary, sink = self.summary, self.sink
  local gathered = { sketches = {}, links = {}, state = nil, store = self.stores[number] }
  local function collect(answer)
    sink:write("dropped", answer.lines.dropped)
    sink:write("rejected", answer.lines.rejected)
    sink:write("kept", answer.kept_lines)
    summary.made = summary.made + answer.made
    summary.dropped = summary.dropped + answer.dropped
    summary.rejected = summary.rejected + answer.rejected
    if number == 1 then summary.read = summary.read + answer.read end
    if not barrier then summary.kept = summary.kept + answer.kept end
    for i, tally in ipairs(answer.tallies) do add_tally(self.tallies[number][i], tally) end
    if answer.chunk then gathered.store:append(answer.chunk, answer.count) end
    for _, sketch in ipairs(answer.sketches) do
      gathered.sketches[#gathered.sketches + 1] = unpack_data(sketch)
    end
    if answer.state ~= nil then
      gathered.state = gathered.state == nil and answer.state
        or barrier.merge(gathered.state, answer.state)
    end
  end
  return collect, gathered
end

local function finish_fold(barrier, gathered)
  local state = gathered.state
  if state == nil then state = barrier.start() end
  if barrier.finish then state = barrier.finish(state) end
  return state
end

--- Links the documents a cluster barrier proposes, and asks it for their fates.
function Run:finish_cluster(number, barrier, gathered)
  local candidates = barrier.pairs(gathered.sketches)
  local links = {}
  if barrier.compare then
    self.pool:each(number, gathered.store:pair_blocks(candidates), function(answer)
      self.sink:write("rejected", answer.lines.rejected)
      table.move(answer.links, 1, #answer.links, #links + 1, links)
    end)
  else
    for i, pair in ipairs(candidates) do
      links[i] = { a = pair[1], b = pair[2], evidence = true }
    end
  end
  return barrier.resolve(gathered.sketches, links)
end

function Run:all(blocks)
  for number, segment in ipairs(self.segments) do
    local barrier = segment.barrier
    local collect, gathered = self:collector(number, barrier)
    self.pool:each(number, blocks, collect)
    if barrier then
      local fates
      if barrier.barrier == "fold" then
        self.pool:set_result(number, finish_fold(barrier, gathered))
      else
        fates = self:finish_cluster(number, barrier, gathered)
      end
      blocks = gathered.store:blocks(fates)
    end
  end
end

--- Returns a store for each barrier of a plan. They come before the workers,
--- which inherit their files.
---@param segments pumice.Segment[]
---@return pumice.Store[]
function M.stores(segments)
  local stores = {}
  for number = 1, #segments - 1 do
    stores[number] = store.new(os.getenv("TMPDIR") or "/tmp", number)
  end
  return stores
end

--- Runs `blocks` through `segments`. Raises {code, reason} when the world
--- fails (disk, workers) or when documents are missing at the end.
---@param segments pumice.Segment[]
---@param stores pumice.Store[]
---@param pool pumice.Pool
---@param sink { write: fun(self, kind: string, lines: string) }
---@param blocks fun(): table?
---@return pumice.Summary
function M.run(segments, stores, pool, sink, blocks)
  local summary = { read = 0, made = 0, kept = 0, dropped = 0, rejected = 0, steps = {} }
  local run = setmetatable({ segments = segments, stores = stores, pool = pool, sink = sink,
    summary = summary, tallies = {} }, Run)
  for number, segment in ipairs(segments) do
    run.tallies[number] = {}
    for i, step in ipairs(segment.steps) do
      local tally = steps.tally()
      run.tallies[number][i] = tally
      summary.steps[#summary.steps + 1] = { name = step.name, tally = tally }
    end
  end
  run:all(blocks)
  local out = summary.kept + summary.dropped + summary.rejected
  if summary.read + summary.made ~= out then
    error({ code = "lost", reason = ("%d documents read and %d made, but %d came out: "
      .. "this is a bug of pumice"):format(summary.read, summary.made, out) }, 0)
  end
  return summary
end

return M
