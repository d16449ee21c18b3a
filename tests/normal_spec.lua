local text = require "pumice.text"

local folder = "/usr/share/unicode/"
local unpack_tests = "bzip2 -dc " .. folder .. "NormalizationTest.txt.bz2"

--- Yields the lines a command prints.
local function lines_of(command)
  return assert(io.popen(command .. " 2>/dev/null")):lines()
end

local function to_text(hex)
  return (hex:gsub("(%x+) ?", function(c) return utf8.char(tonumber(c, 16)) end))
end

describe("text.normalize", function()
  -- NormalizationTest.txt: columns source; NFC; NFD; NFKC; NFKD. Each row is a
  -- statement on every column: see the head of that file.
  it("holds every row and column of NormalizationTest", function()
    local of_column = {
      NFC = { 2, 2, 2, 4, 4 }, NFD = { 3, 3, 3, 5, 5 },
      NFKC = { 4, 4, 4, 4, 4 }, NFKD = { 5, 5, 5, 5, 5 },
    }
    local count = 0
    for row in lines_of(unpack_tests) do
      local column = {}
      for hex in (row:match("^%x[^#]*") or ""):gmatch("([%x ]+);") do
        column[#column + 1] = to_text(hex)
      end
      if #column == 5 then
        count = count + 1
        for form, expected in pairs(of_column) do
          for i = 1, 5 do
            if text.normalize(column[i], form) ~= column[expected[i]] then
              error(("%s of column %d: %s"):format(form, i, row))
            end
          end
        end
      end
    end
    if count == 0 then pending("package unicode-data or bzip2 is missing") return end
    assert.is_true(count > 19000)
  end)

  it("leaves characters alone that the test file does not name", function()
    local named = {}
    for row in lines_of(unpack_tests) do
      local alone = row:match "^(%x+);"
      if alone then named[tonumber(alone, 16)] = true end
    end
    if not next(named) then pending("package unicode-data or bzip2 is missing") return end
    for page = 0x100, 0x10FFFF, 0x100 do
      local others = {}
      for c = page, page + 0xFF do
        if not named[c] and not (c >= 0xD800 and c <= 0xDFFF) then
          others[#others + 1] = utf8.char(c)
        end
      end
      -- Blanks between keep marks and Jamo from meeting.
      local s = table.concat(others, " ")
      for _, form in ipairs { "NFC", "NFD", "NFKC", "NFKD" } do
        assert.is_true(text.normalize(s, form) == s)
      end
    end
  end)

  it("gives the same string back when nothing changes", function()
    for _, s in ipairs { "", "plain", "na\u{EF}ve \u{4E2D}\u{6587} \u{1F600}" } do
      assert.equal(s, text.normalize(s))
    end
  end)

  it("names the bad byte", function()
    assert.same({ nil, "invalid UTF-8: byte 0xFF at 3", 3 },
      { text.normalize("ab\xFF", "NFC") })
  end)

  it("raises at a form that is none", function()
    assert.error_matches(function() text.normalize("a", "NFX") end, "no normal form 'NFX'")
  end)
end)

describe("text.fold", function()
  it("is the NFKC_Casefold of every character", function()
    local file = io.open(folder .. "DerivedNormalizationProps.txt", "rb")
    if not file then pending("package unicode-data is missing") return end
    local wrong = {}
    for line in file:lines() do
      local first, last, to = line:match "^(%x+)%.?%.?(%x*)%s*; NFKC_CF;%s*([%x ]-)%s*#"
      first = tonumber(first or "1", 16)
      for c = first, to and (tonumber(last, 16) or first) or 0 do
        if text.fold(utf8.char(c)) ~= to_text(to) then wrong[#wrong + 1] = ("%X"):format(c) end
      end
    end
    file:close()
    assert.same({}, wrong)
  end)

  it("folds each letter by CaseFolding.txt when simple", function()
    local file = io.open(folder .. "CaseFolding.txt", "rb")
    if not file then pending("package unicode-data is missing") return end
    local from, to = {}, {}
    for line in file:lines() do
      local c, folded = line:match "^(%x+); [CS]; (%x+);"
      if c then from[#from + 1], to[#to + 1] = to_text(c), to_text(folded) end
    end
    file:close()
    assert.is_true(#from > 1400)
    assert.equal(table.concat(to, "-"), text.fold(table.concat(from, "-"), "simple"))
    local xs = ("x"):rep(40)
    assert.equal(xs .. table.concat(to), text.fold(xs:upper() .. table.concat(from), "simple"))
  end)

  local cases = {
    { "", "" },
    { "ABC xyz 123", "abc xyz 123" },
    { "\u{391}\u{3A3}", "\u{3B1}\u{3C3}" },
    { "A\u{30A}B", "\u{E5}b" },
    { "\u{130}stanbul", "i\u{307}stanbul" },
    { "soft\u{AD}hyphen", "softhyphen" },
    { ("Q"):rep(100) .. "\u{C9}", ("q"):rep(100) .. "\u{E9}" },
  }
  for _, case in ipairs(cases) do
    it(("gives %q for %q"):format(case[2], case[1]), function()
      assert.equal(case[2], text.fold(case[1]))
      assert.equal(case[2], text.fold(case[2]))
    end)
  end

  it("raises at a way that is none", function()
    assert.error_matches(function() text.fold("a", "full") end, "no way to fold 'full'")
  end)
end)

describe("text.strip_marks", function()
  local cases = {
    { "", "" }, { "plain ABC", "plain ABC" },
    { "\u{C9}t\u{E9} na\u{EF}ve \u{141}\u{F8}\u{111}\u{131}", "Ete naive Lodi" },
    { "e\u{301}\u{323}x", "ex" },
    { "\u{451} \u{3AC} \u{5D1}\u{5BC} \u{628}\u{64E}", "\u{435} \u{3B1} \u{5D1} \u{628}" },
    -- what makes another word stays: nukta, vowel sign, voicing mark, Hangul
    { "\u{915}\u{93C}\u{93F}", "\u{915}\u{93C}\u{93F}" },
    { "\u{304C} \u{304B}\u{3099}", "\u{304C} \u{304C}" },
    { "\u{AC01}", "\u{AC01}" },
    { "\u{2764}\u{FE0F}", "\u{2764}\u{FE0F}" },
  }
  for _, case in ipairs(cases) do
    it(("makes %q of %q"):format(case[2], case[1]), function()
      assert.equal(case[2], text.strip_marks(case[1]))
      assert.equal(case[2], text.strip_marks(case[2]))
    end)
  end
end)

describe("the character tables", function()
  it("are what the script makes of Unicode's files", function()
    local made = {}
    for line in lines_of "lua5.4 scripts/chars_table.lua" do made[#made + 1] = line end
    if #made == 0 then pending("package unicode-data is missing") return end
    local number = 0
    for line in io.lines "src/text/chars_table.c" do
      number = number + 1
      if line ~= made[number] then error(("line %d differs"):format(number)) end
    end
    assert.equal(#made, number)
  end)
end)
