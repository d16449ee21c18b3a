--- Patterns that are known to run away end fast, with the right answer or as a
--- limit, and a limit never looks like "no match".
--- Sources: OWASP and Wikipedia on ReDoS, and shapes of published reports.
local cpu_time = require "cpu_time"
local json = require "pumice.json"
local program = require "program"
local regex = require "pumice.regex"

local a, x = ("a"):rep(60), ("x"):rep(60)

local runaways = {
  -- pattern, subject
  { "(a+)+$", a .. "!" }, { "^(a+)+$", a .. "!" }, { "(a*)*$", a .. "!" }, { "^(a*)*b$", a },
  { "(a|aa)+$", a .. "!" }, { "(a|a)*$", a .. "!" }, { "(a|a?)+$", a .. "!" },
  { "([a-zA-Z]+)*$", a .. "!" }, { "(.*a){20}", a:sub(1, 19) .. x }, { "(.*a){25}b", a },
  { "(x+x+)+y", x }, { "(x+)+y", x }, { "^(x+)*y", x }, { "(?:x+)+\\by", x }, { "((x+)+)+y", x },
  { "(x*)*y", x }, { "(x+|x+)+y", x }, { "(\\w+)+y!", x }, { "(\\w*)*!", x }, { "([^!]+)+!", x },
  { "^(\\w+\\s?)*$", ("word "):rep(20) .. "!" }, { "^(\\d+,?)+$", ("1234"):rep(15) .. "!" },
  { "^([a-z0-9]+)+@", a }, { "^(([a-z])+.)+[A-Z]([a-z])+$", a },
  { "^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})" ..
    "|([a-z]{2,3}[.]{1}[a-z]{2,3}))$", a .. "!" },
  { "^[a-zA-Z]+(([\\'\\,\\.\\- ][a-zA-Z ])?[a-zA-Z]*)*$", a .. "!" },
  { "^((\\w+\\.)*\\w+)*@", ("a."):rep(30) }, { "(\\s*\\w+\\s*)*;", ("ab "):rep(30) },
  { "\\s*(\\s+)*$!", (" "):rep(60) }, { "(?:\\s|\\n)*$!", (" "):rep(60) .. "a" },
  { "<(\\w+\\s*)*>", "<" .. ("ab "):rep(30) }, { "\"(\\\\?.)*\"!", "\"" .. a },
  { "(\\\\.|[^\"])*\"", a .. a }, { "^(.+)+:$", x }, { "^(.*)*:$", x }, { "(.+)*\\d", x },
  { "(?=(a+)+b)", a }, { "(?<=!)|(a+)+b", a }, { "(?>(a|aa)+)b(a+)+c", a .. "b" .. a },
  { "(a+)\\1+b", a }, { "(a+)(\\1)+b|((a+)+)c", a }, { "(?:(a+)(b)?)+c", a },
  { "(?i)(A+)+$", a .. "!" }, { "(?s)(.|\\n)*x!", a }, { "(?m)(^a+)*b", a },
  { "(a{1,30}){1,30}b", a },
  { "(a{2,5})*b", a }, { "(?:a{1,9}){2,40}b", a }, { "(a?){40}a{40}b", a },
  { "(a??){40}a{40}b", a },
  { "a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaaaaaaaaaab", a:sub(1, 24) },
  { "(?:a*a*)*b", a }, { "a*a*a*a*a*a*b", a }, { "(a*a*a*)+b", a }, { "\\w*\\w*\\w*\\w*\\w*!", a },
  { "([a-z]+ ?)+:", ("lorem "):rep(15) }, { "(\\S+\\s*)+:$", ("lorem "):rep(15) },
  { "(a|b|ab)*c", ("ab"):rep(30) }, { "(ab|a|b)+c", ("ab"):rep(30) },
  { "(?:a|b|ab|ba)*$!", ("ab"):rep(30) },
  { "(0|00|000)*1", ("0"):rep(60) }, { "((0|1)+)*2", ("01"):rep(30) },
  { "(\\d|\\w)+!", ("1a"):rep(30) },
  { "(é+)+$", ("é"):rep(60) .. "!" }, { "(\\p{L}+)+!", ("é"):rep(60) },
  { "([à-ü]|é)+!", ("é"):rep(60) },
  { "(?<q>['\"])(?:(?!\\k<q>).)*+\\k<q>(a+)+b", "'x'" .. a }, { "(?:(?!b).)+?(a+)+c", a .. "b" },
  { "^(?:(?:a+)?b?)+$", a .. "!" }, { "^(?:a?b??)+$!", a }, { "(?:(?:a|b)+|c)+d", ("abc"):rep(20) },
  { "((a)|(a))+b", a }, { "(a(?:a)?)+b", a }, { "(aa?)+b", a }, { "(?:aa|aaa)+b", a },
  { "(?:aa|aaa|aaaa)*b", a }, { "(a+?)+?b", a }, { "(a+?)*b", a }, { "(?U)(a+)+b", a },
  { "(\\W+)+a", ("-"):rep(60) }, { "(\\D+)+1", a }, { "(\\S+)+ ", a }, { "([\\s\\S]+)+\\z!", a },
  { "(?R)?a+b", a }, { "(a(?1)?)+b", a }, { "^(a(?1)?b?)+$", a .. "!" }, { "(a|(?1))*b", a },
  { "(?(DEFINE)(?<w>a+))(?&w)+(?&w)+(?&w)+(?&w)+b", a }, { "((?1)|a)+b", a }, { "(?:a(?R)?a)b", a },
  { "\\(([^()]|(?R))*\\)", ("("):rep(60) .. a }, { "(<(?:[^<>]+|(?1))*>)", ("<"):rep(20) .. a },
  { "^(?:.?.?.?.?.?.?.?)+!$", a }, { "(.{0,9}){9}!", a }, { "((.)(?!!))+!", a .. a },
  { "(\\w+\\d*)+:", ("a1"):rep(30) }, { "(?:[\\w.]+)+@[\\w.]+", ("a."):rep(30) },
  { "^(https?://)?([\\w-]+\\.?)+/x$", "http://" .. ("ab."):rep(20) },
  { "(?:\\d+\\.?)*\\d+%", ("123."):rep(15) }, { "([\\w-]+,?\\s?)+;", ("ab, "):rep(15) },
}

