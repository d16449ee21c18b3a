--- What dedup finds depends on the documents and on nothing else: not on their
--- order, nor on how many workers look at them.
local dedup = require "pumice.dedup"
local json = require "pumice.json"
local made = require "made_corpus"
local program = require "program"
local pumice = require "pumice"

local COUNT, JOBS = 400, { 1, 2, 5 }

--- Stories, and up to five other tellings of each with words left out and others
--- before and after: no passage stands in so many of them that it pairs only the
--- first ones.
local function documents()
  local random, docs = made.random(7), {}
  local function words(count)
    local list = {}
    for i = 1, count do list[i] = "w" .. random(3000) end
    return table.concat(list, " ")
  end
  while #docs < COUNT do
    local story = words(40 + random(100))
    for _ = 1, random(6) do
      local told = story:gsub("%w+ ", function(word) return random(15) == 1 and "" or word end)
      docs[#docs + 1] = { id = #docs + 1, outlet = "outlet" .. random(7),
        text = words(random(60)) .. ". " .. told .. ". " .. words(random(60)) }
    end
  end
  return docs
end

local function shuffled(docs, seed)
  local list, random = {}, made.random(seed)
  for i, doc in ipairs(docs) do table.insert(list, random(i), doc) end
  return list
end

--- A rule that knows no order.
local function lowest_id(members)
  local lowest = 1
  for i, member in ipairs(members) do
    if member.id < members[lowest].id then lowest = i end
  end
  return lowest
end

--- The pairs that are alike, and how much.
local function pairs_of(cluster, docs)
  local list = {}
  for i, link in ipairs((dedup.links(cluster, docs))) do
    local a, b = docs[link.a].id, docs[link.b].id
    list[i] = ("%d %d %.6f"):format(math.min(a, b), math.max(a, b), link.evidence.jaccard)
  end
  table.sort(list)
  return list
end

--- What becomes of each document: that it stays, or what it is a copy of.
local function fates(kept, dropped)
  local of = {}
  for _, doc in ipairs(kept) do of[doc.id] = "stays" end
  for _, line in ipairs(dropped) do
    of[line.id] = ("%d %.6f %d"):format(line.copy_of, line.value, #line.passages)
  end
  return of
end

local function lines_of(path)
  local list = {}
  for line in io.lines(program.folder .. "/" .. path) do list[#list + 1] = json.decode(line) end
  return list
end

for _, kind in ipairs { "near", "reuse" } do
  describe("dedup." .. kind .. " finds", function()
    setup(program.new_folder)
    teardown(program.remove_folder)

    it("the same pairs in any order", function()
      local expected = pairs_of(dedup[kind](), documents())
      assert.is_true(#expected > COUNT / 10)
      for seed = 1, 3 do
        assert.same(expected, pairs_of(dedup[kind](), shuffled(documents(), seed)))
      end
    end)

    it("the same copies in any order", function()
      local function found(docs)
        return fates(dedup.apply(dedup[kind] { keep = lowest_id }, docs))
      end
      local expected = found(documents())
      for seed = 1, 3 do assert.same(expected, found(shuffled(documents(), seed))) end
    end)

    it("with any number of workers what it finds in memory", function()
      local docs = shuffled(documents(), 4)
      local out <close> = pumice.write(program.folder .. "/in.jsonl")
      for _, doc in ipairs(docs) do out:add(doc) end
      out:close()
      program.write("recipe.lua", ([[return pumice.recipe { summary = "a test",
        stages = function() return { pumice.dedup.%s() } end }]]):format(kind))
      local expected = fates(dedup.apply(dedup[kind](), docs))
      for _, jobs in ipairs(JOBS) do
        local _, said, status = program.sh((
          "$P run @/recipe.lua @/in.jsonl -q -j %d -o @/out.jsonl --dropped @/dropped.jsonl")
          :format(jobs):gsub("@", program.folder))
        assert.equal(0, status, said)
        assert.same(expected, fates(lines_of "out.jsonl", lines_of "dropped.jsonl"))
      end
    end)
  end)
end

describe("core.sorter.sort", function()
  local sort = require("pumice.core").sorter.sort

  it("gives the order of table.sort", function()
    local ours, theirs = {}, {}
    for i = 1, 3000 do
      ours[i] = i % 9 == 0 and math.mininteger + i % 27 or (i * 0x9E3779B97F4A7C15) >> i % 50
      theirs[i] = ours[i]
    end
    sort(ours)
    table.sort(theirs)
    assert.same(theirs, ours)
    for _, list in ipairs { {}, { 7 }, { math.maxinteger, math.mininteger } } do sort(list) end
  end)

  it("takes integers alone", function()
    assert.error_matches(function() sort { 1, 2.5 } end, "a list of integers")
    assert.error_matches(function() sort { 1, {} } end, "a list of integers")
  end)
end)
