local doc_reader = require "pumice.doc_reader"
local docs = require "pumice.docs"

local SOURCE = [[
--- Things: a module.
---
--- More of it.
local M = {}

---@class pumice.thing.Options
---@field width? integer  bytes, at
---  least 1
local defaults = {}

--- Returns a thing. And more.
---
--- ```lua
--- thing.make("x")  --> 1
--- ```
---@param text string  any bytes
---@param opts? pumice.thing.Options
---@return integer first, fun(a: any, b: any): any next
function M.make(text, opts)
end

--- Shortens it.
---@param by integer
function Thing:cut(by) end

-- Not documentation.
function M.hidden() end
]]

describe("doc_reader.read", function()
  local module = doc_reader.read(SOURCE, "thing")

  it("finds the head and what is documented", function()
    assert.equal("Things: a module.\n\nMore of it.", module.text)
    assert.equal(2, #module.entries)
    assert.equal("thing.make", module.entries[1].name)
    assert.equal("Returns a thing.", module.entries[1].summary)
  end)

  it("writes signatures", function()
    assert.equal("thing.make(text, [opts]) --> integer, fun(a: any, b: any): any",
      module.entries[1].signature)
    assert.equal("Thing:cut(by)", module.entries[2].signature)
  end)

  it("joins a tag that goes on in the next line", function()
    assert.same({ { name = "width", type = "integer?", text = "bytes, at least 1" } },
      module.classes["pumice.thing.Options"].fields)
  end)

  it("indents examples", function()
    assert.matches('\n    thing.make%("x"%)  %-%-> 1$', module.entries[1].text)
  end)
end)

describe("docs.text", function()
  it("explains every module and function", function()
    for _, name in ipairs(docs.names()) do
      assert.is_truthy(#docs.text(name) > 10, name)
    end
  end)

  it("explains the methods of objects that come from C", function()
    assert.matches("\n  Phrases:spans%(text%) %-%-> pumice.Spans, integer%[%]\n      the occ",
      docs.text "phrases")
    assert.matches("^Shingles:pack%(%) %-%-> string\n", docs.text "shingle.pack")
    assert.matches("^Matchable:range%(first, %[last%]%) %-%-> integer, integer\n",
      docs.text "text.range")
  end)

  it("shows options with their fields", function()
    assert.matches("opts +pumice.token.WordsOptions%?\n +all +boolean%?", docs.text("token.words"))
  end)

  it("names the nearest", function()
    local text, message = docs.text("token.wrods")
    assert.is_nil(text)
    assert.matches("did you mean 'token.words'", message)
  end)
end)

describe("docs.search", function()
  it("finds what has the word in its help", function()
    assert.matches("token%.sentences", docs.search("SENTENCE"))
    assert.equal("", docs.search("no such word at all"))
  end)
end)
