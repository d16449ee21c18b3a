local text = require "pumice.text"
local unicode_data = require "unicode_data"

--- Yields first, last, value of the lines of a file of Unicode's data.
local function ranges(name)
  local file = unicode_data.open(name)
  if not file then return function() end end
  return coroutine.wrap(function()
    for line in file:lines() do
      local first, last, value = line:match "^(%x+)%.?%.?(%x*)%s*;%s*([%w_]+)"
      if first then
        coroutine.yield(tonumber(first, 16), tonumber(last ~= "" and last or first, 16), value)
      end
    end
    file:close()
  end)
end

local function is_surrogate(c)
  return c >= 0xD800 and c <= 0xDFFF
end

describe("text.width", function()
  local cases = {
    { "", 0 }, { "plain", 5 }, { "naïve", 5 }, { "e\u{301}", 1 }, { "日本語", 6 }, { "ｈｉ", 4 },
    { "한국", 4 }, { "\u{1112}\u{1161}\u{11AB}", 2 }, { "😀", 2 }, { "👨‍👩‍👧", 2 }, { "👍🏽", 2 },
    { "🇩🇪", 2 }, { "☺", 1 }, { "☺\u{FE0F}", 2 }, { "1\u{FE0F}\u{20E3}", 2 }, { "a\u{200B}b", 2 },
    { "a\tb", 9 }, { "12345678\tb", 17 }, { "long line\nab", 9 }, { "ab\r\nlong line", 9 },
    { "\0\1", 0 }, { "हिन्दी", 3 },
  }
  for _, case in ipairs(cases) do
    it(("gives %d for %q"):format(case[2], case[1]), function()
      assert.equal(case[2], text.width(case[1]))
    end)
  end

  it("takes the width of a tab", function()
    assert.equal(5, text.width("a\tb", { tab = 4 }))
    assert.error_matches(function() text.width("", { tab = 0 }) end, "at least 1")
  end)

  it("gives two for each wide letter of EastAsianWidth.txt", function()
    local assigned = {}
    for first, last, value in ranges "extracted/DerivedGeneralCategory.txt" do
      for c = first, value ~= "Cn" and last or first - 1 do assigned[c] = true end
    end
    for first, last, value in ranges "EastAsianWidth.txt" do
      if (value == "W" or value == "F") and last < 0x20000 then
        for c = first, last do
          local width = assigned[c] and text.width(utf8.char(c)) or 2
          assert.is_true(width == 2 or width == 0, ("U+%04X"):format(c))
        end
      end
    end
  end)

  it("says where a text is not valid", function()
    assert.same({ nil, "invalid UTF-8: byte 0xFF at 2", 2 }, { text.width("a\xFF") })
  end)
end)

describe("text.script", function()
  it("knows the script of every letter in Scripts.txt", function()
    for first, last, value in ranges "Scripts.txt" do
      for _, c in ipairs { first, last } do
        if not is_surrogate(c) then
          local found = text.script(utf8.char(c))
          assert.is_true(found == nil or found == value, ("U+%04X"):format(c))
        end
      end
    end
  end)

  it("gives the shares of letters, the largest first", function()
    local main, shares = text.script("абв ab, 1!")
    assert.equal("Cyrillic", main)
    assert.same({ { script = "Cyrillic", share = 0.6 }, { script = "Latin", share = 0.4 } }, shares)
    assert.same({ nil, {} }, { text.script("1 + 1 = 2 ー") })
  end)
end)

describe("text.suspects", function()
  local cases = {
    -- text, kinds with what they stand on
    { "plain naïve русский 日本語 and USB-кабель", "" },
    { "pаypal", "confusable pаypal=paypal" },
    { "pay with раура.", "confusable раура=paypa" },
    { "прoект", "confusable прoект=проект" },
    { "Все мои люди сор", "" },
    { "Δt and βeta", "mixed Δt, mixed βeta" },
    { "Tシャツ 東京タワー 한국KBS", "" },
    { "a\u{200B}b \u{2060}", "invisible \u{200B}, invisible \u{2060}" },
    { "می\u{200C}خواهم 👨\u{200D}👩", "" },
    { "\u{202E}gnp.exe", "bidi \u{202E}" },
    { "x\u{E0001}\u{3164}", "invisible \u{E0001}, invisible \u{3164}" },
  }
  for _, case in ipairs(cases) do
    it(("finds %q in %q"):format(case[2], case[1]), function()
      local found = {}
      for i, s in ipairs(text.suspects(case[1])) do
        local reads = s.reads and "=" .. s.reads or ""
        found[i] = s.kind .. " " .. case[1]:sub(s.first, s.last) .. reads
      end
      assert.equal(case[2], table.concat(found, ", "))
    end)
  end
end)

describe("text.skeleton", function()
  it("is the same for texts that look the same", function()
    assert.equal(text.skeleton("paypal"), text.skeleton("рayраl"))
    assert.equal("AB", text.skeleton("\u{1D400}Β"))
    assert.not_equal(text.skeleton("paypal"), text.skeleton("paypa1"))
  end)
end)
