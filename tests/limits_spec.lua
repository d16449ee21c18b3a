local limits = require "pumice.engine.limits"
local program = require "program"

describe("limits.changed", function()
  local function rejected(code, count) return { { code = code, count = count } } end
  local cases = {
    -- what, timeout and memory that were, that are, what was rejected, what is said
    { "the same", { 30, 5000 }, { 30, 5000 }, rejected("timeout", 1) },
    { "raised ones", { 30, 5000 }, { 31.5, 6000 }, rejected("stage-error", 7) },
    { "a lower timeout", { 30, 5000 }, { 29.5, 5000 }, {}, "--timeout: it was 30, it is 29.5" },
    { "less memory", { 30, 5000 }, { 30, 4999 }, {}, "--memory: it was 5000, it is 4999" },
    { "more time after a timeout", { 1, 5000 }, { 2, 5000 }, rejected("timeout", 3),
      "--timeout: it was 1, it is 2, and 3 documents were rejected under it" },
    { "more time after another limit", { 1, 5000 }, { 2, 5000 }, rejected("memory", 3) },
    { "more memory after a bomb", { 1, 5000 }, { 1, 6000 }, rejected("memory", 1),
      "--memory: it was 5000, it is 6000, and 1 document was rejected under it" },
    { "more memory after a large group", { 1, 5000 }, { 1, 6000 }, rejected("group-too-large", 2),
      "--memory: it was 5000, it is 6000, and 2 documents were rejected under it" },
    { "more of it after nobody knows what", { 1, 5000 }, { 1, 6000 }, rejected("several", 2),
      "--memory: " },
  }
  for _, case in ipairs(cases) do
    local what, was, is, problems, expected = table.unpack(case)
    it(("%s %s"):format(expected and "refuses" or "takes", what), function()
      local said = limits.changed({ timeout = was[1], memory = was[2] },
        { timeout = is[1], memory = is[2] }, problems)
      if not expected then return assert.is_nil(said) end
      assert.equal(expected, said:sub(1, #expected))
    end)
  end
end)

describe("a run that was cut off", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  local function begin(first)
    local lines = {}
    for i = first, first + 799 do
      lines[#lines + 1] = ('{"id":%d,"text":"%s"}\n'):format(i, ("x"):rep(3000))
    end
    program.write("in.jsonl", table.concat(lines))
    program.write("recipe.lua", [[return pumice.recipe { summary = "a test", stages = function()
      return { function(doc)
        local n = 0
        for i = 1, 200000 do n = n + i % 7 end
        while doc.id == 7 do end
        return doc
      end } end }]])
    local command = ("run @/recipe.lua @/in.jsonl -q -j 2 -o @/out --commit-every 0 ")
      :gsub("@", program.folder)
    return function(options) return program.sh("$P " .. command .. options) end,
      function(options, commits) program.run_and_kill(command .. options, "out", 1 + commits) end
  end

  it("goes on under higher limits to what it had made under them", function()
    local run, run_and_kill = begin(100)
    run ""
    local whole = program.read "out"
    os.remove(program.folder .. "/out")
    run_and_kill("--timeout 20", 1)
    for _, options in ipairs { "--timeout 19", "--memory 1000000000 --timeout 20" } do
      local _, said, status = run(options .. " --resume")
      assert.equal(2, status)
      assert.matches("cannot resume, the run has changed: " .. options:match "%-%-%a+"
        .. ": it was", said, 1, true)
    end
    run_and_kill("--timeout 40 --resume", 3)
    local _, said, status = run "--timeout 20 --resume"
    assert.equal(2, status)
    assert.matches("--timeout: it was 40, it is 20", said, 1, true)
    _, said, status = run "--timeout 50 --memory 2000000000 --resume"
    assert.equal(0, status, said)
    assert.equal(whole, program.read "out")
  end)

  it("does not go on under a higher limit when it has rejected for the lower", function()
    local run, run_and_kill = begin(1)
    run_and_kill("--timeout 0.5", 1)
    local _, said, status = run "--timeout 1 --resume"
    assert.equal(2, status)
    assert.matches("--timeout: it was 0.5, it is 1, and 1 document was rejected", said, 1, true)
    _, said, status = run "--timeout 0.5 --resume"
    assert.equal(1, status, said)
  end)

  it("goes on with more --max-files, which reject nothing", function()
    local lines = {}
    for i = 1, 40000 do lines[i] = ('{"id":"%d"}'):format(math.max(1, i - 39000)) end
    program.write("recipe.lua", program.PASS)
    program.write("in.jsonl", table.concat(lines, "\n"))
    local command = ("$P run @/recipe.lua @/in.jsonl -q -j 1 --commit-every 0 "
      .. "-o '@/out/{id}.jsonl' --max-files "):gsub("@", program.folder)
    local _, said, status = program.sh(command .. "900")
    assert.equal(2, status)
    assert.matches("--resume goes on", said, 1, true)
    _, said, status = program.sh(command .. "1000 --resume")
    assert.equal(0, status, said)
    assert.equal("40000\n", (program.sh(("cat %s/out/* | wc -l"):format(program.folder))))
  end)
end)

describe("budget.limit_memory", function()
  local budget = require("pumice.core").budget
  local json = require "pumice.json"

  it("may be lifted before what C keeps of a state is", function()
    local long = ("\n"):rep(3000)
    assert.is_nil(budget.limit_memory(1 << 30))
    local limited = json.encode { long }
    assert.equal(1 << 30, budget.limit_memory(1 << 29))
    assert.equal(1 << 29, budget.limit_memory(nil))
    collectgarbage()
    for i = 1, 1000 do assert(("%d"):format(i):rep(6)) end
    assert.equal(limited, json.encode { long })
    assert.equal(4 * #long, #json.encode { long, long } - 7)
  end)

  it("refuses more than it allows", function()
    budget.limit_memory(1 << 26)
    local made, problem = pcall(string.rep, "x", 200 << 20)
    budget.limit_memory(nil)
    assert.is_false(made)
    assert.equal("not enough memory", problem)
  end)
end)
