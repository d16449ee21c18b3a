local files = require "files"
local text = require "pumice.text"

local function pipe(s, charset)
  return files.through("iconv -f UTF-8 -t " .. charset, s)
end

describe("text.decode", function()
  local cases = {
    -- bytes, text, charset, by
    { "", "", "utf-8", "validity" },
    { "plain", "plain", "utf-8", "validity" },
    { "na\xC3\xAFve", "na\u{EF}ve", "utf-8", "validity" },
    { "\xEF\xBB\xBFx", "x", "utf-8", "mark" },
    { "\xFE\xFF\0h\0i", "hi", "utf-16", "mark" },
    { "\xFF\xFEh\0\x3D\xD8\0\xDE", "h\u{1F600}", "utf-16", "mark" },
    { "\xFF\xFE\0\0h\0\0\0", "h", "utf-32le", "mark" },
    { ("h\0i\0"):rep(9), ("hi"):rep(9), "utf-16le", "bytes" },
    { ("\0\0\0h"):rep(9), ("h"):rep(9), "utf-32be", "bytes" },
    { pipe("Все люди рождаются", "UTF-16LE"), "Все люди рождаются", "utf-16le", "bytes" },
    { pipe("Όλοι οι άνθρωποι", "UTF-16BE"), "Όλοι οι άνθρωποι", "utf-16be", "bytes" },
    { pipe("सभी मनुष्य जन्म से", "UTF-16LE"), "सभी मनुष्य जन्म से", "utf-16le", "bytes" },
    { "1\t2\t3\t4\t5\t6\n7\t8\t9\n", "1\t2\t3\t4\t5\t6\n7\t8\t9\n", "utf-8", "validity" },
    { '<?xml version="1.0" encoding="koi8-r"?>\xF0\xD2\xC9\xD7\xC5\xD4',
      '<?xml version="1.0" encoding="koi8-r"?>Привет', "koi8-r", "declared" },
    { "<html><META charset=Latin1>caf\xE9 \x93so\x94",
      "<html><META charset=Latin1>café “so”", "windows-1252", "declared" },
    { '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">\xB1\xE6',
      '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">ąć',
      "iso-8859-2", "declared" },
    -- what only looks like a declaration
    { '<!-- <meta charset="koi8-r"> --><title>a > b</title><meta charset=latin1>\xE9',
      '<!-- <meta charset="koi8-r"> --><title>a > b</title><meta charset=latin1>é',
      "windows-1252", "declared" },
    { "<meta name=d content='charset=koi8-r'><meta data-charset=koi8-r charset = latin1 >\xE9",
      "<meta name=d content='charset=koi8-r'><meta data-charset=koi8-r charset = latin1 >é",
      "windows-1252", "declared" },
    { "<meta property=x title='a > <meta charset=koi8-r>' /><meta charset='latin1'/>\xE9",
      "<meta property=x title='a > <meta charset=koi8-r>' /><meta charset='latin1'/>é",
      "windows-1252", "declared" },
    -- UTF-8 whatever it says
    { "<meta charset=latin1>\xC3\xA9t\xC3\xA9", "<meta charset=latin1>été", "utf-8",
      "validity" },
    -- a declaration that makes no sense
    { "<meta charset=utf-8>" .. pipe("Всички хора се раждат свободни и равни", "CP1251"),
      "<meta charset=utf-8>Всички хора се раждат свободни и равни", "windows-1251", "bytes" },
    { "<meta charset=utf-16>caf\xC3\xA9", "<meta charset=utf-16>café", "utf-8", "validity" },
  }
  for _, case in ipairs(cases) do
    local bytes, expected, charset, by = table.unpack(case)
    it(("reads %q as %s by %s"):format(bytes, charset, by), function()
      local decoded, how = text.decode(bytes)
      assert.same({ expected, charset, by, 0 }, { decoded, how.charset, how.by, how.invalid })
      assert.is_true(how.confidence > 0 and how.confidence <= 1)
    end)
  end

  local said = {
    { "windows-1251", "CP1251", "Люди рождаются свободными и равными в своём достоинстве" },
    { "koi8-r", "KOI8-R", "Люди рождаются свободными и равными в своём достоинстве" },
    { "koi8-u", "KOI8-U", "Всі люди народжуються вільними і рівними у своїй гідності" },
    { "mac-ce", "MAC-CENTRALEUROPE", "Všichni lidé rodí se svobodní a sobě rovní" },
    { "windows-1253", "CP1253", "Όλοι οι άνθρωποι γεννιούνται “ελεύθεροι και ίσοι” – Άρθρο" },
    { "windows-1250", "CP1250", "Všichni lidé rodí se svobodní a sobě rovní – „důstojnost“" },
    { "shift_jis", "SHIFT_JIS", "すべての人間は、生まれながらにして自由であり" },
    { "euc-jp", "EUC-JP", "すべての人間は、生まれながらにして自由であり" },
    { "gb2312", "GB2312", "人人生而自由，在尊严和权利上一律平等。" },
    { "big5", "BIG5", "人人生而自由，在尊嚴和權利上一律平等。" },
    { "euc-kr", "EUC-KR", "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에" },
    { "iso-2022-jp", "ISO-2022-JP", "すべての人間は、生まれながらにして自由であり" },
  }
  for _, case in ipairs(said) do
    local charset, iconv, s = table.unpack(case)
    it(("finds out %s, and takes a hint"):format(charset), function()
      local bytes = pipe(s, iconv)
      local decoded, how = text.decode(bytes)
      assert.same({ s, charset }, { decoded, how.charset })
      decoded, how = text.decode(bytes, { hint = charset })
      assert.same({ s, charset }, { decoded, how.charset })
      decoded, how = text.decode(bytes, { charset = charset })
      assert.same({ s, charset, "given", 1 }, { decoded, how.charset, how.by, how.confidence })
    end)
  end

  it("takes a Content-Type for a hint", function()
    for _, hint in ipairs { "text/html; charset=koi8-r", 'text/plain;Charset="KOI8-R"; x=1' } do
      local decoded, how = text.decode("\xE9", { hint = hint })
      assert.same({ "\u{418}", "hint" }, { decoded, how.by })
    end
  end)

  it("counts what is not valid in a charset that is given", function()
    local decoded, how = text.decode("a\xFFb\xE9\x80c", { charset = "utf-8" })
    assert.same({ "a\u{FFFD}b\u{FFFD}c", 2 }, { decoded, how.invalid })
    decoded, how = text.decode("a\x81", { charset = "cp1252" })
    assert.same({ "a\u{FFFD}", 1 }, { decoded, how.invalid })
    decoded, how = text.decode("a\0b", { charset = "utf-16le" })
    assert.same({ "a\u{FFFD}", 1 }, { decoded, how.invalid })
  end)

  it("knows the euro sign of Windows-936", function()
    local decoded, how = text.decode("\x80\xD6\xD0\x80", { charset = "gbk" })
    assert.same({ "€中€", 0 }, { decoded, how.invalid })
  end)

  it("does not heed a hint that is none, and raises at a charset that is none", function()
    assert.equal("utf-8", select(2, text.decode("é", { hint = "nonesuch" })).charset)
    assert.error_matches(function() text.decode("", { charset = "nonesuch" }) end, "nonesuch")
  end)

  it("gives valid UTF-8 for any bytes in any charset", function()
    local seed = 1
    local charsets = { "gb18030", "big5", "johab", "iso-2022-jp", "utf-16be", "utf-32le" }
    for _, charset in ipairs(charsets) do
      for _ = 1, 50 do
        local bytes = {}
        for i = 1, 60 do
          seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
          bytes[i] = string.char(seed >> 16 & 255)
        end
        assert.is_true(text.check(text.decode(table.concat(bytes), { charset = charset })))
        assert.is_true(text.check(text.decode(table.concat(bytes))))
      end
    end
  end)
end)
