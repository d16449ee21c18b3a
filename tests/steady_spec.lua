local program = require "program"
local recipes = require "pumice.recipes"
local slow_patterns = require "pumice.engine.slow_patterns"
local steady = require "pumice.engine.steady"

local function names(source)
  local found = {}
  for i, warning in ipairs(steady.warnings(source)) do
    found[i] = ("%d %s"):format(warning.line, warning.text:match "^%S+")
  end
  return table.concat(found, ", ")
end

describe("steady.warnings", function()
  local cases = {
    -- source, lines and names
    { "doc.at = os.time()", "1 os.time" },
    { "local clock = os.clock\n\nlocal d = os . date '%Y'", "1 os.clock, 3 os.date" },
    { "doc.user = os.getenv 'USER'\nfor l in io.lines(p) do end", "1 os.getenv, 2 io.lines" },
    { "doc.n = math.random(10)", "1 math.random" },
    { "math.randomseed(#doc.text)\ndoc.n = math.random(10)", "" },
    { "for k in pairs(t) do list[#list + 1] = k end", "1 pairs" },
    { "for k in next, t do table.insert(list, k) end", "1 next" },
    { "for k, v in pairs(t) do\n if v then return k end end", "1 pairs" },
    { "for k in pairs(t) do s = s .. k end", "1 pairs" },
    { "for k, v in pairs(doc.meta) do emit(v) end", "1 pairs" },
    { "local function f()\nfor k in pairs(t) do l[#l + 1] = k end\nend\ntable.sort(other)",
      "2 pairs" },
    { "for k, v in pairs(t) do doc[k] = v end", "1 pairs" },
    -- what is kept
    { "local seen = {}\nlocal f = function(doc) seen[doc.id] = true end", "2 'seen'" },
    { "local n = 0\nreturn { function(doc)\nn = n + 1\nend }", "3 'n'" },
    { "local l = {}\nlocal function f(doc) table.insert(l, doc.id) end", "2 'l'" },
    { "local t = {}\nlocal function f(doc) if t then t.a.b[1] = 2 end end", "2 't'" },
    { "return function(docs) total = #docs end", "1 'total'" },
    -- nothing to say
    { "return function(doc) local n = 0 doc.text:gsub('a', function() n = n + 1 end) end", "" },
    { "local n = 0 n = n + 1 local function f(doc) return { n = n, [n] = 1 } end", "" },
    { "local s = {} return function(doc) if s.a == 1 then doc.s = s.b end return s end", "" },
    { "local x = 1 return function(doc) local x <const>, y = 2 for x = 1, 2 do x = y end end", "" },
    { "return { add = function(state, doc) state.n = state.n + 1 state[doc.id] = 1 end }", "" },
    { "local a = 1 return function(doc) if doc then local a a = 1 else local a a = 2 end end", "" },
    { "function f(doc", "" }, { "local function f(doc) local", "" }, { "f(doc) = [", "" },
    { "local x = 'os.time()' -- os.time()\n--[[ io.open ]] local y = [==[ math.random ]==]", "" },
    { "local t = doc.os.time + record.io.open + self.math.random", "" },
    { "for k in pairs(t) do n = n + 1 end", "" },
    { "for k, v in pairs(t) do u[k] = v end", "" },
    { "for k in pairs(t) do if bad[k] then return nil, 'bad' end end", "" },
    { "for k in pairs(t) do l[#l + 1] = k end\ntable.sort(l)", "" },
    { "for k in pairs(t) do if x then l[#l + 1] = k end end\nif y then sort(l) end", "" },
    { "for name, value in pairs(doc) do l[#l + 1] = name end", "" },
    { "for i, k in ipairs(t) do l[#l + 1] = k end", "" },
    { "if next(t) == nil then return nil, 'empty' end", "" },
    { "local s = 'unfinished", "" }, { "[[", "" }, { "", "" }, { "end end until", "" },
    { "for k in pairs(", "" },
  }
  for _, case in ipairs(cases) do
    it(("finds %q in %q"):format(case[2], case[1]), function()
      assert.equal(case[2], names(case[1]))
    end)
  end

  it("has nothing to say of the bundled recipes", function()
    for _, name in ipairs(recipes.names()) do
      assert.equal("", names(recipes.find(name).source), name)
    end
  end)

  local patterns = {
    -- pattern, what is said of it
    { "(a+)+$", "takes more than 100000 steps" },
    { "(a|a)*b", "takes more than 100000 steps" },
    { [[^(\w+\s?)*$]], "takes more than 100000 steps" },
    { "(a+", "does not compile: missing closing parenthesis" },
    { [[\b[A-Z]{2,}\b]] }, { "[^,]*," }, { [[(\d+)-(\d+)]] }, { ".*read.*more.*" }, { [[\s+$]] },
    { [[\bhttps?://\S+]] }, { [[(?:[^"\\]|\\.)*"]] }, { "a++b" },
  }
  for _, case in ipairs(patterns) do
    local pattern, expected = table.unpack(case)
    it(("says of %s: %s"):format(pattern, expected or "nothing"), function()
      local tokens = steady.tokens(("local re = regex.new [==[%s]==]\nregex.test(doc.text,"
        .. " [==[%s]==])"):format(pattern, pattern))
      local warnings = slow_patterns.warnings(tokens)
      assert.equal(expected and 2 or 0, #warnings)
      for line, warning in ipairs(warnings) do
        assert.equal(line, warning.line)
        assert.matches("the pattern " .. pattern .. " " .. expected, warning.text, 1, true)
      end
    end)
  end

  it("is what pumice check says, which still runs the examples", function()
    program.new_folder()
    finally(program.remove_folder)
    program.write("late.lua", [[
      return require("pumice").recipe {
        summary = "a test",
        stages = function() return { function(doc)
          if doc.late then doc.late = os.time() end
          return doc
        end } end,
        examples = { { given = { text = "x" }, keeps = true } },
      }]])
    local out, _, status = program.sh(("$P check %s/late.lua"):format(program.folder))
    assert.equal(0, status)
    assert.matches("late.lua:4: warning: os.time gives the time", out, 1, true)
    assert.matches("1 examples, 0 failed", out, 1, true)
  end)
end)
