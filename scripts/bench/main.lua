--- Speed beside the peers a user would pick instead, in one run: `make bench`.
---
---   build/pumice scripts/bench/main.lua [NAME [ARGUMENT...]]
---
--- Least CPU time of several passes that take turns, one thread. Every file
--- beside this one that is named below returns a function that gives figures.
package.path = "scripts/?.lua;scripts/bench/?.lua;" .. package.path
local figures = require "figures"

local PARTS = {
  "words", "normal", "words_lua", "bpe", "regex", "phrases", "jsonl", "pass_through",
  "jobs", "memory", "dedup",
}

local only = arg[1]
local arguments = table.move(arg, 2, #arg, 1, {})
local rows = {}
for _, part in ipairs(PARTS) do
  if not only or only == "" or only == part then
    table.move(require(part)(arguments), 1, 1000, #rows + 1, rows)
  end
end
if #rows == 0 then
  io.stderr:write(pumice.options.unknown("benchmark", only, PARTS), "\n")
  os.exit(2)
end
os.exit(figures.publish(rows, "build/bench.json") == 0 and 0 or 1)
