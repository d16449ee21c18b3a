--- What the executable does, seen from outside: statuses and streams.
local files = require "files"
local program = require "program"

local read = files.read

--- Runs a command line of the shell in which `pumice` is the executable.
--- Returns its exit status, standard output and standard error.
local function run(command)
  local out, err = os.tmpname(), os.tmpname()
  local _, _, status = os.execute(("pumice() { %s \"$@\"; }; { %s\n} >%s 2>%s")
    :format(program.path, command, out, err))
  local output, errors = read(out), read(err)
  os.remove(out)
  os.remove(err)
  return status, output, errors
end

--- Runs `body` with the path of a file that holds `contents`.
local function with_file(contents, body)
  local path = files.temporary(contents)
  local ok, message = pcall(body, path)
  os.remove(path)
  if not ok then error(message, 0) end
end

describe("pumice", function()
  local cases = {
    -- what, command, status, output, errors (patterns; "" is nothing at all)
    { "says its version", "pumice --version", 0, "^pumice %d+%.%d+%.%d+\n$", "" },
    { "shows help on standard output", "pumice --help", 0, "^Usage: pumice", "" },
    { "shows help for -h", "pumice -h", 0, "^Usage: pumice", "" },
    { "runs code", [[pumice -e 'print(arg[1], ...)' a b]], 0, "^a\ta\tb\n$", "" },
    { "gives code pumice", [[pumice -e 'print(#pumice.token.words("to be"))']], 0, "^2\n$", "" },
    { "refuses -e without code", "pumice -e", 2, "", "needs code" },
    { "reads a script from a pipe", "echo 'print(1+1)' | pumice", 0, "^2\n$", "" },
    { "reads a script for -", "echo 'print(...)' | pumice - x", 0, "^x\n$", "" },
    { "runs an empty script", "pumice </dev/null", 0, "", "" },
    { "tells an error and where", [[pumice -e 'local x; x.y = 1']], 1, "",
      "^pumice: %-e:1: attempt to index a nil value %(local 'x'%)\n$" },
    { "tells an error of syntax", "echo 'x = = 1' | pumice", 1, "", "stdin:1: unexpected symbol" },
    { "shows an error of any kind", [[pumice -e 'error { code = 7 }']], 1, "", "{ code = 7 }" },
    { "passes the status of os.exit", "pumice -e 'os.exit(7)'", 7, "", "" },
    { "names the nearest command", "pumice recipse", 2, "", "did you mean 'recipes'%?" },
    { "names the nearest option", "pumice --verison", 2, "", "did you mean '%-%-version'%?" },
    { "tells of a missing script", "pumice nosuch.lua", 2, "", "nosuch.lua: No such file" },
    { "tells of a folder", "pumice /tmp", 2, "", "cannot read /tmp" },
    { "runs no hidden command by a near name", "pumice worked", 2, "", "unknown command" },
    { "shows the help of a command", "pumice copy --help", 0, "^Usage: pumice copy", "" },
    { "refuses an option of a command", "pumice copy --forse x", 2, "",
      "^pumice copy: unknown option '%-%-forse'" },
    { "refuses a missing argument", "pumice show", 2, "", "missing argument 'recipe'" },
    { "refuses a wrong option of run", "pumice run --jbos 2", 2, "", "Did you mean '%-%-jobs'%?" },
    { "lists modules", "pumice help", 0, "\n  token ", "" },
    { "explains a module", "pumice help token", 0, "token%.words%(text, %[opts%]%)", "" },
    { "explains a function", "pumice help options.nearest", 0, "^options%.nearest%(name,", "" },
    { "explains a function by its last name", "pumice help nearest", 0, "^options%.nearest", "" },
    { "explains a command", "pumice help copy", 0, "^Usage: pumice copy", "" },
    { "explains a recipe", "pumice help quotes", 0, "^List the quotations", "" },
    { "names the nearest function", "pumice help options.nearst", 2, "", "'options%.nearest'" },
    { "tells what a bug report needs", "pumice doctor", 0, "PCRE2 JIT.*Unicode", "" },
    { "completes in bash", "pumice completion bash", 0, "complete .*pumice", "" },
    { "completes in zsh", "pumice completion zsh", 0, "^#compdef pumice", "" },
    { "completes in fish", "pumice completion fish", 0, "complete %-c pumice", "" },
    { "knows three shells", "pumice completion csh", 2, "", "bash" },
    { "fails on a full disk", "pumice --help >/dev/full", 3, "", "No space left" },
    { "fails on a full disk after much", [[pumice -e 'for i = 1, 1e5 do print(i) end' >/dev/full]],
      3, "", "cannot write to standard output" },
    { "fails on a full disk in os.exit", [[pumice -e 'print(1) os.exit(0)' >/dev/full]],
      3, "", "cannot write to standard output" },
  }
  for _, case in ipairs(cases) do
    local what, command, status, output, errors = table.unpack(case)
    it(what, function()
      local got_status, got_output, got_errors = run(command)
      if output == "" then assert.equal("", got_output) else assert.matches(output, got_output) end
      if errors == "" then assert.equal("", got_errors) else assert.matches(errors, got_errors) end
      assert.equal(status, got_status)
      assert.is_nil((got_output .. got_errors):find("[\27\r]"), "escape codes in a pipe")
    end)
  end

  it("gives a script its name and arguments", function()
    with_file("#!/usr/bin/env pumice\nprint(arg[0] == ..., arg[1], arg[-1] ~= nil)", function(path)
      local status, output = run(("pumice %s %s"):format(path, path))
      assert.equal(0, status)
      assert.equal(("true\t%s\ttrue\n"):format(path), output)
    end)
  end)

  it("shows the way to an error through the script alone", function()
    with_file("local function f() error('no') end\n\nf()", function(path)
      local status, _, errors = run("pumice " .. path)
      assert.equal(1, status)
      assert.matches("^pumice: [^\n]*:1: no\n", errors)
      assert.matches(":3: in main chunk", errors)
      assert.is_nil(errors:find("cli.lua", 1, true))
      assert.is_nil(errors:find("[C]", 1, true))
    end)
  end)

  it("ends by the signal when the reader of its output leaves", function()
    local _, output, errors = run(
      "{ pumice -e 'while true do print(1) end'; echo $? >&2; } | head -1")
    assert.equal("1\n", output)
    assert.equal("141\n", errors)
  end)
end)