-- The same shapes with an end that nothing can be known of beforehand.
local stubborn = {
  { "^(\\w*)*[!?]$", x .. "-" }, { "^([^!]+)+[!?]$", x }, { "^([a-zA-Z0-9]+[._-]?)+[@#]", a },
  { "^(\\s*\\w+\\s*)*[;:]$", ("ab "):rep(30) }, { "^(\\s|\\n)*[!?]$", ("\n"):rep(60) .. "a" },
  { "^(\\\\.|[^\"])*[\"']$", ("\\a"):rep(40) .. "!" }, { "^(a+)*\\1*[bc]", a },
  { "(?s)^(.|\\n)*[!?]\\z", ("\n"):rep(60) }, { "^(?:(?:a|aa)+,?)+$", a .. "!" },
  { "^\\w*\\w*\\w*\\w*\\w*\\w*[!?]$", a .. a }, { "^([a-z]+ ?)+[:;]$", ("lorem "):rep(15) },
  { "^(\\d|\\w)+[!?]$", ("1a"):rep(30) }, { "^([à-ü]|é)+[!?]$", ("é"):rep(60) },
  { "^(\\D+)+[12]$", a }, { "^(\\S+)+[ \t]$", a }, { "^(\\w+\\d*)+[:;]$", ("a1"):rep(30) },
  { "^((.)(?!!))+[?]{2}|^((.)+)+[!]{2}", a }, { "^(\\w+[-.]?)+[@#]$", ("ab-"):rep(20) },
  { "^(?:[a-z]+\\s?[a-z]*)+[!?]$", ("ab "):rep(20) }, { "^(?:x+|x*)*[yz]$", x },
  { "^(x*)+[yz]$", x }, { "^(?:x|x)+[yz]$", x }, { "^(a|aa|aaa)+[bc]$", a },
  { "^((a{1,3}){1,9})+[bc]$", a }, { "^(a+a?)+[bc]$", a },
  { "^(?:\\w+\\W?)+[@]{2}$", ("ab-"):rep(20) .. "@!" }, { "^(?:x*x*)+[yz]$", x },
  { "^([ab]|a)+[cd]$", a }, { "^((a+)*b?)+[cd]$", a }, { "^(\\w+\\s*)+[;:]$", ("lorem "):rep(15) },
}

