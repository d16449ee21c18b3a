--- Scores answers against labelled data: `make score ONLY=area`.
---
---   build/pumice scripts/score/main.lua DATA SPLIT [AREA]
---
--- Each area is a file beside this one that returns a function of (data folder,
--- split) that gives a list of figures. A group is several of them. Exits 1 when
--- a target is missed.
package.path = "scripts/?.lua;" .. package.path
local figures = require "figures"

local AREAS = {
  "langid", "links", "neardup", "news", "quotes", "sentences", "textclean", "unicode",
}
local GROUPS = { text = { "sentences", "unicode", "langid" } }

--- The areas of that name: all without one, none when there is no such name.
local function areas(name)
  if not name or name == "" then return AREAS end
  if GROUPS[name] then return GROUPS[name] end
  for _, area in ipairs(AREAS) do
    if area == name then return { area } end
  end
  local known = table.move(AREAS, 1, #AREAS, 1, {})
  for group in pairs(GROUPS) do known[#known + 1] = group end
  io.stderr:write(pumice.options.unknown("area", name, known), "\n")
  os.exit(2)
end

local data, split = arg[1], arg[2]
local rows = {}
for _, area in ipairs(areas(arg[3])) do
  local score = assert(loadfile(("scripts/score/%s.lua"):format(area)))()
  table.move(score(data, split), 1, 1000, #rows + 1, rows)
end
os.exit(figures.publish(rows, "build/score.json") == 0 and 0 or 1)
