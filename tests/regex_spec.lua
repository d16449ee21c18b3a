local regex = require "pumice.regex"
local cpu_time = require "cpu_time"

--- The strings of Spans, as a table.
local function strings(spans)
  local list = {}
  for i = 1, #spans do list[i] = spans[i] end
  return list
end

describe("regex.new", function()
  it("gives nil, a message with an excerpt and the position for a bad pattern", function()
    local re, message, position = regex.new("some words, then (open")
    assert.is_nil(re)
    assert.equal("missing closing parenthesis at byte 23, after 'me words, then (open'", message)
    assert.equal(23, position)
  end)

  it("takes flags alone or among options", function()
    assert.is_true(regex.new("ABC", "i"):test("xabcx"))
    assert.is_true(regex.new("^b.c$", { flags = "ms" }):test("a\nb\nc"))
    assert.equal("aab", regex.new("a +  b # both", "x"):match("aab"))
    assert.equal("a", regex.new("a+", "U"):match("aaa"))
  end)

  it("names the flag and the option it does not know, and a limit out of bounds", function()
    assert.error_matches(function() regex.new("a", "q") end, "unknown flag 'q'")
    assert.error_matches(function() regex.new("a", { flag = "i" }) end, "unknown option 'flag'")
    assert.error_matches(function() regex.new("a", { match_limit = 0 }) end,
      "match_limit is from 1")
    assert.error_matches(function() regex.new("a", { heap_limit = 1 << 40 }) end, "heap_limit")
  end)

  it("heeds what a pattern says of empty matches at its start", function()
    assert.equal(2, (regex.find("xa", "(*NOTEMPTY)a*?")))
    assert.is_false(regex.test("x", "(*UTF)(*NOTEMPTY)a*"))
    assert.same({ 2, 1 }, { regex.find("xa", "(*NOTEMPTY_ATSTART)a*?") })
    assert.equal(1, (regex.find("(*NOTEMPTY)", "\\Q(*NOTEMPTY)\\E|")))
  end)

  it("refuses \\C and a pattern that is not UTF-8", function()
    assert.is_nil(regex.new("\\C"))
    assert.is_nil(regex.new("\xFF"))
  end)

  it("shows itself", function()
    assert.equal('regex "a+" i', tostring(regex.new("a+", "i")))
  end)
end)

describe("a pattern string", function()
  it("that does not compile raises", function()
    assert.error_matches(function() regex.find("a", "(") end, "missing closing parenthesis")
  end)

  it("is found again after many others", function()
    for i = 1, 2000 do
      assert.equal(1, (regex.find(tostring(i), "^" .. i .. "$")))
      assert.is_true(regex.test("a", "a"))
    end
  end)

  it("must be a string or a regex", function()
    assert.error_matches(function() regex.find("a", 1) end, "a pattern is a string or a regex")
    assert.error_matches(function() regex.find("a", io.stdout) end, "pumice.regex expected")
  end)
end)

