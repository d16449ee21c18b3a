--- Patterns that are known to run away end fast, with the right answer or as a
--- limit, and a limit never looks like "no match".
--- Sources: OWASP and Wikipedia on ReDoS, and shapes of published reports.
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

-- PCRE2 sees at once that a letter which every match needs is missing; behind
-- this tail none is, and the pattern has to run.
local tail = "\1b\1c\1d\1y\1!\1:\1;\0011\0012\1@\1>\1\"\1A\1%\1/x\1)\1a\1 "

describe("a runaway pattern", function()
  for _, case in ipairs(runaways) do
    local pattern, subject = table.unpack(case)
    it(("ends fast: %s"):format(pattern), function()
      local re = assert(regex.new(pattern))
      for _, text in ipairs { subject, subject .. tail } do
        local start = os.clock()
        local matched, reason = re:test(text)
        local seconds = os.clock() - start
        assert.is_true(seconds < 0.5, ("took %.2f s"):format(seconds))
        if matched == nil then
          assert.is_not_nil(reason:find("limit$") or reason:find("recursion"), reason)
        end
      end
    end)
  end

  it("is one of a hundred, of which many reach a limit", function()
    local limits = 0
    for _, case in ipairs(runaways) do
      if regex.test(case[2] .. tail, case[1]) == nil then limits = limits + 1 end
    end
    assert.is_true(#runaways >= 100)
    assert.is_true(limits >= 40, ("only %d reached a limit"):format(limits))
  end)
end)
