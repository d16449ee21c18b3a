--- What the REPL remembers from session to session.
local files = require "files"
local program = require "program"
local terminal = require "terminal"

local start = terminal.repl

local function shell(command)
  return (files.output(command):gsub("%s+$", ""))
end

if not terminal.available() then
  describe("the history", function()
    pending("needs script, mkfifo and timeout to be tested")
  end)
  return
end

describe("the history", function()
  local state

  before_each(function() state = files.new_folder() end)
  after_each(function() os.execute("rm -r " .. state) end)

  it("brings back a whole chunk in another session", function()
    local t = start(state)
    t:type("function f(x)\n")
    t:wait("... ")
    t:type("return x * 2 end\n")
    t:wait("\n> ")
    t:ask("'back\\\\slash'")
    t:type(":quit\n")
    t:status()
    assert.equal("600", shell("stat -c %a " .. state .. "/pumice/history"))
    t = start(state)
    t:type("\16\16\16\n") -- Ctrl-P: :quit, the string, the function
    t:wait("\n> ")
    assert.equal("42", t:ask("f(21)"))
    t:type("\16\16\16\16\n")
    t:wait('"back\\\\slash"')
    t:close()
  end)

  it("keeps no repetition and nothing that begins with a blank", function()
    local t = start(state)
    for _, line in ipairs { "1", "1", " 2", "3" } do t:ask(line) end
    t:close()
    assert.equal("1\n3", shell("cat " .. state .. "/pumice/history"))
  end)

  it("loses nothing when sessions run at once", function()
    local a, b = start(state), start(state)
    a:ask("'a1'")
    b:ask("'b1'")
    a:ask("'a2'")
    a:close()
    b:close()
    assert.equal("'a1'\n'b1'\n'a2'", shell("cat " .. state .. "/pumice/history"))
  end)

  it("cuts a long file to its newest entries", function()
    os.execute("mkdir " .. state .. "/pumice")
    local lines = {}
    for i = 1, 30000 do lines[i] = i .. "\n" end
    files.write(state .. "/pumice/history", table.concat(lines))
    local t = start(state)
    t:close()
    assert.equal("10000", shell("wc -l <" .. state .. "/pumice/history"))
    assert.equal("30000", shell("tail -1 " .. state .. "/pumice/history"))
  end)

  it("does without where there is no home", function()
    local t = terminal.open("-u HOME -u XDG_STATE_HOME " .. program.path)
    t:wait("> ")
    assert.equal("2", t:ask("1 + 1"))
    t:close()
    t = start("/proc/nosuch")
    assert.equal("2", t:ask("1 + 1"))
    t:close()
  end)
end)