describe("find, match, test, captures", function()
  it("take init as string.find does", function()
    for _, init in ipairs { -9, -3, -1, 0, 1, 2, 3, 4, 5 } do
      assert.same({ ("abab"):find("b", init) }, { regex.find("abab", "b", init) })
      assert.same({ ("abab"):find("", init) }, { regex.find("abab", "", init) })
    end
  end)

  it("keep ^ for the start of the text and \\G for init", function()
    assert.is_nil(regex.find("ab", "^b", 2))
    assert.equal(2, (regex.find("ab", "\\Gb", 2)))
  end)

  it("start at the next character when init lies inside one", function()
    assert.same({ 3, 4 }, { regex.find("éé", ".", 2) })
  end)

  it("give false for a group that took no part", function()
    assert.same({ 1, 1, false, "b" }, { regex.find("b", "(a)|(b)") })
    assert.same({ "a", false }, { regex.match("a", "(a)|(b)") })
    assert.same({ [0] = "b", false, "b", x = false, y = "b" },
      regex.captures("b", "(?<x>a)|(?<y>b)"))
  end)

  it("give the group that is set among those of one name", function()
    assert.equal("b", regex.captures("b", "(?J)(?<x>a)|(?<x>b)").x)
    assert.equal("<b>", (regex.gsub("b", "(?J)(?<x>a)|(?<x>b)", "<%{x}>")))
  end)

  it("take NUL bytes in pattern and text", function()
    assert.same({ 2, 2 }, { regex.find("a\0b", "\0") })
  end)

  it("mean ASCII by \\w \\d \\b, and Unicode with the flag u", function()
    assert.is_false(regex.test("é٣", "[\\w\\d]"))
    assert.is_true(regex.new("^\\w\\d$", "u"):test("é٣"))
    assert.equal(2, regex.new("\\b\\w+\\b", "u"):count("été là"))
  end)

  it("work with hundreds of groups", function()
    local found = { regex.match(("x"):rep(300), ("(x)"):rep(300)) }
    assert.equal(300, #found)
    assert.equal("x", found[300])
  end)
end)

describe("gmatch", function()
  it("iterates over groups or whole matches", function()
    local seen = {}
    for k, v in regex.gmatch("a=1, b=2", "(\\w)=(\\w)") do seen[#seen + 1] = k .. v end
    for w in regex.gmatch("x yy", "\\w+") do seen[#seen + 1] = w end
    assert.same({ "a1", "b2", "x", "yy" }, seen)
  end)

  it("raises at a limit", function()
    local re = regex.new("(a+)+$", { match_limit = 1000 })
    assert.error_matches(function()
      re:gmatch(("a"):rep(40) .. "b")()
    end, "match limit")
  end)

  it("steps over whole characters", function()
    local seen = {}
    for s in regex.gmatch("é€x", "(?=(.))") do seen[#seen + 1] = s end
    assert.same({ "é", "€", "x" }, seen)
  end)
end)

describe("gsub", function()
  local cases = {
    -- text, pattern, replacement, expected, count
    { "baac", "a*", "x", "xbxcx", 3 },
    { "abc", "", "-", "-a-b-c-", 4 },
    { "éé", "", "-", "-é-é-", 3 },
    { "50", "\\d+", "%0%%", "50%", 1 },
    { "ab", "a", "%1", "ab", 1 },
    { "ab", "(x)?b", "<%1>", "a<>", 1 },
    { "ab", "(?<n>a)", "%{n}%{n}", "aab", 1 },
    { "ab", "b", 7, "a7", 1 },
    { "ab", "\\w", { a = 1, b = false }, "1b", 2 },
    { "ab", "x", "y", "ab", 0 },
  }
  for _, case in ipairs(cases) do
    local text, pattern, replacement, expected, count = table.unpack(case)
    it(("turns %q by %q into %q"):format(text, pattern, expected), function()
      assert.same({ expected, count }, { regex.gsub(text, pattern, replacement) })
    end)
  end

  it("replaces the first n", function()
    assert.same({ "xxa", 2 }, { regex.gsub("aaa", "a", "x", 2) })
    assert.same({ "aaa", 0 }, { regex.gsub("aaa", "a", "x", 0) })
    assert.same({ "aaa", 0 }, { regex.gsub("aaa", "a", "x", -1) })
  end)

  it("refuses what is no replacement", function()
    for replacement, message in pairs {
      ["%2"] = "has %%2, the pattern 1 groups",
      ["%x"] = "after %% in a replacement",
      ["%"] = "after %% in a replacement",
      ["%{a"] = "after %% in a replacement",
      ["%{nope}"] = "no group named 'nope'",
    } do
      assert.error_matches(function() regex.gsub("a", "(a)", replacement) end, message)
    end
    assert.error_matches(function() regex.gsub("a", "a", true) end, "string/function/table")
    assert.error_matches(function() regex.gsub("a", "a", function() return {} end) end,
      "not a table")
  end)

  it("gives nil and the reason at a limit", function()
    local re = regex.new("(a+)+$", { match_limit = 1000 })
    assert.same({ nil, "match limit" }, { re:gsub(("a"):rep(40) .. "b", "x") })
  end)

  it("lets its function use the same object, and collect garbage", function()
    local re = regex.new("(\\w)(\\w)")
    local text = re:gsub("abcd", function(a, b)
      collectgarbage()
      for x, y in re:gmatch("xy") do a, b = a .. x, b .. y end
      return b .. a .. re:gsub("12", "%2%1")
    end)
    assert.equal("byax21dycx21", text)
  end)
end)

describe("count, spans, split", function()
  it("agree with gmatch", function()
    local text = "The quick brown fox, 12 o'clock."
    for _, pattern in ipairs { "\\w+", "o", "", "\\w*", "(?=o)", "x" } do
      local list = {}
      for s in regex.gmatch(text, pattern) do list[#list + 1] = s end
      assert.equal(#list, regex.count(text, pattern))
      assert.same(list, strings(regex.spans(text, pattern)))
    end
  end)

  it("give more spans than one block of them", function()
    local all = regex.spans(("ab"):rep(5000), "b")
    assert.equal(5000, #all)
    assert.equal(10000, (all:range(5000)))
  end)

  it("give columns of groups on request", function()
    local all, group = regex.spans("a=1, b=, c=3", "(?<key>\\w)=(\\d)?", { captures = true })
    assert.same({ "a=1", "b=", "c=3" }, strings(all))
    assert.same({ "a", "b", "c" }, strings(group.key))
    assert.same({ "1", "", "3" }, strings(group[2]))
    local _, some = regex.spans("a=1", "(?<key>\\w)=(\\d)", { captures = { "key" } })
    assert.same({ "a" }, strings(some.key))
    assert.is_nil(some[1])
    assert.error_matches(function() regex.spans("", "a", { captures = { "k" } }) end,
      "no group 'k'")
    assert.error_matches(function() regex.spans("", "a", { capture = true }) end, "unknown option")
  end)

  it("give a name of several groups the one that took part, as captures does", function()
    local re = regex.new("(?J)(?:(?<x>a)|(?<x>b)|c)(?<y>\\d)")
    for _, captures in ipairs { true, { "x", "y" } } do
      local _, group = re:spans("a1b2c3", { captures = captures })
      assert.same({ "a", "b", "" }, strings(group.x))
      assert.same({ "1", "2", "3" }, strings(group.y))
    end
  end)

  it("split into what lies between", function()
    for _, case in ipairs {
      { "a,b,,c", ",", "a|b||c" }, { "", ",", "" }, { ",", ",", "|" }, { "abc", "", "a|b|c" },
      { "a1b", "\\d*", "a|b" }, { "abc", "x", "abc" },
    } do
      assert.equal(case[3], table.concat(strings(regex.split(case[1], case[2])), "|"))
    end
  end)

  it("give nil and the reason at a limit", function()
    local re = regex.new("(a+)+$", { match_limit = 1000 })
    local text = ("a"):rep(40) .. "b"
    for _, name in ipairs { "count", "spans", "split", "find", "match", "test", "captures" } do
      assert.same({ nil, "match limit" }, { re[name](re, text) })
    end
    assert.same({ nil, "match limit" }, { re:spans(text, { captures = true }) })
  end)
end)

describe("a number in braces", function()
  it("may begin with any number of zeros", function()
    assert.equal(3, regex.count("ab", "b{0000000}"))
    assert.equal("Ada", regex.match("Ada", "\\b[A-Z][a-z]{00000001,3}\\b"))
  end)
end)

describe("a text that is not UTF-8", function()
  local broken = {
    "\xFF", "\xC3", "\xE2\x82", "\xED\xA0\x80", "\xC0\xAF", "\xF5\x80\x80\x80", "\x80",
  }

  it("never matches in its invalid bytes", function()
    for _, bytes in ipairs(broken) do
      local text = "é" .. bytes .. "é"
      assert.equal(2, regex.count(text, "."))
      assert.equal(2, regex.count(text, "[^x]+"))
      assert.is_nil((regex.find(text, "é.*?é")))
      assert.same({ 1, 2 }, { regex.find(text, "é") })
      assert.same({ #text - 1, #text }, { regex.find(text, "é$") })
      assert.equal("<é>" .. bytes .. "<é>", (regex.gsub(text, ".", "<%0>")))
      assert.equal(#text - 1, (regex.find(text, "(?<!x)é", 3)))
    end
  end)

  it("has an empty match at each end of what is valid", function()
    for _, bytes in ipairs(broken) do
      assert.same({ "<>" .. bytes .. "<>é<>" .. bytes .. "<>a<>", 5 },
        { regex.gsub(bytes .. "é" .. bytes .. "a", "x*", "<>") })
    end
  end)

  it("is read in linear time", function()
    local text = ("word "):rep(200000) .. "\xFF"
    assert(cpu_time.within(1, function()
      assert.equal(200000, regex.count(text, "\\w+"))
    end))
  end)
end)

describe("a text that is none", function()
  it("is named as the first argument of each function", function()
    for _, name in ipairs {
      "find", "match", "test", "captures", "gmatch", "gsub", "count", "split", "spans",
    } do
      assert.error_matches(function() regex[name](nil, "a", "b") end,
        ("bad argument #1 to '%s' (string expected, got nil)"):format(name), 1, true)
    end
    assert.equal(1, regex.count(12, "1"))
  end)
end)

describe("re-entry", function()
  it("by a finaliser does no harm", function()
    local re = regex.new("(a)(b)(c)")
    for _ = 1, 2000 do
      setmetatable({}, { __gc = function() re:match("xxabc") end })
      assert.same({ 1, 3, "a", "b", "c" }, { re:find("abc") })
    end
  end)
end)
