--- `pumice run --manifest` and what the stage table says of idle stages.
local json = require "pumice.json"
local program = require "program"

--- Keeps, drops, rejects, changes, and has a stage that does nothing.
local RECIPE = [[
  local pumice = require "pumice"
  return pumice.recipe {
    summary = "a test",
    options = { least = { 3, "words" } },
    stages = function(options)
      return {
        { name = "idle", each = function(doc) local _ = doc.tags return doc end },
        { name = "long", each = function(doc)
          if doc.n % 10 < options.least then return nil, "short", { value = doc.n } end
          if doc.n % 400 == 7 then error "no" end
          return doc
        end },
        { name = "tag", each = function(doc) doc.tags[#doc.tags + 1] = "x" return doc end },
        { name = "still", each = function(doc) return doc end },
      }
    end,
  }]]

local function documents(count)
  local lines = {}
  for i = 1, count do
    lines[i] = ('{"id": "%d", "n": %d, "tags": ["a"], "text": "text"}\n'):format(i, i)
  end
  return table.concat(lines)
end

local function run(arguments)
  return program.sh(("$P run @/recipe.lua @/in.jsonl " .. arguments):gsub("@", program.folder))
end

local function manifest()
  return assert(json.decode(program.read("manifest.json")))
end

describe("a manifest", function()
  before_each(function()
    program.new_folder()
    program.write("recipe.lua", RECIPE)
    program.write("in.jsonl", documents(2000))
  end)
  after_each(program.remove_folder)

  it("has the digests that sha256sum gives", function()
    run("-q -o '@/out/{n|x}-{shard}.csv.gz' --shard-docs 700 --max-files 5000 --least 3 "
      .. "--dropped @/drop.jsonl --rejects @/out/rejects.tsv --manifest @/manifest.json")
    local is, sums = manifest(), {}
    for i, file in ipairs(is.outputs) do sums[i] = ("%s  %s\n"):format(file.sha256, file.path) end
    for _, file in ipairs(is.inputs) do
      sums[#sums + 1] = ("%s  %s\n"):format(file.sha256, file.path)
    end
    sums[#sums + 1] = ("%s  %s\n"):format(is.recipe.sha256, program.folder .. "/recipe.lua")
    program.write("sums", table.concat(sums))
    local said, _, status = program.sh(("sha256sum --quiet -c %s/sums"):format(program.folder))
    assert.equal("", said)
    assert.equal(0, status)
    local _, count = program.sh(("find %s/out -type f"):format(program.folder)):gsub("\n", "")
    assert.equal(count + 1, #is.outputs)
    assert.equal(#program.read("in.jsonl"), is.inputs[1].bytes)
  end)

  it("has the counts by stage and reason, and the options", function()
    run("-q -o @/out.jsonl --least 4 --manifest @/manifest.json")
    local is = manifest()
    assert.same({ read = 2000, made = 0, passed = 0, kept = 1195, dropped = 800, rejected = 5 },
      is.counts)
    assert.same({ name = "long", ["in"] = 2000, out = 1195, dropped = 800, rejected = 5,
      idle = false, reasons = { short = 800 } }, is.stages[2])
    assert.same({ true, false, false, true }, { is.stages[1].idle, is.stages[2].idle,
      is.stages[3].idle, is.stages[4].idle })
    assert.same({ least = 4 }, is.options)
    assert.same({ 5, "long", "stage-error" }, { is.rejects[1].count, is.rejects[1].stage,
      is.rejects[1].code })
    assert.equal(require("pumice").version, is.versions.pumice)
  end)

  it("is the same bytes for any number of workers, cut off and resumed", function()
    local first
    for _, jobs in ipairs { 1, 2, 3 } do
      run(("-q -j %d -o @/out.csv.zst --dropped @/drop.csv "
        .. "--manifest @/manifest.json"):format(jobs))
      first = first or program.read("manifest.json")
      assert.equal(first, program.read("manifest.json"))
    end
    program.sh(("rm %s/out.csv.zst %s/manifest.json"):format(program.folder, program.folder))
    local tries = 0
    repeat
      tries = tries + 1
      local resume = program.read(".out.csv.zst.run/.journal.part") and "--resume" or ""
      local _, said, status = program.sh((("timeout --foreground -s KILL %g $P run @/recipe.lua "
        .. "@/in.jsonl -q --commit-every 0.02 -o @/out.csv.zst --dropped @/drop.csv "
        .. "--manifest @/manifest.json %s"):format(0.05 + tries * 0.02, resume))
        :gsub("@", program.folder))
      assert.is_true(program.was_cut(status) or status == 1, said)
    until status == 1 or tries == 200
    assert.equal(first, program.read("manifest.json"))
  end)

  it("tells nothing of what is no file", function()
    program.sh(("cat %s/in.jsonl | $P run %s/recipe.lua - -q --manifest %s/manifest.json > %s/out")
      :format(program.folder, program.folder, program.folder, program.folder))
    local is = manifest()
    assert.same({ { path = "-" } }, { { path = is.inputs[1].path, bytes = is.inputs[1].bytes } })
    assert.same({ path = "-", what = "kept" }, is.outputs[1])
  end)

  it("is not written when it cannot be, and the run says so", function()
    local _, said, status = run("-q -o @/out.jsonl --manifest @/nowhere/manifest.json")
    assert.equal(3, status)
    assert.matches("nowhere/manifest.json: No such file", said)
    _, said, status = run("-q -o @/out.jsonl --manifest @/out.jsonl")
    assert.equal(2, status)
    assert.matches("-o and --manifest name the same file", said, 1, true)
  end)
end)

describe("the stage table", function()
  before_each(function()
    program.new_folder()
    program.write("recipe.lua", RECIPE)
  end)
  after_each(program.remove_folder)

  it("warns of stages that changed nothing and dropped nothing", function()
    program.write("in.jsonl", documents(2000))
    for _, jobs in ipairs { 1, 3 } do
      local _, said = run(("-o /dev/null -j %d"):format(jobs))
      assert.matches("warning: idle changed nothing and dropped nothing in 2000 documents\n", said,
        1, true)
      assert.matches("warning: still changed nothing and dropped nothing in 1395 documents\n", said,
        1, true)
      assert.equal(2, select(2, said:gsub("warning:", "")))
    end
  end)

  it("does not after a few documents", function()
    program.write("in.jsonl", documents(900))
    assert.is_nil((select(2, run("-o /dev/null")):find "warning:"))
  end)
end)
