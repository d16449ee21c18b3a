--- core.pattern does what Lua's string library does, within a budget.
local core = require "pumice.core"
local made_corpus = require "made_corpus"
local inspect = require("pumice.inspect").value

local pattern, call = core.pattern, core.budget.call

local ITEMS = { "a", "b", ".", "%a", "%D", "%s", "%W", "[ab]", "[^a]", "[%a-]", "[a-c%d]", "[]]",
  "[^]x]", "%%", "%.", "x", " ", "1", "\0", "%z", "%g", "\xC3", "[\x80-\xFF]" }
local SUFFIXES = { "", "", "", "*", "+", "-", "?" }
local PIECES = { "%b()", "%bab", "%f[%w]", "%f[^a]", "()", "%1", "%2", "$", "^", "(", ")", "%b",
  "%f", "[", "%" }
local BYTES = { "a", "b", "c", "x", "(", ")", " ", "1", "2", ".", "%", "]", "\0", "\n", "\xC3",
  "\xA9", "A", "_" }

local random = made_corpus.random(11)

local function any(list) return list[random(#list)] end

--- A pattern, now and then one with a mistake.
local function make_pattern()
  local parts = { random(8) == 1 and "^" or "" }
  for _ = 1, random(5) do
    local kind = random(10)
    if kind == 1 then
      parts[#parts + 1] = any(PIECES)
    elseif kind <= 4 then
      parts[#parts + 1] = "(" .. any(ITEMS) .. any(SUFFIXES) .. any(ITEMS) .. ")"
    else
      parts[#parts + 1] = any(ITEMS) .. any(SUFFIXES)
    end
  end
  return table.concat(parts)
end

local function make_text()
  local parts = {}
  for i = 1, random(30) - 1 do parts[i] = any(BYTES) end
  return table.concat(parts)
end

local REPLACEMENTS = { "<%0>", "%1-%2", "%%", "", "%x", "%9", 7,
  function(a, b) return b or a end, function() return {} end, function() return nil end,
  { a = "A", b = false, ab = 1 } }

local function all_matches(library, ...)
  local list, count = {}, 0
  for a, b, c in library.gmatch(...) do
    list[#list + 1] = table.pack(a, b, c)
    count = count + 1
    if count == 100 then break end
  end
  return list
end

--- What came of it; of an error the message without the names of functions.
local function outcome(...)
  local result = table.pack(pcall(...))
  if not result[1] then
    result[2] = tostring(result[2]):gsub("^[^:]*:%d+: ", ""):gsub("to '[^']*' ", "to '?' ")
  end
  return result
end

local function check(name, ...)
  local expected, got = outcome(string[name], ...), outcome(pattern[name], ...)
  assert.same(expected, got, ("%s(%s)"):format(name,
    inspect { ... }))
end

describe("core.pattern", function()
  it("gives what Lua's library gives, mistakes too", function()
    for _ = 1, 3000 do
      local text, p = make_text(), make_pattern()
      local at = random(40) - 20
      check("find", text, p, at)
      check("match", text, p, at)
      check("find", text, p, at, true)
      check("gsub", text, p, any(REPLACEMENTS), random(5) - 1)
      assert.same(outcome(all_matches, string, text, p, at),
        outcome(all_matches, pattern, text, p, at))
    end
  end)

  it("agrees on nesting and on many items", function()
    for _, n in ipairs { 31, 32, 33, 150, 199, 200, 201, 250 } do
      for _, p in ipairs { ("("):rep(n) .. "a" .. (")"):rep(n), ("a?"):rep(n), ("a*"):rep(n),
        ("a-"):rep(n) .. "b", ("()"):rep(n), ("[^b]*"):rep(n) .. "c" } do
        check("find", "", p)
        check("find", "a", p)
      end
    end
  end)

  it("takes arguments as the library does", function()
    assert.same(outcome(string.gmatch, "a"), outcome(pattern.gmatch, "a"))
    for _, name in ipairs { "find", "match", "gsub" } do
      check(name, "a")
      check(name, 12345, 3, 4)
      check(name, "a", {}, "")
      check(name, "a", "a", math.mininteger)
      check(name, "a", "a", math.maxinteger)
    end
    check("gsub", "abc", "%w", true)
    check("gsub", "abc", "%w", "%1%1", 2.5)
  end)

  local endless = {
    { "find", ("a"):rep(1e5), (".-"):rep(20) .. "b" },
    { "match", ("a"):rep(28), ("a?"):rep(28) .. ("a"):rep(28) .. "b" },
    { "gsub", ("a"):rep(1e6), "a-b", "" },
    { "find", ("a"):rep(1e5), ("(a*)"):rep(10) .. "%1b" },
    { "find", ("("):rep(1e6), "%b()" },
    { "match", ("a"):rep(1e5), "[" .. ("b"):rep(1e5) .. "]*[^a]" },
  }
  for i, case in ipairs(endless) do
    it(("ends %s number %d when the budget is used up"):format(case[1], i), function()
      local ok, raised = call(1000000, pattern[case[1]], table.unpack(case, 2))
      assert.is_false(ok)
      assert.equal("too-many-steps", raised.code)
    end)
  end

  it("ends an iterator when the budget is used up", function()
    local ok, raised = call(1000000, function()
      for _ in pattern.gmatch(("a"):rep(1e5), (".-"):rep(20) .. "b") do error "a match" end
    end)
    assert.is_false(ok)
    assert.equal("too-many-steps", raised.code)
  end)

  it("lets no pcall outlive the budget", function()
    local ok, raised = call(1000000, function()
      while true do pcall(pattern.find, ("a"):rep(1e5), (".-"):rep(20) .. "b") end
    end)
    assert.is_false(ok)
    assert.equal("too-many-steps", raised.code)
  end)
end)