-- PCRE2 sees at once that a letter which every match needs is missing; behind
-- this tail none is, and the pattern has to run.
local tail = "\1b\1c\1d\1y\1!\1:\1;\0011\0012\1@\1>\1\"\1A\1%\1/x\1)\1a\1 "

describe("a runaway pattern", function()
  for _, case in ipairs(runaways) do
    local pattern, subject = table.unpack(case)
    it(("ends fast: %s"):format(pattern), function()
      local re = assert(regex.new(pattern))
      for _, text in ipairs { subject, subject .. tail } do
        local matched, reason
        assert(cpu_time.within(0.5, function() matched, reason = re:test(text) end))
        if matched == nil then
          assert.is_not_nil(reason:find("limit$") or reason:find("recursion"), reason)
        end
      end
    end)
  end
end)

describe("a hundred runaway patterns in the stages of a run", function()
  setup(program.new_folder)
  teardown(program.remove_folder)

  --- Runs a stage over documents: what is rejected, by id, and how many stay.
  local function run(stage, documents)
    local lines, rejects, kept = {}, {}, 0
    for i, doc in ipairs(documents) do lines[i] = json.encode(doc) .. "\n" end
    program.write("in.jsonl", table.concat(lines))
    program.recipe(stage)
    local out = program.sh(("$P run @/recipe.lua @/in.jsonl --rejects @/rejects -j 2")
      :gsub("@", program.folder))
    for line in program.read("rejects"):gmatch("[^\n]+") do
      local reject = json.decode(line)
      rejects[json.decode(reject.raw).id] = reject
    end
    for _ in out:gmatch("\n") do kept = kept + 1 end
    return rejects, kept
  end

  it("each end a document within half a second as a reject, and the run goes on", function()
    local documents = {}
    local function add(pattern, text)
      local matched, reason
      assert(cpu_time.within(0.5, function() matched, reason = regex.test(text, pattern) end))
      if matched ~= nil then return end
      table.insert(documents, { id = #documents + 1, pattern = pattern, text = text,
        reason = reason })
      table.insert(documents, { id = #documents + 1, pattern = "a", text = "a fine one" })
    end
    for _, case in ipairs(runaways) do add(case[1], case[2] .. tail) end
    for _, case in ipairs(stubborn) do add(case[1], case[2]) end
    assert.is_true(#documents >= 200, ("only %d reach a limit"):format(#documents // 2))

    local rejects, kept = run([[function(doc)
      if pumice.regex.test(doc.text, doc.pattern) and doc.reason then return nil, "found" end
      return doc
    end]], documents)
    assert.equal(#documents // 2, kept)
    for id, doc in ipairs(documents) do
      local reject = rejects[id]
      if doc.reason then
        assert.equal("regex-limit", reject.code)
        assert.equal(("%s of the regex \"%s\""):format(doc.reason, doc.pattern), reject.reason)
      else
        assert.is_nil(reject)
      end
    end
  end)

  it("raise whatever the stage calls, and in what it emits too", function()
    local long = ("a"):rep(60) .. "!"
    for _, call in ipairs { "test(doc.text, p)", "find(doc.text, p)", "count(doc.text, p)",
      "spans(doc.text, p)", "gsub(doc.text, p, '')", "split(doc.text, p)",
      "gmatch(doc.text, p)()", "set({ p = p }):count(doc.text)" } do
      local stage = ("function(doc, emit) local p = '^(a|aa)+$' local regex = pumice.regex "
        .. "emit { id = doc.id, text = 'b' } local _ = regex.%s return nil, 'out' end, "
        .. "function(doc) return pumice.regex.test(doc.text, 'b') and doc end"):format(call)
      local rejects = run(stage, { { id = 1, text = long } })
      assert.equal("regex-limit", rejects[1] and rejects[1].code, call)
    end
  end)
end)

describe("a search that fails slowly at many places", function()
  local slow = {
    -- pattern, text; each start is well within the match limit
    { "x+x+y\\d", ("x"):rep(30000) .. "y" }, { "a.*b.*c.*\\d\\z", ("abc "):rep(20000) },
    { "(?:\\w+ )+[!?]\\d", ("word "):rep(50000) .. "!" }, { "x*x*x*[yz]\\d", ("x"):rep(20000) },
    { "(\\w+)\\s\\w+\\s\\1\\1\\1\\d", ("w"):rep(100000) },
    -- of possessive groups the machine code counts no steps
    { "[ab]{2,5}[a-c][a-c]?(?:a|b)*+[a-c]{2,5}", ("a"):rep(60000) },
    { "a*(?:a+b|c)?[a-c]?(?:ab|a)*+c|\\wzz", ("ab"):rep(30000) },
    { ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*\\z)", (",a"):rep(200000) },
  }
  for _, case in ipairs(slow) do
    local pattern, text = table.unpack(case)
    it(("ends: %s"):format(pattern), function()
      local re = assert(regex.new(pattern))
      for _, method in ipairs { "test", "spans" } do
        local answer, reason
        -- The limit, and as much again for the part of a search that is under way.
        assert(cpu_time.within(2 * (0.25 + 2.5e-6 * #text) + 1, function()
          answer, reason = re[method](re, text)
        end))
        if answer == nil then assert.matches("limit$", reason) end
      end
    end)
  end

  it("reaches the limit that is set", function()
    local re = regex.new("x+x+y\\d", { time_limit = 0.01 })
    assert.same({ nil, "time limit" }, { re:test(("x"):rep(30000) .. "y") })
    assert.error_matches(function() regex.new("a", { time_limit = 0 }) end, "more than 0 seconds")
  end)

  it("is told from one that takes long because the text is", function()
    local text = ("some words, and a number 17. "):rep(100000)
    for _, pattern in ipairs { "(?:[a-z]+,? )+number", "(?:\\w|\\W){1,1000}", "(?s).*", "\\w+$",
      "(?:some|words|and|a|number|seventeen){3}", "[^.]*\\." } do
      assert.is_number((regex.count(text, pattern)), pattern)
    end
  end)
end)

describe("limits", function()
  it("let an ordinary pattern on a long text end as a limit and not as no match", function()
    local text = ("ab"):rep(2000000)
    assert.same({ nil, "depth limit" }, { regex.find(text, "^(a|b)*c") })
  end)

  it("leave a match to the interpreter when the machine's stack is short", function()
    local text = ("ab"):rep(20000) .. "c"
    assert.same({ 1, #text }, { regex.find(text, "(?:a|b)*c") })
  end)

  it("hold for memory in the interpreter", function()
    local re = regex.new("(*NO_JIT)^(a|b)*c", { heap_limit = 64 << 10 })
    assert.same({ nil, "heap limit" }, { re:find(("ab"):rep(10000)) })
  end)

  it("hold for depth in the interpreter", function()
    local re = regex.new("(*NO_JIT)^(a|b)*c", { depth_limit = 1000 })
    assert.same({ nil, "depth limit" }, { re:find(("ab"):rep(10000)) })
  end)
end)
