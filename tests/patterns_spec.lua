local regex = require "pumice.regex"

local patterns = {
  mail = "[\\w.]+@[\\w.]+", year = "\\b\\d{4}\\b", ad = { "BUY now", "i" },
  share = "share (?:this|it)",
  donate = "(?i)donate|give", both = "please.{0,20}subscribe", cafe = "café", kelvin = "(?i)kiss",
  same = "share this", plus = "a+bcd+", look = "(?=secret)s", recursive = "\\((?:[^()]|(?R))*\\)",
  word = "(?<name>Reuters|Reuterses)x?", optional = "(?:photo)?graph", class = "[Pp]icture:",
}

local texts = {
  "", "a@b.c 2024 buy NOW share this", "please, do subscribe. Please subscribe!",
  "CAFÉ café kiss KISS",
  "ki\u{17F}s \u{212A}iss", "aabcdd (a(b)c) Reuters photograph graph", "secret picture: Picture:",
  "GIVE Donate\xFFshare it\xFF", ("share this or that. "):rep(100),
}

describe("regex.set", function()
  it("says what it takes", function()
    assert.error_matches(function() regex.set() end, "are a table of them by name, not a nil")
  end)

  it("gives what each pattern gives alone", function()
    local set = assert(regex.set(patterns))
    for _, text in ipairs(texts) do
      local counts, limits = set:count(text)
      local spans, matching = set:spans(text), {}
      assert.is_nil(limits)
      for _, name in ipairs(set.names) do
        local given = patterns[name]
        local re = type(given) == "table" and regex.new(given[1], given[2]) or regex.new(given)
        assert.equal(re:count(text), counts[name], name)
        assert.equal(counts[name], #spans[name], name)
        if counts[name] > 0 then matching[#matching + 1] = name end
      end
      assert.same(matching, (set:test(text)))
    end
  end)

  it("names the pattern that does not compile", function()
    local set, message = regex.set { good = "a", bad = "(" }
    assert.is_nil(set)
    assert.equal("pattern 'bad': missing closing parenthesis at byte 2, after '('", message)
    assert.error_matches(function() regex.set { x = 1 } end, "pattern 'x' is a string, a regex")
    assert.error_matches(function() regex.set { x = "a", "b" } end, "names or are a list, not both")
  end)

  it("tells a limit from no match", function()
    local set = regex.set { runaway = "(a+)+$", fine = "b" }
    local counts, limits = set:count(("a"):rep(60) .. "!")
    assert.same({ fine = 0 }, counts)
    assert.same({ runaway = "match limit" }, limits)
  end)

  it("measures each pattern", function()
    local set = regex.set { words = "\\w+", none = "zzz" }
    set:count(("word "):rep(100000))
    assert.is_true(set:times().words > set:times().none)
  end)
end)
