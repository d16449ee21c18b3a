--- The names that pumice.regex shares with lrexlib give the same answers.
--- (Spans, count and split are checked against our own gmatch elsewhere.)
local regex = require "pumice.regex"
local found, rex = pcall(require, "rex_pcre2")

local patterns = {
  "a", "a*", "a+", "a?b", "", "(a)|(b)", "(a*)(b*)", "(?<x>\\w)(?<y>\\w)?", "\\bb", "^", "$",
  "^a", "b$", "(?m)^", "(?m)$", "\\s+", "[^a-c]+", "(?i)AB", "(\\d+)-(\\d+)", "\\w+@\\w+\\.com",
  "(?=a)", "(?<=a)b", "(?<!a)b", "(a(b)?)+", "(?>a+)b", "(\\w)\\1", "a|ab|abc", "(?:a|ab)(?:c|bcd)",

  "\\G\\w", "a{2,3}", "a{2,3}?", ".", ".*", ".*?", ".+?b", "(?s).+", "[[:punct:]]", "x*|b",
  "(.)(.)(.)", "\\n", "(?x) a  b # c", "a\\Kb", "(?|(a)|(b))c?", "(?:(a)|b)*", "\\d*",
  "é", "[à-ü]+", "x|",
  "\\p{Lu}\\w*", "(\"[^\"]*\")", "\\b(\\w+)\\s+\\1\\b", "https?://[^\\s/]+(/\\S*)?", "(?(?=a)ab|b)",
}

local subjects = {
  "", "a", "b", "ab", "ba", "aab", "baac", "abcabc", "aaaa bbbb", "xyz", "a\nb\nab\n", "a b  c",
  "10-20, 3-4", "ann@site.com bob@x.com", "AbaB", "\"one\" and \"two\"", "the the cat", "a\0b",
  "see http://example.org/path and https://b.net.", "Rome, Été, über und ab", "éa", "àéü",
  ("ab "):rep(50),
}

--- All that `f` gives, or "error" and no more (messages differ).
local function outcome(f, ...)
  local result = table.pack(pcall(f, ...))
  if not result[1] then return { "error" } end
  return result
end

--- Every match: the strings that gmatch yields.
local function all(gmatch, ...)
  local list = {}
  for a, b, c in gmatch(...) do list[#list + 1] = { a, b, c } end
  return list
end

local function upper(first) return first and first:upper() end

describe("pumice.regex and lrexlib", function()
  if not found then
    print("skipped: rex_pcre2 (lua-rex-pcre2) is not installed")
    pending("agree: rex_pcre2 is not installed")
    return
  end

  --- lrexlib steps by bytes; where characters are longer only one match is compared.
  local function for_each_pair(what)
    for _, pattern in ipairs(patterns) do
      local ours, theirs = assert(regex.new(pattern)), rex.new(pattern, rex.flags().UTF)
      for _, subject in ipairs(subjects) do
        what(ours, theirs, subject, pattern .. " on " .. subject)
      end
    end
  end

  it("agree on find, match and captures, from every place", function()
    for_each_pair(function(ours, theirs, subject, name)
      for init = -3, math.min(#subject, 12) + 1 do
        local at = init > 0 and init or #subject + init + 1
        local inside = at > 0 and at <= #subject and utf8.len(subject, at) == nil
        if not inside then
          assert.same(outcome(theirs.find, theirs, subject, init),
            outcome(ours.find, ours, subject, init), name)
          assert.same(outcome(theirs.match, theirs, subject, init),
            outcome(ours.match, ours, subject, init), name)
        end
      end
    end)
  end)

  it("agree on gmatch, count and gsub", function()
    for_each_pair(function(ours, theirs, subject, name)
      if subject:find("[\128-\255]") then return end
      assert.same(all(rex.gmatch, subject, theirs), all(regex.gmatch, subject, ours), name)
      assert.equal(rex.count(subject, theirs), ours:count(subject), name)
      for _, replacement in ipairs { "<%0>", "", "%%", "%1", upper, { a = "X" } } do
        local text, n = rex.gsub(subject, theirs, replacement)
        assert.same({ text, n }, { ours:gsub(subject, replacement) }, name)
        text, n = rex.gsub(subject, theirs, replacement, 2)
        assert.same({ text, n }, { ours:gsub(subject, replacement, 2) }, name)
      end
    end)
  end)
end)
