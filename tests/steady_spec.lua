local program = require "program"
local recipes = require "pumice.recipes"
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
    -- nothing to say
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
