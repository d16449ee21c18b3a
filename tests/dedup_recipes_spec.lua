--- The recipes that find copies, from outside.
local json = require "pumice.json"
local made = require "made_corpus"
local program = require "program"
local pumice = require "pumice"

local function write(docs)
  local lines = {}
  for i, doc in ipairs(docs) do lines[i] = json.encode(doc) .. "\n" end
  program.write("in.jsonl", table.concat(lines))
end

describe("pumice run", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  it("says of two documents that --memory is too little to compare them", function()
    local words, state = {}, 1
    for i = 1, 400000 do
      state = state * 6364136223846793005 + 1442695040888963407
      words[i] = ("w%x"):format(state >> 47)
    end
    local text = table.concat(words, " ")
    program.write("two.jsonl",
      ('{"id":1,"text":"%s"}\n{"id":2,"text":"%s a"}\n'):format(text, text))
    local _, said, status = program.sh(
      ("$P run near_dedup -q @/two.jsonl --memory 40000000 -o @/kept --rejects @/rejects")
      :gsub("@", program.folder))
    assert.equal(1, status, said)
    assert.matches("rejected (memory): it takes more memory than --memory allows, 40000000; "
      .. "try --memory 80000000\n  in dedup.near", said, 1, true)
    assert.matches('"code":"memory"', program.read "rejects", 1, true)
  end)

  it("lists in a line for each cluster what near_dedup keeps and drops for it", function()
    write(made.documents(21, 500, 30, 10))
    program.sh(("$P run near_dedup -q @/in.jsonl -o @/kept --dropped @/dropped; "
      .. "$P run clusters -q @/in.jsonl -o @/clusters"):gsub("@", program.folder))
    local expected, found = {}, {}
    for doc in pumice.read(program.folder .. "/kept", { from = "jsonl" }) do
      if doc.copies then expected[doc.id] = { doc.id } end
    end
    for line in pumice.read(program.folder .. "/dropped", { from = "jsonl" }) do
      table.insert(expected[line.copy_of], line.id)
    end
    for _, members in pairs(expected) do table.sort(members) end
    for line in pumice.read(program.folder .. "/clusters", { from = "jsonl" }) do
      found[line.cluster] = {}
      for i, member in ipairs(line.members) do found[line.cluster][i] = member end
      assert.equal(line.size, #line.members)
      assert.equal(line.size, #line.copies + 1)
    end
    assert.is_truthy(next(expected))
    assert.same(expected, found)
  end)

  for _, recipe in ipairs { "exact_dedup", "line_dedup", "substring_dedup", "reuse_passages" } do
    it("gives the same for 1, 2 and 5 workers: " .. recipe, function()
      write(made.documents(21, 2000, 30))
      local outputs = {}
      for i, jobs in ipairs { 1, 2, 5 } do
        outputs[i] = program.sh(("$P run %s %s/in.jsonl -j %d -q"):format(recipe, program.folder,
          jobs))
      end
      assert.is_true(#outputs[1] > 10000)
      assert.is_true(outputs[1] == outputs[2])
      assert.is_true(outputs[1] == outputs[3])
    end)
  end
end)