describe("pumice completion", function()
  local cases = {
    -- typed, a word that is offered, one that is not
    { "sho", "show", "copy" },
    { "", "run", "--help" },
    { "--v", "--version", "show" },
    { "show q", "quotes", "news" },
    { "show quotes --s", "--source", "--help" },
    { "run n", "news", "quotes" },
    { "run quotes --on", "--only", "--output" },
    { "run quotes --from ", "jsonl", "--help" },
    { "run quotes -o out.jsonl ", ":files", "quotes" },
    { "run quotes a.txt b", ":files", "quotes" },
    { "check ./my", ":files", "news" },
    { "help token.sen", "token.sentences", "token.words" },
    { "completion ", "zsh", ":files" },
    { "doctor x ", nil, ":files" },
    { "script.lua x", ":files", "show" },
  }
  for _, case in ipairs(cases) do
    local typed, offered, other = table.unpack(case, 1, 3)
    it(("offers %s after %q"):format(offered or "nothing", typed), function()
      local line = typed:find("%s$") and typed .. "''" or typed
      if line == "" then line = "''" end
      local status, output = run("pumice completion --words " .. line)
      assert.equal(0, status)
      local words = {}
      for word in output:gmatch("([^\t\n]+)[^\n]*") do words[word] = true end
      if offered then assert.is_true(words[offered]) end
      assert.is_nil(words[other])
    end)
  end

  it("works in bash", function()
    local ask = [[
      PATH=$PWD/%s:$PATH
      eval "$(pumice completion bash)"
      COMP_WORDS=(pumice show q) COMP_CWORD=2
      _pumice
      echo "${COMPREPLY[@]}"]]
    local folder = program.path:match("^(.*)/")
    local _, output = run(("bash -c '%s'"):format(ask:format(folder)))
    assert.equal("quotes\n", output)
  end)
end)

describe("pumice recipes", function()
  local names = require("pumice.recipes").names()

  it("shows, copies and checks each bundled recipe", function()
    local _, list = run("pumice recipes")
    for _, name in ipairs(names) do
      assert.matches("\n" .. name .. " +%a", "\n" .. list)
      local path = os.tmpname()
      os.remove(path)
      assert.equal(0, (run(("pumice copy %s %s"):format(name, path))))
      assert.matches("^%-%- A copy of the recipe '" .. name, read(path))
      local status, _, errors = run(("pumice copy %s %s"):format(name, path))
      assert.equal(2, status)
      assert.matches("is there already", errors)
      os.remove(path)
    end
  end)

  it("shows options with their defaults, and the source", function()
    local _, shown = run("pumice show quotes --source")
    assert.matches("^List the quotations", shown)
    assert.matches("\n  %-%-only=false +drop documents", shown)
    assert.matches("\nreturn pumice%.recipe", shown)
  end)

  it("tells a recipe's option from its own of the same name", function()
    local ours, options = {}, {}
    for _, command in ipairs { "run", "why", "tune" } do
      local _, help = run(("pumice %s --help"):format(command))
      for name in help:gmatch "\n   %-?%a?,? ?%-%-(%l[%l-]*)" do
        ours[name:gsub("-", "_")] = name
      end
    end
    for name in pairs(ours) do options[#options + 1] = name .. " = { 0, 'a number' }," end
    assert.is_true(#options > 20)
    local source = ([[return require("pumice").recipe {
      options = { %s }, summary = "Says what it was given",
      stages = function(o)
        return { function(doc) return { limit = o.limit, id = doc.id } end }
      end,
    }]]):format(table.concat(options))
    with_file(source, function(path)
      local _, help = run("pumice run " .. path .. " --help")
      local _, shown = run("pumice show " .. path)
      for _, name in pairs(ours) do
        assert.matches("   --recipe-" .. name .. " VALUE", help, 1, true)
        assert.matches("  --recipe-" .. name .. "=0", shown, 1, true)
      end
      with_file('{"id":1}\n{"id":2}\n', function(input)
        local status, out = run(("pumice run %s --recipe-limit 0.5 --limit 1 --from jsonl -q <%s -")
          :format(path, input))
        assert.equal(0, status)
        assert.equal('{"id":1,"limit":0.5}\n', out)
      end)
    end)
  end)

  it("wants the recipe before the options, whatever they are", function()
    local status, _, errors = run("pumice run -q near_dedup pages.jsonl --keep all")
    assert.equal(2, status)
    assert.equal("pumice run: the recipe comes before -q and other options\n", errors)
  end)

  it("names the nearest recipe", function()
    for _, command in ipairs { "show", "copy" } do
      local status, _, errors = run("pumice " .. command .. " nwes")
      assert.equal(2, status)
      assert.matches("unknown recipe 'nwes'", errors)
    end
  end)
end)
