--- The memory of the program's Lua state: blocks so large that they come in huge
--- pages, and small ones, which are kept for who asks next.
local program = require "program"

describe("a large block of the program's memory", function()
  setup(program.new_folder)
  teardown(program.remove_folder)

  it("keeps what is in it while it grows, shrinks and goes", function()
    program.write("large.lua", [[
      local list = {}
      for round = 1, 2 do
        for i = 1, 5 << 20 do list[i] = i end
        local sum = 0
        for i = 1, #list do sum = sum + list[i] end
        print(sum)
        for i = 100, #list do list[i] = nil end
        for i = 1, 200 do list["key" .. i] = i end
        collectgarbage()
      end
      local text = ("0123456789abcdef"):rep(5 << 20)
      print(#text, text:sub(-16), #text:sub(1, 40 << 20), text:sub(2):byte(-1))
      text = nil
      collectgarbage()
      list = nil
      collectgarbage()
      print(collectgarbage "count" < 32 << 10)
    ]])
    local out, said, status = program.sh("$P " .. program.folder .. "/large.lua")
    assert.equal("13743897968640\n13743897968640\n83886080\t0123456789abcdef\t41943040\t102\n"
      .. "true\n", out)
    assert.equal("", said)
    assert.equal(0, status)
  end)
end)

describe("small blocks of the program's memory", function()
  setup(program.new_folder)
  teardown(program.remove_folder)

  it("are given back when there is no memory for a larger one", function()
    local limit = "ulimit -v 300000; $P "
    program.write("nothing.lua", "")
    if select(3, program.sh(limit .. program.folder .. "/nothing.lua")) ~= 0 then
      return pending "needs more memory to start, as with a sanitizer"
    end
    program.write("small.lua", [[
      local function fill()
        local list = {}
        for i = 1, math.huge do list[i] = ("x"):rep(i % 300) .. i end
      end
      print(pcall(fill))
      collectgarbage()
      print(#("y"):rep(20 << 20))
      local list = {}
      for i = 1, 200000 do list[i] = { i, tostring(i), ("k"):rep(i % 500) } end
      for i = 1, #list do
        assert(list[i][2] == tostring(i) and #list[i][3] == i % 500)
      end
    ]])
    local out, said, status = program.sh(limit .. program.folder .. "/small.lua")
    assert.equal("false\tnot enough memory\n20971520\n", out)
    assert.equal("", said)
    assert.equal(0, status)
  end)
end)
