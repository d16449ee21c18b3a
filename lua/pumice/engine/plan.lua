--- The plan of a run: a recipe's stages cut into segments at its barriers.
---
---   stages    a  b  FOLD  c  CLUSTER  d
---   segments  a  b │ FOLD.each  c │ CLUSTER.each  d
---
--- A segment is what a worker does with one document after the other. Its
--- first step carries out what the barrier before it decided.
local M = {}

---@class pumice.Step
---@field name string
---@field each function
---@field after? pumice.Fold|pumice.Cluster  the barrier it carries out

---@class pumice.Segment
---@field steps pumice.Step[]
---@field barrier? pumice.Fold|pumice.Cluster  where its documents meet afterwards

local function name_of(stage, number)
  if type(stage) == "table" then return stage.name or ("stage " .. number) end
  local info = debug.getinfo(stage, "S")
  return ("stage %d (%s:%d)"):format(number, info.short_src, info.linedefined)
end

--- Returns the segments of a list of stages. Raises at what is no stage.
---@param stages (function|table)[]
---@return pumice.Segment[]
function M.segments(stages)
  local segments = { { steps = {} } }
  for number, stage in ipairs(stages) do
    local segment = segments[#segments]
    local each = stage
    if type(stage) == "table" then each = stage.each end
    if type(each) ~= "function" then
      error(("stage %d is a %s; a stage is a function of a document, or what "
        .. "clean, dedup, extract and the barriers return"):format(number, type(stage)), 0)
    end
    local step = { name = name_of(stage, number), each = each }
    if type(stage) == "table" and stage.barrier then
      segment.barrier = stage
      step.after = stage
      segment = { steps = {} }
      segments[#segments + 1] = segment
    end
    segment.steps[#segment.steps + 1] = step
  end
  return segments
end

return M
