--- What `pumice run --try` and `pumice why` show, and that they write nothing.
local program = require "program"

local write = program.write

--- Runs pumice in the folder; returns output, errors, exit status.
local function pumice(arguments)
  local path = program.path:find("^/") and "$P" or "$OLDPWD/$P"
  return program.sh(("cd %s && %s %s"):format(program.folder, path, arguments))
end

local RECIPE = [[
local clean, token = pumice.clean, pumice.token
return pumice.recipe {
  summary = "a test",
  options = { min_words = { 4, "words" } },
  stages = function(options)
    return {
      clean.repair(),
      function(doc)
        doc.words = #token.words(doc.text)
        return doc
      end,
      function(doc)
        if doc.words < options.min_words then
          return nil, "too short", { value = doc.words, limit = options.min_words }
        end
        return doc
      end,
    }
  end,
}]]

local DOCUMENTS = [[
{"id":"1","text":"One\u200b word, and some that make it long enough"}
{"id":"2","text":"too few"}
{"id":"3","words":4,"text":"no change at all"}
{"id":"4"}
]]

describe("trying a recipe", function()
  before_each(function()
    program.new_folder()
    write("recipe.lua", RECIPE)
    write("in.jsonl", DOCUMENTS)
  end)
  after_each(program.remove_folder)

  it("shows what becomes of each document, and writes nothing", function()
    local out, said, status = pumice "run recipe.lua in.jsonl --try 9 -o out.jsonl"
    assert.equal([[
1 (in.jsonl:1)  kept, changed by clean.repair, stage 2 (recipe.lua:8)
  text: [-One\u{200B}-]{+One+} word, and some that make it long enough
  + words: 9
2 (in.jsonl:2)  dropped by stage 3 (recipe.lua:12): too short (value 2, limit 4)
  "too few"
3 (in.jsonl:3)  kept, unchanged
4 (in.jsonl:4)  rejected in clean.repair: field 'text' is missing, not a string (no-text)
]], out)
    assert.equal(1, status)
    assert.matches("4 read = 2 kept %+ 1 dropped %+ 1 rejected", said)
    assert.is_nil(program.read "out.jsonl")
  end)

  it("takes the first documents, or a sample that its seed decides", function()
    assert.matches("^1 [^\n]*\n[^\n]*\n[^\n]*\n2 [^\n]*\n[^\n]*\n$",
      (pumice "run recipe.lua in.jsonl --try 2 -q"))
    local lines = {}
    for i = 1, 500 do lines[i] = ('{"id":%d,"text":"a b c d"}\n'):format(i) end
    write("many.jsonl", table.concat(lines))
    local function sample(seed)
      local ids = {}
      local out = pumice("run recipe.lua many.jsonl --try 5 --sample --seed " .. seed)
      for id in out:gmatch("(%d+) %(many") do ids[#ids + 1] = tonumber(id) end
      return ids
    end
    local one = sample(1)
    assert.equal(5, #one)
    assert.same(one, sample(1))
    assert.not_same(one, sample(2))
    assert.is_true(one[5] > 100)
    for i = 2, 5 do assert.is_true(one[i] > one[i - 1]) end
  end)

  it("goes step by step with --explain", function()
    local out = pumice "run recipe.lua in.jsonl --explain -q"
    assert.matches([[
2 (in.jsonl:2)  dropped by stage 3 (recipe.lua:12): too short (value 2, limit 4)
  clean.repair: unchanged
  stage 2 (recipe.lua:8): changed
    recipe.lua:8: function(doc)
    + words: 2
  stage 3 (recipe.lua:12): dropped, too short (value 2, limit 4)
    recipe.lua:14: return nil, "too short", { value = doc.words, limit = options.min_words }
]], out, 1, true)
  end)

  it("explains why, with the options of the recipe", function()
    local out, _, status = pumice "why 2 recipe.lua in.jsonl --min-words 2"
    assert.equal(0, status)
    assert.matches("^2 %(in.jsonl:2%)  kept, changed by stage 2 %(recipe.lua:8%)\n", out)
    assert.matches("^3 %(in.jsonl:3%)  kept, unchanged",
      (pumice "why in.jsonl:3 recipe.lua in.jsonl"))
    local _, said, wrong = pumice "why 5 recipe.lua in.jsonl"
    assert.equal(2, wrong)
    assert.matches("no document has the id '5'", said)
  end)

  it("finds a file of text by its path", function()
    write("page.txt", "A page of its own, with\u{200B} words")
    local out = pumice "why page.txt recipe.lua page.txt in.jsonl"
    assert.matches("^page.txt  kept, changed by clean.repair", out)
    assert.matches("[-with\\u{200B}-]{+with+} words", out, 1, true)
  end)

  it("tells of one document what the others at a barrier mean for it", function()
    local text = ("A long story with words that both of the papers print. "):rep(8)
    write("pair.jsonl", ('{"id":"a","text":"%s"}\n{"id":"b","text":"%s"}\n'):format(text, text))
    local out, said = pumice "why b near_dedup pair.jsonl"
    assert.matches("^b %(pair.jsonl:2%)  dropped by dedup.near: [^\n]*copy of \"a\"", out)
    assert.matches("2 read = 1 kept + 1 dropped + 0 rejected", said, 1, true)
  end)

  it("points to where a step stands in the recipe, and not to an example", function()
    local text = ("A long story with words that both of the papers print. "):rep(8)
    write("pair.jsonl", ('{"id":"a","text":"%s"}\n{"id":"b","text":"%s"}\n{"id":"c","text":"x"}\n')
      :format(text, text))
    assert.matches("\n    near_dedup.lua:%d+: return { dedup.near {\n",
      (pumice "why b near_dedup pair.jsonl"))
    assert.matches('\n    news.lua:%d+: return nil, "too short", ',
      (pumice "why c news pair.jsonl"))
  end)
end)
