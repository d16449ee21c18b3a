--- The ways past places where no match can start, and around UTF-8: each leads to
--- the same matches as the plain way.
local regex = require "pumice.regex"

local function ranges(spans)
  local list = {}
  for i = 1, #spans do list[i] = table.concat({ spans:range(i) }, "-") end
  return table.concat(list, " ")
end

describe("ASCII texts in byte mode", function()
  it("give the same as in UTF mode", function()
    local ascii = ("The cat (sat) k K s S _ 12.\n"):rep(4000)
    for _, pattern in ipairs {
      "\\w+", "(?i)K", "[^\\x{212a}]", "é*", "é?c", "[^é]", ".", "\\p{Lu}", "(?i)[^\\x{17f}]",
      "\\x{e9}?c", "\\R", "\\X", "[à-ü]?t", "\\bs",
    } do
      local re, sum = regex.new(pattern), 0
      local first = re:count(ascii)
      assert.equal(first, re:count(ascii))
      for line in ascii:gmatch("[^\n]*\n") do
        sum = sum + regex.count("é" .. line, "(?:é(*SKIP)(*F)|" .. pattern .. ")")
      end
      if pattern ~= "é*" and not pattern:find("é?", 1, true) then assert.equal(sum, first) end
    end
  end)
end)

describe("the rare byte", function()
  it("is looked around by all that a class may take", function()
    assert.equal("foo-bar@", regex.match("x foo-bar@", "[a-z-9]+@"))
    assert.equal("A[b@", regex.match("x A[b@", "[A-[b]+@"))
    assert.equal("é-à@", regex.match("x é-à@", "[à-é-z]+@"))
  end)

  it("is not one that a quantifier behind a comment leaves out", function()
    assert.equal("b", regex.match("abc", "@(?#why)?b"))
    assert.equal("b", regex.new("@ # why\n (?#this) ? b", "x"):match("abc"))
    assert.equal("=b", regex.new("=+ +b", "x"):match("a=b"))
  end)

  -- A verb makes the reading of the pattern give up: the plain way to the same.
  local texts = {
    ("mail ann.b@example.com, x@y or @home; 50% of #1 = <a href=\"q\">é@ü</a>\n"):rep(20),
    "@", "a@", "@a", "a@b@c@d", ("a"):rep(300) .. "@" .. ("b"):rep(300), "\n@\n", "\xFF@a\xFFa@b",
  }
  for _, pattern in ipairs {
    "[\\w.]+@[\\w.]+", "\\b\\w+@\\w+", "(?<=a)@", "(?<!a)@\\w", "^.*@.*$", "(?m)^.*@.*$",
    "\\w*@", "[^@]*@", "(?:a|b)?@(?=c)", "\\d+%", "<[^<>]+>", "[^\\s]+=[^\\s]*", "(?i)K?@",
    "é?@[à-ü]?", "(?s).{0,3}@.{0,3}", "(@|#)=?", "(?x) \\w+ @ # at", "a@b|c@d", "[[:alpha:]]+@",
    "\\p{L}@",
  } do
    it(("leads to the same matches: %s"):format(pattern), function()
      local near, plain = assert(regex.new(pattern)), assert(regex.new("(*UTF)" .. pattern))
      for _, text in ipairs(texts) do
        assert.equal(ranges(plain:spans(text)), ranges(near:spans(text)))
      end
    end)
  end
end)

describe("the first bytes", function()
  it("come behind any blank of an extended pattern", function()
    for _, blank in ipairs { " ", "\u{85}", "\u{200E}", "\u{200F}", "\u{2028}", "\u{2029}" } do
      assert.equal("AB", regex.new("A" .. blank .. "(?:B|C)", "x"):match("-AB"))
    end
  end)

  -- Long enough that they are looked for; with places where they stand everywhere,
  -- so that this is given up and begun again.
  local line = "The 12 of May 2019, 3 Jan 2020 \u{2013} caf\u{E9}s, 1999-12-31; KEL \u{212A}el\n"
  local plain = ("and then nothing at all was said about it by anybody\n"):rep(40)
  local text = (plain .. line .. ("7 12 1999 9 "):rep(400) .. plain):rep(30) .. "3 Jan 2020"
  local texts = { text, text .. "\xFF" .. text, (text:gsub("2020", "\xC3")) }
  for _, pattern in ipairs {
    "\\b\\d{1,2} (?:Jan|May) \\d{4}\\b|\\b\\d{4}-\\d\\d-\\d\\d\\b",
    "(?:19|20)\\d\\d",
    "(?:foo|caf)\\w*", "(?i)(?:kel|may)\\w*", "(?<=c)af|(?:of|by) \\w+", "(?:\\d\\D?){3}",
    "(?:[A-Z]|\u{E9})s?,", "(\\d)\\1+", "(?m)^(?:The|7)|\\d$", "(?:a?b?)*z|3 J",
    "[\u{E9}\u{2013}]\\S*|J", "(?:(?=\\d)\\d{3}|a)(?:t|9)",
  } do
    it(("lead to the same matches: %s"):format(pattern), function()
      local hops, walks = assert(regex.new(pattern)), assert(regex.new("(*UTF)" .. pattern))
      for _ = 1, 2 do
        for _, each in ipairs(texts) do
          assert.equal(ranges(walks:spans(each)), ranges(hops:spans(each)))
        end
      end
    end)
  end
end)
