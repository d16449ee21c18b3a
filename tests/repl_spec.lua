--- The REPL in a terminal, as somebody who types sees it.
local files = require "files"
local terminal = require "terminal"

local start = terminal.repl

local function sleep(seconds)
  os.execute("sleep " .. seconds)
end

if not terminal.available() then
  describe("the REPL", function()
    pending("needs script, mkfifo and timeout to be tested")
  end)
  return
end

describe("the REPL", function()
  local state, t

  setup(function() state = files.new_folder() end)
  teardown(function() os.execute("rm -r " .. state) end)
  before_each(function() t = start(state) end)
  after_each(function() t:close() end)

  local answers = {
    -- typed, shown
    { "1 + 1", "2" },
    { "= 1 + 1", "2" },
    { "1, nil, 'x'", '1\nnil\n"x"' },
    { "nil", "nil" },
    { "x = 5", "" },
    { "print('hello')", "hello" },
    { "7;", "" },
    { "{ 1, a = { 2 } }", "{ 1, a = { 2 } }" },
    { "'Dvořák'", '"Dvořák"' },
    { "#pumice.token.words 'to be'", "2" },
    { "#token.words 'to be'", "2" },
    { "os.exit()", "os.exit would end the session; :quit does" },
    { "error { code = 7 }", "error: { code = 7 }" },
    { "nothing.x",
      "[1]:1: attempt to index a nil value (global 'nothing')\n    nothing.x\n    ^^^^^^^" },
    { "x = = 1", "[1]:1: unexpected symbol near '='" },
    { "x = @ 1", "[1]:1: unexpected symbol near '@'\n    x = @ 1\n        ^" },
    { "return ...", "" },
    { "-- a comment", "" },
    { "setmetatable({}, { __tostring = function() while false do end return 'obj' end })", "obj" },
    { ":nosuch", "unknown command 'nosuch'; known: help, next, open, quit, run, skip, time" },
    { ":hlep", "unknown command 'hlep', did you mean 'help'?" },
    { ":next", "nothing is open: `:open FILE`" },
    { ":open /nosuch", "/nosuch: No such file or directory" },
  }
  for _, case in ipairs(answers) do
    it("answers " .. case[1], function()
      assert.equal(case[2], t:ask(case[1]))
    end)
  end

  it("keeps the last values", function()
    t:ask("10")
    t:ask("20")
    assert.equal("20\n20\n10", t:ask("_, _1, _2"))
  end)

  it("reads on while a chunk is unfinished", function()
    for _, line in ipairs { "function twice(x)", "  return x +", "x" } do
      t:type(line .. "\n")
      t:wait("... ")
    end
    t:type("end\n")
    t:wait("\n> ")
    assert.equal("42", t:ask("twice(21)"))
    t:type("1 +\n")
    t:wait("... ")
    assert.equal("3", t:ask("2"))
  end)

  it("explains and searches", function()
    assert.matches("^token.words%(text, %[opts%]%)", t:ask("?token.words"))
    assert.matches("^token.words%(text, %[opts%]%)", t:ask("token.words?"))
    assert.matches("token.sentences", t:ask("??sentences"))
    assert.matches(":quit +end the session", t:ask(":help"))
  end)

  it("tells how long something took", function()
    assert.matches("^2\n%d+%.%d+ s$", t:ask(":time 1 + 1"))
  end)

  it("throws away what was typed at Ctrl-C, two hundred times", function()
    for _ = 1, 200 do
      t:type("half of a \3")
      t:wait("\n> ")
    end
    assert.equal("2", t:ask("1 + 1"))
  end)

  it("leaves an unfinished chunk at Ctrl-C and at Ctrl-D", function()
    for _, key in ipairs { "\3", "\4" } do
      t:type("function f()\n")
      t:wait("... ")
      t:type(key)
      t:wait("> ")
      assert.equal("2", t:ask("1 + 1"))
    end
  end)

  it("tells how to leave at the second Ctrl-C", function()
    t:type("\3")
    t:wait("\n> ")
    t:type("\3")
    assert.matches(":quit or Ctrl%-D", t:wait("\n> "))
  end)

  local endless = {
    "while true do end",
    "while true do pcall(function() while true do end end) end",
    "coroutine.wrap(function() while true do end end)()",
    "coroutine.resume(coroutine.create(function() pcall(function() while true do end end) end))",
    "repeat coroutine.wrap(function() coroutine.yield() end)() until false",
    "(('x'):rep(1e4):gsub('.', function() while true do end end))",
    "setmetatable({}, { __tostring = function() while true do end end })",
    "setmetatable({}, { __pairs = function() while true do end end })",
    "table.sort({ 1, 2, 3 }, function() while true do end end)",
    ":time while true do end",
  }
  for _, line in ipairs(endless) do
    it("stops at Ctrl-C: " .. line, function()
      t:ask("kept = 'kept'")
      t:type(line .. "\n")
      t:wait(line:sub(-20) .. "\n")
      sleep(0.1)
      t:type("\3")
      t:wait("\n> ")
      assert.equal('"kept"', t:ask("kept"))
      assert.equal("5000050000", t:ask("(function() local s = 0 for i = 1, 1e5 do s = s + i end "
        .. "return s // 1 | 0 end)()"))
    end)
  end

  it("survives the loss of what it stands on", function()
    for _, line in ipairs { "string.find = nil", "table = nil", "io.write = nil", "pairs = nil",
      "debug.setmetatable('', nil)", "debug.setmetatable(nil, { __index = error })",
      "setmetatable(_G, nil)", "local g = _G for k in next, g do g[k] = nil end",
      "coroutine = nil", "require = nil", "package.loaded['pumice.inspect'] = nil",
      "xpcall = 1", "io.stdin:close()" } do
      t:type(line .. "\n")
      t:wait("\n> ")
    end
    t:ask("0")
    assert.equal("2", t:ask("1 + 1"))
  end)

  it("survives the loss of each global, and of all before it", function()
    for _, order in ipairs { "<", ">" } do
      local names = {}
      for name in pairs(_G) do
        if type(name) == "string" and name:find("^%l+$") then names[#names + 1] = name end
      end
      table.sort(names, order == "<" and function(a, b) return a < b end
        or function(a, b) return a > b end)
      for _, name in ipairs(names) do
        t:type(name .. " = nil\n")
        t:wait("\n> ")
        t:ask("0") -- may be what it fails at, and puts all back
        assert.equal("2", t:ask("1 + 1"), name)
      end
    end
  end)

  it("ends at :quit and at Ctrl-D on an empty line, with status 0", function()
    t:type(":quit\n")
    assert.equal(0, t:status())
    t = start(state)
    t:type("typed\4\3")
    t:wait("\n> ")
    t:type("\4")
    assert.equal(0, t:status())
  end)

  it("completes names", function()
    local cases = {
      { "pumice.tok\t.sent\t'One. Two.')", "2 spans" },
      { "string.rev\t'abc')", '"cba"' },
      { "words = token.words 'to be'\nwords:stri\t)", '{ "to", "be" }' },
      { "a_table = { a_field = 7 }\na_table.a_f\t", "7" },
      { "a_ta\t.a_field", "7" },
      { ":he\t", "_  _1" },
      { "?options.nea\t", "options.nearest(name, names)" },
      { "io.open('lua/pumice/ini\t') ~= nil", "true" },
    }
    for _, case in ipairs(cases) do
      t:type(case[1] .. "\n")
      t:wait(case[2])
      t:wait("\n> ")
    end
  end)

  it("survives a completion that raises or does not end", function()
    t:ask("loop = setmetatable({}, { __index = function() while true do end end })")
    t:ask("bad = setmetatable({}, { __index = error, __pairs = error })")
    for _, typed in ipairs { "loop.x.\t", "bad.x:\t" } do
      t:type(typed .. "\n")
      t:wait("... ")
      t:type("\3")
      t:wait("\n> ")
    end
    assert.equal("2", t:ask("1 + 1"))
  end)

  it("completes among ten thousand keys at once", function()
    t:ask("big = {} for i = 1, 1e4 do big['key' .. i] = i end")
    t:type("big.key9999\t\n")
    t:wait("9999\n")
    t:wait("\n> ")
  end)

  it("takes a pasted function as one chunk", function()
    local lines = { "function pasted()", "  local sum = 0" }
    for i = 1, 200 do lines[#lines + 1] = ("  sum = sum + %d"):format(i) end
    lines[#lines + 1] = "  return sum"
    lines[#lines + 1] = "end"
    t:type("\27[200~" .. table.concat(lines, "\n") .. "\27[201~\n")
    t:wait("end\n")
    t:wait("> ")
    assert.equal("20100", t:ask("pasted()"))
  end)

  it("reads documents and tries recipes on them", function()
    local path = files.temporary('{"id":"a","text":"It\\u2019s the first  text."}\n{bad\n'
      .. '{"id":"c","text":"Third"}\n')
    assert.matches(':1  record { id = "a"', t:ask(":open " .. path))
    assert.equal('"It’s the first  text."', t:ask("doc.text"))
    assert.matches(":2  cannot be read: .*bad%-json", t:ask(":next"))
    assert.matches(':3  record { id = "c"', t:ask(":skip until doc.id == 'c'"))
    assert.matches("^c  kept", t:ask(":run quotes"))
    assert.equal("no more documents", t:ask(":next"))
    assert.equal("no more documents", t:ask(":skip 10"))
    os.remove(path)
  end)

  it("survives ten thousand random lines", function()
    math.randomseed(2026)
    local words = {}
    for word in ([[end ( ) { } [[ ] ] ' " function return _ = pumice . : x 1 nil .. # ? ?? :help
      error() % do if then print string token - -- ~ goto :: ; , \ é]]):gmatch("%S+") do
      words[#words + 1] = word
    end
    words[#words + 1] = "\t"
    words[#words + 1] = "\255"
    t:close()
    local settings = files.write(state .. "/inputrc",
      "set completion-query-items 0\nset page-completions off\n")
    t = start(state, "INPUTRC=" .. settings, 300)
    for i = 1, 10000 do
      local line = {}
      for j = 1, math.random(0, 8) do line[j] = words[math.random(#words)] end
      t:type(table.concat(line, math.random(2) == 1 and " " or "") .. "\n")
      t:wait("\n> ", "\n... ")
      if i % 20 == 0 then
        t:type("\3")
        t:wait("\n> ")
      end
    end
    t:type("print('ali' .. 've')\n")
    t:wait("alive")
  end)
end)

describe("without readline", function()
  -- A library that is none hides the real one.
  local hidden, state

  setup(function()
    state, hidden = files.new_folder(), files.new_folder()
    os.execute(("echo none >%s/libreadline.so.8"):format(hidden))
  end)
  teardown(function() os.execute("rm -r " .. state .. " " .. hidden) end)

  local editors = {
    { "libedit, if it is there", function() return "LD_LIBRARY_PATH=" .. hidden end },
    { "plain lines", function() return "TERM=dumb" end },
    { "plain lines in an unknown terminal", function() return "--unset=TERM" end },
  }
  for _, editor in ipairs(editors) do
    it("edits by " .. editor[1], function()
      local t = start(state, editor[2]())
      assert.equal("2", t:ask("1 + 1"))
      t:type("half of a \3")
      t:wait("\n> ")
      t:type("function f()\n")
      t:wait("... ")
      t:type("return 7 end\n")
      t:wait("\n> ")
      assert.equal("7", t:ask("f()"))
      t:type("while true do end\n")
      sleep(0.1)
      t:type("\3")
      t:wait("interrupted")
      t:wait("\n> ")
      t:type("\4")
      assert.equal(0, t:status())
    end)
  end
end)
