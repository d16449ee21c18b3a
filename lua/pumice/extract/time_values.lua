--- What a time of day means: descriptions of times and moments to ISO 8601, a
--- function for each kind (see `date_values`). `day` is what the day of a moment
--- means; without a value the moment has none.
local M = {}

local function clock(time)
  local value = ("T%02d"):format(time.h)
  if time.mi then value = value .. (":%02d"):format(time.mi) end
  if time.s then value = value .. (":%02d"):format(time.s) end
  return value
end

function M.time(node) return { value = clock(node.time), kind = "time" } end

function M.times(node)
  return { value = clock(node.from) .. "/" .. clock(node.to), kind = "timerange" }
end

function M.moment(node, day)
  return { value = day.value and day.value .. clock(node.time), first = day.first,
    kind = "datetime" }
end

function M.moments(node, day)
  local value = day.value
    and ("%s%s/%s%s"):format(day.value, clock(node.from), day.value, clock(node.to))
  return { value = value, first = day.first, kind = "datetimerange" }
end

local function open_side(value, side)
  return (side == "since" or side == "after") and value .. "/.." or "../" .. value
end

function M.open_time(node)
  return { value = open_side(clock(node.time), node.side), kind = "timerange" }
end

function M.open_moment(node, day)
  return { value = day.value and open_side(day.value .. clock(node.time), node.side),
    first = day.first, kind = "datetimerange" }
end

function M.part_alone(node) return { value = "T" .. node.part[1], kind = "timerange" } end

function M.part_of_day(node, day)
  return { value = day.value and day.value .. "T" .. node.part[1], first = day.first,
    kind = "datetimerange" }
end

return M
