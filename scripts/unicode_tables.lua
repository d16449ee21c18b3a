--- Writes the property tables of src/text from Unicode's data files.
---
---   lua5.4 scripts/unicode_tables.lua [OUT [DATA]]
---
--- OUT is src/text, DATA is /usr/share/unicode (Debian's unicode-data). Each
--- table has two stages: the index maps code point >> 6 to a block, the block
--- maps the low six bits to a class. 64 is what the last byte of a UTF-8
--- sequence holds, so a lookup needs no code point put together. Blocks 0 and
--- 1 are ASCII and stand first: for ASCII the blocks are one flat table.

local out = arg[1] or "src/text"
local data = arg[2] or "/usr/share/unicode"

local LAST = 0x10FFFF

--- Yields first, last, value of the lines of a data file.
local function ranges(path, wanted)
  local file = assert(io.open(data .. "/" .. path))
  return coroutine.wrap(function()
    for line in file:lines() do
      local first, last, value = line:match("^(%x+)%.?%.?(%x*)%s*;%s*([%w_]+)")
      if first and (not wanted or wanted[value]) then
        if last == "" then last = first end
        coroutine.yield(tonumber(first, 16), tonumber(last, 16), value)
      end
    end
    file:close()
  end)
end

local function mark(path, wanted)
  local set = {}
  for first, last in ranges(path, wanted) do
    for cp = first, last do set[cp] = true end
  end
  return set
end

--- A table of classes by code point; what is not listed is `names[1]`.
local function classes(path, names)
  local number, class = {}, {}
  for i, name in ipairs(names) do number[name] = i - 1 end
  for cp = 0, LAST do class[cp] = 0 end
  for first, last, value in ranges(path) do
    for cp = first, last do
      class[cp] = assert(number[value], value .. " is a class unknown to this script")
    end
  end
  return class, number
end

local function write(name, class)
  local blocks, known, index = {}, {}, {}
  for start = 0, LAST, 64 do
    local block = table.concat(class, ",", start, start + 63)
    if not known[block] then
      blocks[#blocks + 1] = block
      known[block] = #blocks - 1
    end
    index[#index + 1] = known[block]
  end

  local path = ("%s/%s_table.h"):format(out, name)
  local file <close> = assert(io.open(path, "w"))
  file:write("/* Written by scripts/unicode_tables.lua from Unicode's data; see class.h. */\n",
    "/* clang-format off */\n")
  file:write(("const uint16_t pm_%s_index[%d] = {\n"):format(name, #index))
  for i = 1, #index, 64 do
    file:write(table.concat(index, ",", i, math.min(i + 63, #index)), ",\n")
  end
  file:write(("};\nconst uint8_t pm_%s_block[%d][64] = {\n"):format(name, #blocks))
  for _, block in ipairs(blocks) do file:write("{", block, "},\n") end
  file:write("};\n")
end

-- Words. Two refinements of Word_Break: pictographs (rule WB3c), and which
-- characters outside its classes make a word: ideographs, Hiragana, and the
-- letters of scripts written without blanks (Thai, Lao, Khmer, Burmese).
local word, W = classes("auxiliary/WordBreakProperty.txt", {
  "Other", "Extended_Pictographic", "Double_Quote", "CR", "LF", "Newline", "WSegSpace",
  "Regional_Indicator", "MidNum", "MidNumLet", "Single_Quote", "MidLetter", "Extend",
  "Format", "ZWJ", "ExtendNumLet", "Katakana", "Numeric", "ALetter", "Pictographic_Letter",
  "Hebrew_Letter", "Ideograph",
})
local alphabetic = mark("DerivedCoreProperties.txt", { Alphabetic = true })
for cp in pairs(mark("Scripts.txt", { Han = true, Hiragana = true })) do alphabetic[cp] = true end
for cp in pairs(alphabetic) do
  if word[cp] == W.Other then word[cp] = W.Ideograph end
end
for cp in pairs(mark("emoji/emoji-data.txt", { Extended_Pictographic = true })) do
  if word[cp] == W.ALetter then
    word[cp] = W.Pictographic_Letter
  else
    assert(word[cp] == W.Other, ("U+%04X is a pictograph of a new kind"):format(cp))
    word[cp] = W.Extended_Pictographic
  end
end
write("word", word)

local grapheme, G = classes("auxiliary/GraphemeBreakProperty.txt", {
  "Other", "Extended_Pictographic", "LV", "LVT", "Extend", "SpacingMark", "ZWJ", "Control",
  "CR", "LF", "Prepend", "Regional_Indicator", "L", "V", "T",
})
for cp in pairs(mark("emoji/emoji-data.txt", { Extended_Pictographic = true })) do
  assert(grapheme[cp] == G.Other, ("U+%04X is a pictograph of a new kind"):format(cp))
  grapheme[cp] = G.Extended_Pictographic
end
write("grapheme", grapheme)

write("sentence", (classes("auxiliary/SentenceBreakProperty.txt", {
  "Other", "Close", "SContinue", "Numeric", "Lower", "Upper", "OLetter", "Extend", "Format",
  "Sp", "ATerm", "STerm", "Sep", "CR", "LF",
})))

-- What the patterns of byte-pair encoders ask of a character: its general
-- category, and \s, which is White_Space there.
local piece, piece_of = {}, {
  Mn = 1, Mc = 1, Me = 1, Nd = 4, Nl = 4, No = 4, Ll = 5, Lu = 6, Lt = 6, Lm = 7, Lo = 7,
}
for cp = 0, LAST do piece[cp] = 0 end
for first, last, category in ranges("extracted/DerivedGeneralCategory.txt") do
  for cp = first, last do piece[cp] = piece_of[category] or 0 end
end
for cp in pairs(mark("PropList.txt", { White_Space = true })) do piece[cp] = 2 end
piece[0x0A], piece[0x0D] = 3, 3
write("piece", piece)

-- Scripts by their long names; Common and Inherited first.
local scripts, is_known = {}, { Common = true, Inherited = true }
for _, _, value in ranges "Scripts.txt" do
  if not is_known[value] then
    is_known[value] = true
    scripts[#scripts + 1] = value
  end
end
table.sort(scripts)
table.insert(scripts, 1, "Common")
table.insert(scripts, 2, "Inherited")
local script_of, number = classes("Scripts.txt", scripts)
write("script", script_of)
do
  local file <close> = assert(io.open(out .. "/script_table.h", "a"))
  local names = {}
  for i, name in ipairs(scripts) do names[i] = ('"%s"'):format(name) end
  file:write(("enum { SCRIPTS = %d };\n"):format(#scripts))
  file:write("static const char *const script_names[] = {\n")
  for i = 1, #names, 6 do
    file:write(table.concat(names, ", ", i, math.min(i + 5, #names)), ",\n")
  end
  file:write("};\nenum {\n")
  for _, name in ipairs { "Latin", "Greek", "Cyrillic", "Armenian", "Han", "Hiragana", "Katakana",
    "Bopomofo", "Hangul" } do
    file:write(("%s = %d,\n"):format(name:upper(), number[name]))
  end
  file:write("};\n")
end
