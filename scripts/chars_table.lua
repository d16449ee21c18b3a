--- Writes src/text/chars_table.c (see chars.h) from the files of the Unicode
--- Character Database, by default those of Debian's package unicode-data.
---
---   lua5.4 scripts/chars_table.lua [FOLDER] > src/text/chars_table.c
local folder = arg[1] or "/usr/share/unicode"

local LAST = 0x10FFFF

--- Yields first, last, fields of each line of a UCD file.
local function ranges(name)
  local file = assert(io.open(folder .. "/" .. name, "rb"))
  return coroutine.wrap(function()
    for line in file:lines() do
      local body = line:gsub("%s*#.*$", "")
      local first, last, rest = body:match("^(%x+)%.%.(%x+)%s*;%s*(.*)$")
      if not first then first, rest = body:match("^(%x+)%s*;%s*(.*)$") end
      if first then
        local fields = {}
        for field in (rest .. ";"):gmatch("%s*(.-)%s*;") do fields[#fields + 1] = field end
        coroutine.yield(tonumber(first, 16), tonumber(last or first, 16), fields)
      end
    end
    file:close()
  end)
end

--- A set of code points: those of a file's lines that `test` accepts.
local function set_of(name, test)
  local set = {}
  for first, last, fields in ranges(name) do
    if test(table.unpack(fields)) then
      for c = first, last do set[c] = true end
    end
  end
  return set
end

local function is(value)
  return function(field) return field == value end
end

-- UnicodeData.txt: two lines, "<X, First>" and "<X, Last>", stand for a range.
local category, class, name_of, code_of, canonical = {}, {}, {}, {}, {}
do
  local from
  for c, _, fields in ranges "UnicodeData.txt" do
    local name = fields[1]
    if name:find ", First>$" then
      from = c
    else
      for i = name:find ", Last>$" and from or c, c do
        category[i], class[i] = fields[2], tonumber(fields[3])
      end
      if name:sub(1, 1) ~= "<" then name_of[c], code_of[name] = name, c end
      if fields[5]:find "^%x" then canonical[c] = fields[5] end
    end
  end
end

-- NFC_QC and its like: N and M both mean work.
local work = { NFC_QC = {}, NFD_QC = {}, NFKC_QC = {}, NFKD_QC = {} }
local folded = {} -- NFKC_Casefold where it changes: an array of code points
for first, last, fields in ranges "DerivedNormalizationProps.txt" do
  local set = work[fields[1]]
  for c = first, last do
    if set then set[c] = true end
    if fields[1] == "NFKC_CF" then
      local to = {}
      for hex in fields[2]:gmatch "%x+" do to[#to + 1] = tonumber(hex, 16) end
      folded[c] = to
    end
  end
end

local simple = {}
for c, _, fields in ranges "CaseFolding.txt" do
  if fields[1] == "C" or fields[1] == "S" then simple[c] = tonumber(fields[2], 16) end
end

local ignorable = set_of("DerivedCoreProperties.txt", is "Default_Ignorable_Code_Point")
local white = set_of("PropList.txt", is "White_Space")
local unspaced = set_of("LineBreak.txt", is "SA")
local emoji = set_of("emoji/emoji-data.txt", function(property)
  return property == "Extended_Pictographic" or property == "Emoji_Modifier"
end)
emoji[0xFE0F] = true -- the emoji presentation selector stands before ZWJ

local script = {}
for first, last, fields in ranges "Scripts.txt" do
  for c = first, last do script[c] = fields[1] end
end

-- ZWJ and ZWNJ mean something in cursive scripts and in those with conjuncts.
local joining_script = {}
local function joins(c) joining_script[script[c] or "Unknown"] = true end
for c, _, fields in ranges "ArabicShaping.txt" do
  if fields[2] == "D" or fields[2] == "R" then joins(c) end
end
for first, last, fields in ranges "IndicSyllabicCategory.txt" do
  if fields[1] == "Virama" or fields[1] == "Invisible_Stacker" then
    for c = first, last do joins(c) end
  end
end
joining_script.Common, joining_script.Inherited = nil, nil

-- Marks that are accents and points. Vowel signs of the scripts of India and
-- South-East Asia, nuktas (class 7), voicing marks (8) and viramas (9) make
-- another letter or syllable, so they stay.
local accented = {
  Inherited = true, Common = true, Latin = true, Greek = true, Cyrillic = true,
  Coptic = true, Hebrew = true, Arabic = true, Syriac = true,
}
local function is_accent(c)
  return (category[c] == "Mn" or category[c] == "Me") and accented[script[c]]
    and not (class[c] >= 7 and class[c] <= 9) and not ignorable[c]
end

-- Letters with a stroke or a hook have no decomposition; their names say it.
local function without_stroke(c)
  local name = name_of[c]
  if not name or work.NFKD_QC[c] then return c end
  local start = name:match "^(LATIN %u+ LETTER .-) WITH "
    or name:gsub("^(LATIN %u+ LETTER )DOTLESS ", "%1")
  if start:find "^LATIN SMALL LETTER %u$" or start:find "^LATIN CAPITAL LETTER %u$" then
    return code_of[start]
  end
  return c
end

--- The canonical decomposition of `c`, to the end: an array of code points.
local function decompose(c, into)
  into = into or {}
  if not canonical[c] then into[#into + 1] = c end
  for hex in (canonical[c] or ""):gmatch "%x+" do decompose(tonumber(hex, 16), into) end
  return into
end

--- What is left of `c` without accents and strokes: an array of code points.
local function bare(c)
  local left = {}
  for _, part in ipairs(decompose(c)) do
    if not is_accent(part) then left[#left + 1] = without_stroke(part) end
  end
  return left
end

-- Typography. Dashes and quotation marks of the scripts that share one
-- punctuation; those of a single script (Armenian, Hebrew, corner brackets of
-- CJK) are letters of its spelling and stay.
local typography = {
  QUOTE_SINGLE = { 0xB4, 0x2BB, 0x2BC, 0x2BD, 0x2C8, 0x2018, 0x2019, 0x201A, 0x201B, 0x2032,
    0x2035, 0x2039, 0x203A, 0x275B, 0x275C, 0xFF07, 0xFF40 },
  QUOTE_DOUBLE = { 0xAB, 0xBB, 0x201C, 0x201D, 0x201E, 0x201F, 0x2033, 0x2036, 0x275D, 0x275E,
    0x2E42, 0x301D, 0x301E, 0x301F, 0xFF02 },
  DASH = { 0x2010, 0x2011, 0x2012, 0x2013, 0x2043, 0x2212, 0xFE63, 0xFF0D },
  DASH_LONG = { 0x2014, 0x2015, 0x2E3A, 0x2E3B, 0xFE58 },
  ELLIPSIS = { 0x2025, 0x2026, 0x22EF },
}
local class_of = { QUOTE_SINGLE = 1, QUOTE_DOUBLE = 2, DASH = 3, DASH_LONG = 4, SPACE = 5,
  ELLIPSIS = 6, LIGATURE = 7 }
local type_of = {}
for name, list in pairs(typography) do
  for _, c in ipairs(list) do type_of[c] = class_of[name] end
end
for c = 0x80, LAST do
  if category[c] == "Zs" then type_of[c] = class_of.SPACE end
end
for c = 0xFB00, 0xFB17 do
  if category[c] then type_of[c] = class_of.LIGATURE end
end
type_of[0x132], type_of[0x133] = class_of.LIGATURE, class_of.LIGATURE

-- Mappings, numbered as they turn up; 0 changes nothing.
local mappings, number_of = { "{0, 0, 0}" }, { ["{0, 0, 0}"] = 0 }
local function mapping(...)
  local key = ("{%d, %d, %d}"):format(...)
  if not number_of[key] then
    number_of[key] = #mappings
    mappings[#mappings + 1] = key
  end
  return number_of[key]
end

-- Nothing composes with what stands before `c`.
local function is_boundary(c)
  return not work.NFKC_QC[c] and (class[c] or 0) == 0
end

-- A fold is one-to-one in the table when it is a letter's case or one of many
-- at the same distance (fullwidth forms); the rest is rare and needs work.
local folds_by = {}
for c, to in pairs(folded) do
  if #to == 1 then folds_by[to[1] - c] = (folds_by[to[1] - c] or 0) + 1 end
end
local function is_plain_fold(c)
  local to = folded[c]
  return to and #to == 1 and is_boundary(to[1])
    and (simple[c] == to[1] or folds_by[to[1] - c] >= 8)
end

local function form_of(c)
  local noncharacter = c & 0xFFFE == 0xFFFE or (c >= 0xFDD0 and c <= 0xFDEF)
  local unknown = not category[c] and not noncharacter
  local moved = unknown or (class[c] or 0) ~= 0
  local bits = 0
  for i, form in ipairs { "NFC_QC", "NFD_QC", "NFKC_QC", "NFKD_QC" } do
    if moved or work[form][c] then bits = bits | 1 << (i - 1) end
  end
  local fold = 0
  if is_plain_fold(c) and not moved then
    fold = folded[c][1] - c
  elseif folded[c] or moved or work.NFKC_QC[c] then
    bits = bits | 16
  end
  if ignorable[c] then bits = bits | 32 end
  local left, base = bare(c), c
  if bits & 1 == 0 and #left == 1 then
    base = left[1]
  elseif bits & 1 ~= 0 or #left < #decompose(c) then
    bits = bits | 64
  end
  return bits | mapping(fold, (simple[c] or c) - c, base - c) << 7
end

local function kind_of(c)
  local gc = category[c] or "Cn"
  local major = gc:sub(1, 1)
  local bits = type_of[c] or 0
  local function add(test, bit)
    if test then bits = bits | bit end
  end
  add(major == "P" or major == "S", 1 << 3)
  add(gc == "Nd", 1 << 4)
  add(white[c], 1 << 5)
  add(is_accent(c), 1 << 6)
  add((major == "L" or major == "M") and joining_script[script[c]], 1 << 7)
  add(class[c] == 9, 1 << 8)
  add(unspaced[c], 1 << 9)
  add(emoji[c], 1 << 10)
  add(major == "L", 1 << 11)
  return bits
end

local function rows(list, per_row, format)
  local out = {}
  for i = 1, #list, per_row do
    local row = {}
    for j = i, math.min(i + per_row - 1, #list) do row[#row + 1] = format:format(list[j]) end
    out[#out + 1] = "    " .. table.concat(row, ", ") .. ","
  end
  return table.concat(out, "\n")
end

--- Prints `value_of` of all code points as pages of 128, equal pages once.
local function two_stage(type_name, name, value_of)
  local pages, blocks, block_of = {}, {}, {}
  for first = 0, LAST, 128 do
    local values = {}
    for c = first, first + 127 do values[#values + 1] = value_of(c) end
    local key = rows(values, 12, "%d")
    if not block_of[key] then
      block_of[key] = #blocks
      blocks[#blocks + 1] = key
    end
    pages[#pages + 1] = block_of[key]
  end
  assert(#blocks <= 256, "more than 256 pages differ")
  print(("\nconst uint8_t %s_page[PM_CHARS_PAGES] = {\n%s\n};"):format(name, rows(pages, 18, "%d")))
  print(("\nconst %s %s[][128] = {\n  {\n%s\n  },\n};"):format(type_name, name,
    table.concat(blocks, "\n  },\n  {\n")))
end

local head <close> = assert(io.open(folder .. "/DerivedNormalizationProps.txt", "rb"))
local version = head:read("l"):match "%d+%.%d+%.%d+"
print(([[
/* Made by scripts/chars_table.lua from the data of Unicode %s. */
#include "text/chars.h"

/* clang-format off */]]):format(version))
two_stage("uint32_t", "pm_chars_form", form_of)
two_stage("uint16_t", "pm_chars_kind", kind_of)
print(("\nconst pm_mapping pm_chars_mapping[] = {\n%s\n};"):format(rows(mappings, 3, "%s")))
