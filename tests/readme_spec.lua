--- Nothing in the README that does not run: its recipe, its script, its REPL
--- transcript, and the table of the demo.
local files = require "files"
local inspect = require "pumice.inspect"
local program = require "program"

local PROGRAM, run = program.path, files.output

--- The fenced blocks of the README by what stands behind their fence.
local blocks = {}
for kind, body in files.read("README.md"):gmatch("\n```([^\n]+)\n(.-)```") do
  blocks[kind] = body
end

describe("the README", function()
  it("has a recipe whose examples hold", function()
    local path = files.temporary(blocks["lua recipe=shouting.lua"], ".lua")
    local out, status = run(PROGRAM .. " check " .. path)
    assert.equal(0, status, out)
    assert.matches("2 examples, 0 failed", out)
    os.remove(path)
  end)

  it("has a script that prints what it says", function()
    local path = files.temporary(blocks["lua script"], ".lua")
    assert.equal(blocks.output, (run(PROGRAM .. " " .. path)))
    os.remove(path)
  end)

  it("has a REPL transcript that shows what the REPL shows", function()
    local env = setmetatable({ pumice = require "pumice" }, { __index = _G })
    for input, shown in blocks.repl:gmatch("> ([^\n]*)\n([^>]*)") do
      local chunk = load("return " .. input, "=repl", "t", env)
        or assert(load(input, "=repl", "t", env))
      local values = table.pack(chunk())
      local lines = {}
      for i = 1, values.n do lines[i] = inspect.value(values[i]) .. "\n" end
      assert.equal(shown, table.concat(lines), input)
    end
  end)

  it("shows the demo's own table, but for the seconds", function()
    local function timeless(s) return (s:gsub("%d+%.%d%d\n", "0.00\n")) end
    local out = run("NO_COLOR=1 " .. PROGRAM .. " scripts/demo.lua 2>&1")
    assert.is_truthy(timeless(out):find(timeless(blocks.demo), 1, true), out)
  end)
end)
