--- Writes src/text/mojibake_table.c (see mojibake_table.h): the charsets that
--- UTF-8 is mistaken for, and how odd one kind of character is after another.
---
---   lua5.4 scripts/mojibake_tables.lua [FOLDER] > src/text/mojibake_table.c
---
--- FOLDER has Unicode's data files (Debian's unicode-data); iconv knows the
--- charsets. The bits below are estimates of -log2 p(this kind | that kind)
--- in clean text of any language, by hand, in whole bits: what matters is that
--- a mojibake letter costs 20 bits and more, and the letter it stands for 5.
local folder = arg[1] or "/usr/share/unicode"

-- In the order in which they are tried: the first wins when two read alike.
local CHARSETS = {
  "CP1252", "CP1251", "CP1250", "CP1253", "CP1254", "CP1257", "ISO-8859-2", "MACINTOSH", "IBM437",
}
-- Mistaken for by the name of ISO 8859: their bytes 0x80 to 0x9F can turn up
-- as control characters, whatever the charset has there. (A byte that a charset
-- lacks turns up as the character of that number in each of them.)
local CONTROLS = { ["CP1252"] = true, ["ISO-8859-2"] = true, ["CP1254"] = true }

local function read_charset(name)
  local bytes = {}
  for byte = 0x80, 0xFF do bytes[#bytes + 1] = ("\\%03o\\012"):format(byte) end
  local pipe <close> = assert(io.popen(("printf '%s' | iconv -c -f %s -t UTF-8")
    :format(table.concat(bytes), name)))
  local chars, byte = {}, 0x80
  for line in pipe:lines() do
    if line ~= "" then chars[byte] = utf8.codepoint(line) end
    byte = byte + 1
  end
  assert(byte == 0x100, "iconv lost a line of " .. name)
  return chars
end

local bytes_of = {} -- code point -> { charset number -> byte }
for number, name in ipairs(CHARSETS) do
  local chars = read_charset(name)
  for byte = 0x80, 0xFF do
    local function add(c)
      bytes_of[c] = bytes_of[c] or {}
      bytes_of[c][number] = byte
    end
    if chars[byte] then add(chars[byte]) end
    if byte < 0xA0 and CONTROLS[name] or not chars[byte] then add(byte) end
  end
  if name == "MACINTOSH" then -- as Apple has it
    for byte, c in pairs { [0xBD] = 0x3A9, [0xC6] = 0x2206, [0xDB] = 0x20AC, [0xF0] = 0xF8FF } do
      bytes_of[c] = bytes_of[c] or {}
      bytes_of[c][number] = byte
    end
  end
end

-- Kinds of character ------------------------------------------------------

local KINDS = {
  "control", "unassigned", "private", "c1", "replacement", "space", "newline", "nbsp", "invisible",
  "digit", "open", "close", "quote", "hyphen", "stop", "sign",
  "typo_open", "typo_close", "apostrophe", "dash", "ellipsis", "bullet",
  "currency", "inverted", "legal", "degree", "super", "numeric", "acute", "bad", "math", "box",
  "symbol", "combining", "emoji", "selector", "rare",
  "latin", "LATIN", "accented", "ACCENTED", "A_TILDE", "accented_rare",
  "vietnamese", "VIETNAMESE", "latin_rare",
  "greek", "GREEK", "polytonic", "cyrillic", "CYRILLIC", "cyrillic_other", "CYRILLIC_OTHER",
  "cyrillic_rare", "hebrew", "arabic", "thai", "indic", "caucasian", "hangul", "kana",
  "han", "cjk_mark", "other",
}
local number_of = {}
for i, name in ipairs(KINDS) do number_of[name] = i - 1 end
assert(#KINDS <= 64)

-- What a character of each kind costs where it fits.
local BITS = {
  control = 15, unassigned = 26, private = 16, c1 = 16, replacement = 12, space = 2, newline = 5,
  nbsp = 7, invisible = 12, digit = 5, open = 7, close = 7, quote = 6, hyphen = 6, stop = 5,
  sign = 8, typo_open = 7, typo_close = 7, apostrophe = 6, dash = 7, ellipsis = 8, bullet = 9,
  currency = 9, inverted = 9, legal = 10, degree = 9, super = 10, numeric = 10, acute = 10,
  bad = 13, math = 11, box = 11, symbol = 12, combining = 11, emoji = 10, selector = 14, rare = 18,
  latin = 4, LATIN = 5, accented = 7, ACCENTED = 8, A_TILDE = 10, accented_rare = 9,
  vietnamese = 8, VIETNAMESE = 9, latin_rare = 15, greek = 5, GREEK = 6,
  polytonic = 9, cyrillic = 5, CYRILLIC = 6,
  cyrillic_other = 8, CYRILLIC_OTHER = 9, cyrillic_rare = 12, hebrew = 5, arabic = 5, thai = 6,
  indic = 6, caucasian = 6, hangul = 9, kana = 6, han = 10, cjk_mark = 7, other = 8,
}

local SCRIPT = {
  latin = 1, LATIN = 1, accented = 1, ACCENTED = 1, A_TILDE = 1, accented_rare = 1,
  vietnamese = 1, VIETNAMESE = 1, latin_rare = 1,
  greek = 2, GREEK = 2, polytonic = 2,
  cyrillic = 3, CYRILLIC = 3, cyrillic_other = 3, CYRILLIC_OTHER = 3, cyrillic_rare = 3,
  hebrew = 4, arabic = 5, thai = 6, indic = 8, caucasian = 9, other = 10, rare = 11,
  hangul = 12, kana = 12, han = 12, cjk_mark = 12,
}
local CJK, SCRIPTS = 12, 13


local function set(list)
  local is = {}
  for name in list:gmatch "%S+" do is[name] = true end
  return is
end
local UPPER = set "LATIN ACCENTED A_TILDE VIETNAMESE GREEK CYRILLIC CYRILLIC_OTHER"
local LOWER = set "latin accented accented_rare vietnamese greek cyrillic cyrillic_other"
local BLANK = set "space newline nbsp control"
local LETTER = {}
for name in pairs(SCRIPT) do LETTER[name] = name ~= "cjk_mark" end
local ODD = set "bad math box symbol c1 acute legal"

--- What it costs more that `b` stands right after `a`.
local function extra(a, b)
  local la, lb = LETTER[a], LETTER[b]
  if la and lb then
    if SCRIPT[a] ~= SCRIPT[b] then
      return SCRIPT[a] + SCRIPT[b] == 3 and 2 or 3 -- Latin and Greek in formulas
    end
    if a == "LATIN" and b:find "^accented" then return 1 end
    if a == "A_TILDE" and (b == "accented" or b == "ACCENTED") then return 3 end
    return LOWER[a] and UPPER[b] and 5 or 0
  end
  if lb then
    if a == "digit" then return SCRIPT[b] == CJK and 0 or SCRIPT[b] == 1 and 2 or 5 end
    if a == "typo_close" or a == "super" then return 5 end
    if a == "currency" or a == "legal" or a == "bad" then return 4 end
    if a == "math" and SCRIPT[b] == 2 then return -3 end
    if a == "numeric" or a == "math" or a == "symbol" or a == "box" then
      return 3
    end
    if a == "degree" or a == "ellipsis" or a == "bullet" or a == "acute" then return 2 end
    return 0
  end
  if la then
    if BLANK[b] then return a == "A_TILDE" and 2 or 0 end
    if b == "inverted" then return 6 end
    if b == "typo_open" then return SCRIPT[a] == CJK and 0 or 5 end
    if b == "box" then return 3 end
    if b == "currency" or b == "math" or b == "bad" or b == "numeric" then return 4 end
    if b == "legal" or b == "degree" or b == "symbol" or b == "acute" then return 3 end
    if b == "super" or b == "emoji" then return 2 end
    return 0
  end
  if a == "digit" then
    if b == "inverted" or b == "typo_open" then return 5 end
    if b == "legal" or b == "box" or b == "bad" then return 3 end
    return 0
  end
  if BLANK[a] then
    if b == "typo_close" or b == "combining" or b == "super" then return 4 end
    if b == "apostrophe" then return 2 end
    return 0
  end
  if BLANK[b] then
    if a == "typo_open" or a == "inverted" then return 4 end
    return 0
  end
  if a == "box" and b == "box" then return -8 end
  if a == "emoji" and b == "selector" then return -11 end
  if a == "selector" and b == "emoji" then return -2 end
  if a == "replacement" and b == "replacement" then return -8 end
  if a == "combining" and b == "combining" then return -4 end
  if a == "ellipsis" and b == "typo_close" then return -3 end
  if ODD[b] and b ~= "c1" and b ~= "box" then -- rows of symbols, faces
    if ODD[a] and a ~= "c1" then return -3 end
    if a == "quote" or a == "sign" then return -2 end
  end
  return 0
end

--- What it costs that the script of `b` comes when the last letter was of `a`
--- (0: there was none yet).
local function change(a, b)
  if b == 0 or a == b then return 0 end
  if a == 0 then return b == 1 and 0 or 3 end
  if a + b == 3 then return 3 end -- Latin and Greek
  return 5
end

local kind, category = {}, {}
local function ranges(name)
  local file = assert(io.open(folder .. "/" .. name, "rb"))
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
for first, last, value in ranges "extracted/DerivedGeneralCategory.txt" do
  for c = first, last do category[c] = value end
end

local function put(name, first, last)
  for c = first, last or first do kind[c] = name end
end
local function put_each(name, chars)
  for _, c in utf8.codes(chars) do kind[c] = name end
end

local SCRIPT_KINDS = {
  Greek = "greek", Cyrillic = "cyrillic_rare", Hebrew = "hebrew", Arabic = "arabic", Thai = "thai",
  Devanagari = "indic", Bengali = "indic", Gurmukhi = "indic", Gujarati = "indic",
  Oriya = "indic", Tamil = "indic", Telugu = "indic", Kannada = "indic", Malayalam = "indic",
  Sinhala = "indic", Georgian = "caucasian", Armenian = "caucasian", Hangul = "hangul",
  Hiragana = "kana", Katakana = "kana", Han = "han", Bopomofo = "kana", Lao = "other",
  Khmer = "other", Myanmar = "other", Tibetan = "other", Ethiopic = "other", Mongolian = "other",
  Thaana = "other", Cherokee = "other", Tifinagh = "other", Canadian_Aboriginal = "other",
}
for first, last, script in ranges "Scripts.txt" do
  for c = first, last do
    local gc = category[c] or "Cn"
    if script == "Latin" then
      kind[c] = "latin_rare"
    elseif script == "Common" or script == "Inherited" then
      kind[c] = gc:sub(1, 1) == "M" and "combining" or gc:sub(1, 1) == "L" and "rare" or "symbol"
    else
      kind[c] = SCRIPT_KINDS[script] or gc:sub(1, 1) == "S" and "symbol" or "rare"
    end
  end
end

local function cased(lower, upper, first, last)
  for c = first, last do
    if category[c] == "Lu" then kind[c] = upper end
    if category[c] == "Ll" or category[c] == "Lo" then kind[c] = lower end
  end
end
cased("latin", "LATIN", 0x41, 0x7A)
cased("accented", "ACCENTED", 0xC0, 0x17F)
cased("vietnamese", "VIETNAMESE", 0x1EA0, 0x1EF9)
put_each("A_TILDE", "ÃÂ")
put_each("accented_rare", "ðþùÿŷċġĥĵŝŭĉĝŕĺľĸŏǐǒǔǵǧǫ")
put_each("vietnamese", "ơư")
put_each("VIETNAMESE", "ƠƯ")
put_each("accented", "șțə")
put_each("ACCENTED", "ȘȚƏ")
put_each("latin_rare", "ŉŊŋĿŀĸſĲĳŦŧ")
cased("greek", "GREEK", 0x386, 0x3CE)
put("polytonic", 0x1F00, 0x1FFF)
put("polytonic", 0x3CF, 0x3FF)
put("rare", 0x370, 0x377)
cased("cyrillic", "CYRILLIC", 0x410, 0x44F)
put_each("cyrillic", "ёіїє")
put_each("CYRILLIC", "ЁІЇЄ")
put_each("cyrillic_other", "ђѓѕјљњћќўџґ")
put_each("CYRILLIC_OTHER", "ЂЃЅЈЉЊЋЌЎЏҐ")
put("arabic", 0x64B, 0x655)
put("arabic", 0x670)
put("arabic", 0xFB50, 0xFDFF)
put("arabic", 0xFE70, 0xFEFE)
put("cjk_mark", 0x3000, 0x303F)
put("cjk_mark", 0x30FB, 0x30FC)
put("cjk_mark", 0xFE30, 0xFE4F)
put("cjk_mark", 0xFF00, 0xFF65)
put("combining", 0x300, 0x345)
put("rare", 0x346, 0x35B)
put("combining", 0x35C, 0x362)
put("rare", 0x363, 0x36F)
for first, last, property in ranges "emoji/emoji-data.txt" do
  if property == "Extended_Pictographic" and first >= 0x2190 then put("emoji", first, last) end
end
put("emoji", 0x2600, 0x27BF)
put("selector", 0x1F3FB, 0x1F3FF)
put("selector", 0xFE00, 0xFE0F)
put("emoji", 0x1F1E6, 0x1F1FF)
put("selector", 0xE0020, 0xE007F)
put("selector", 0x20E3)
put("box", 0x2500, 0x259F)
put("math", 0x2200, 0x22FF)
put_each("math", "◊⌐⌠⌡ⁿ⁄Ω")
put("symbol", 0x2190, 0x21FF)
put("rare", 0x2C00, 0x2DFF)
put("invisible", 0x200B, 0x200F)
put("invisible", 0x202A, 0x202E)
put("invisible", 0x2060, 0x206F)
put("invisible", 0xAD)
put("invisible", 0xFEFF)
put("nbsp", 0xA0)
put("nbsp", 0x2000, 0x200A)
put("nbsp", 0x202F)
put("newline", 0x2028, 0x2029)
put("symbol", 0x2010, 0x2027)
put("symbol", 0x2030, 0x205E)
put_each("typo_open", "“‘„‚«‹‛‟")
put_each("typo_close", "”»›")
put_each("apostrophe", "’")
put_each("dash", "–—―‑‒")
put_each("ellipsis", "…")
put_each("bullet", "•·∙■●")
put_each("currency", "¢£¥€")
put("currency", 0x20A0, 0x20CF)
put_each("inverted", "¡¿")
put_each("legal", "©®™§¶")
put_each("degree", "°№′″")
put_each("super", "²³¹ºª")
put_each("numeric", "¼½¾±×÷µ")
put_each("acute", "´")
put_each("bad", "¦¤¨¬¯¸ˆ˜ƒ†‡‰ˇ˘˙˚˛˝΄΅₧")
put("control", 0, 0x1F)
put("control", 0x7F)
put("space", 0x20)
put("newline", 0x0A)
put("newline", 0x0D)
put("space", 0x09)
put("digit", 0x30, 0x39)
put_each("open", "([{<")
put_each("close", ")]}>")
put_each("quote", "'\"`")
put_each("hyphen", "-/_")
put_each("stop", ".,;:!?")
put_each("sign", "#$%&*+=@\\^|~")
put("c1", 0x80, 0x9F)
put("private", 0xE000, 0xF8FF)
put("private", 0xF0000, 0x10FFFF)
put("replacement", 0xFFFD)
for c = 0, 0x10FFFF do
  local gc = category[c] or "Cn"
  if gc == "Cn" or gc == "Cs" then kind[c] = "unassigned" end
end

-- Output --------------------------------------------------------------------

local function rows(list, per_row)
  local out = {}
  for i = 1, #list, per_row do
    out[#out + 1] = table.concat(list, ",", i, math.min(i + per_row - 1, #list)) .. ","
  end
  return table.concat(out, "\n")
end

--- Prints `value_of` of the code points up to `last` as pages of 64.
local function two_stage(name, type, last, value_of)
  local pages, blocks, block_of = {}, {}, {}
  for first = 0, last, 64 do
    local values = {}
    for c = first, first + 63 do values[#values + 1] = value_of(c) end
    local key = rows(values, 32)
    if not block_of[key] then
      block_of[key] = #blocks
      blocks[#blocks + 1] = key
    end
    pages[#pages + 1] = block_of[key]
  end
  print(("const uint16_t %s_page[%d] = {\n%s\n};"):format(name, #pages, rows(pages, 64)))
  print(("const %s %s[][64] = {\n{%s},\n};"):format(type, name, table.concat(blocks, "},\n{")))
end

print [[
/* Made by scripts/mojibake_tables.lua from Unicode's data and iconv's charsets.
 */
#include "text/mojibake_table.h"

/* clang-format off */]]

local chars = {}
for c in pairs(bytes_of) do chars[#chars + 1] = c end
table.sort(chars)
local row_of, printed = {}, { "{{0}, 0, 0}" }
for i, c in ipairs(chars) do
  assert(c < 0x10000)
  row_of[c] = i
  local bytes, lead, continues = {}, 0, 0
  for number = 1, #CHARSETS do
    local byte = bytes_of[c][number] or 0
    bytes[number] = byte
    if byte >= 0xC2 and byte <= 0xF4 then lead = lead | 1 << (number - 1) end
    if byte >= 0x80 and byte <= 0xBF then continues = continues | 1 << (number - 1) end
  end
  printed[#printed + 1] = ("{{%s}, %d, %d}"):format(table.concat(bytes, ","), lead, continues)
end
two_stage("pm_misread_row", "uint16_t", 0xFFFF, function(c) return row_of[c] or 0 end)
print(("const pm_misread pm_misreads[] = {\n%s,\n};"):format(table.concat(printed, ",\n")))
two_stage("pm_kind", "uint8_t", 0x10FFFF, function(c) return number_of[kind[c] or "unassigned"] end)

print("const uint8_t pm_kind_bits[64][64] = {")
for _, a in ipairs(KINDS) do
  local line = {}
  for i, b in ipairs(KINDS) do line[i] = math.max(1, BITS[b] + extra(a, b)) end
  print("{" .. table.concat(line, ",") .. "},")
end
print("};")
local scripts = {}
for i, name in ipairs(KINDS) do scripts[i] = SCRIPT[name] or 0 end
print(("const uint8_t pm_kind_script[64] = {%s};"):format(table.concat(scripts, ",")))
for i, name in ipairs(KINDS) do scripts[i] = UPPER[name] and 2 or LOWER[name] and 1 or 0 end
print(("const uint8_t pm_kind_case[64] = {%s};"):format(table.concat(scripts, ",")))
print(("const uint8_t pm_script_bits[%d][%d] = {"):format(SCRIPTS, SCRIPTS))
for a = 0, SCRIPTS - 1 do
  local line = {}
  for b = 0, SCRIPTS - 1 do line[b + 1] = change(a, b) end
  print("{" .. table.concat(line, ",") .. "},")
end
print("};")
