--- Scores answers against labelled data: `make score ONLY=area`.
---
---   build/pumice scripts/score/main.lua DATA SPLIT [AREA]
---
--- Each area is a file beside this one that returns a function of (data folder,
--- split) that gives a list of figures. Exits 1 when a target is missed.
package.path = "scripts/?.lua;" .. package.path
local figures = require "figures"

local AREAS = {
  "langid", "links", "neardup", "news", "quotes", "sentences", "textclean", "unicode",
}

local data, split, only = arg[1], arg[2], arg[3]
local rows, known = {}, {}
for _, area in ipairs(AREAS) do
  known[area] = true
  if not only or only == "" or only == area then
    local score = assert(loadfile(("scripts/score/%s.lua"):format(area)))()
    table.move(score(data, split), 1, 1000, #rows + 1, rows)
  end
end
if only and only ~= "" and not known[only] then
  io.stderr:write(pumice.options.unknown("area", only, AREAS), "\n")
  os.exit(2)
end
os.exit(figures.publish(rows, "build/score.json") == 0 and 0 or 1)
