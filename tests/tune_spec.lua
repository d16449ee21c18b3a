local json = require "pumice.json"
local made = require "made_corpus"
local program = require "program"

describe("pumice tune", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  local function write(count, field)
    local lines = {}
    for i, text in ipairs(made.texts(5, count, 60, 8)) do
      lines[i] = json.encode { id = field and "d" .. i or nil, text = text, outlet = "o" .. i }
    end
    program.write("docs.jsonl", table.concat(lines, "\n"))
  end

  local function tune(arguments)
    return program.sh(("$P tune %s"):format(arguments):gsub("@", program.folder))
  end

  for _, case in ipairs { { "near_dedup", "jaccard" }, { "dedup_reuse.lua", "aligned" } } do
    local name, measure = table.unpack(case)
    it(("counts what a run of %s with each limit drops"):format(name), function()
      write(300, true)
      local path = name
      if name:find "%.lua$" then
        path = program.write(name, [[
          local pumice = require "pumice"
          return pumice.recipe { summary = "a test",
            options = { aligned = { 0.4, "a limit" } },
            stages = function(options)
              return { function(doc) return doc end,
                pumice.dedup.reuse { aligned = options.aligned } }
            end }]])
      end
      local out, said = tune(path .. " @/docs.jsonl")
      assert.equal("", said)
      assert.matches("^300 documents; " .. measure .. " decides", out)
      local rows = 0
      for limit, dropped in out:gmatch "\n +(%d%.%d+) +%d+ +%d+ +(%d+) +%d+ +%d+" do
        rows = rows + 1
        if rows % 6 == 3 then
          program.sh(("$P run %s -q --%s %s %s/docs.jsonl --dropped %s/gone -o %s/out"):format(
            path, measure, limit, program.folder, program.folder, program.folder))
          local _, lines = program.read("gone"):gsub("\n", "")
          assert.equal(tonumber(dropped), lines, limit)
        end
      end
      assert.equal(18, rows)
      assert.matches("\n +0%.%d+  d%d+  d%d+\n +jaccard 0%.%d+  contained", out)
    end)
  end

  for _, name in ipairs { "near_dedup", "news" } do
    it("passes over what a run of " .. name .. " rejects", function()
      local text = "The ferry that has joined Orle to the island of Brim for ninety years will "
        .. "close in October, its owner said on Monday. It carries forty thousand people a year."
      program.write("docs.jsonl", ('{"id":"n","text":null}\nno JSON\n{"id":"t","text":%s}\n{}\n')
        :format(json.encode(text)))
      local out, said, status = tune(name .. " @/docs.jsonl")
      assert.same({ "", 0 }, { said, status })
      assert.matches("^1 documents, and 3 without a text or that cannot be read; ", out)
    end)
  end

  it("ends with the line to run", function()
    write(20)
    local out = tune "near_dedup --keep first @/docs.jsonl"
    local line = out:match "([^\n]*)\n$"
    assert.equal(("pumice run near_dedup --keep=first --jaccard 0.33 %s/docs.jsonl "
      .. "-o kept.jsonl --dropped copies.jsonl"):format(program.folder), line)
  end)

  it("says so when there is nothing to tune", function()
    write(3)
    local _, said, status = tune "clean_text @/docs.jsonl"
    assert.matches("clean_text compares no documents", said)
    assert.equal(2, status)
  end)
end)
