--- Text: valid UTF-8, normal forms, folding, repair of characters, and the
--- form in which texts are compared.
---
--- Everything here takes and gives UTF-8. A function that needs valid UTF-8
--- returns nil, a message and the position of the first bad byte when it does
--- not get it; `text.repair` makes any bytes valid. A text that needs no
--- change comes back as the same string, without a copy.
local core = require "pumice.core".text
local charset = require "pumice.core".charset
local script = require "pumice.core".script
local to_matchable = require "pumice.core".matchable.make
local options = require "pumice.options"

local M = {}

--- Returns true when `s` is valid UTF-8, else nil, a message and the position
--- of the first byte that is not part of a valid character.
---
--- ```lua
--- text.check("na\u{EF}ve")     --> true
--- text.check("na\xEFve")       --> nil, "invalid UTF-8: byte 0xEF at 3", 3
--- ```
---
--- Source: The Unicode Standard 15.0, table 3-7.
---@param s string  any bytes
---@return true? valid
---@return string? message
---@return integer? position
function M.check(s)
  return core.check(s)
end

---@class pumice.text.Profile
---@field bytes integer
---@field characters integer  an invalid sequence counts as one
---@field invalid integer  bytes that are part of no character
---@field nul integer  U+0000
---@field controls integer  other control characters but tab, LF and CR
---@field c1 integer  U+0080 to U+009F
---@field bom integer  U+FEFF
---@field zero_width integer  zero-width characters and soft hyphens
---@field bidi integer  controls of writing direction
---@field replacement integer  U+FFFD

--- Returns counts of the characters in `s` that one would not expect.
---
--- ```lua
--- local counts = text.profile("\u{FEFF}na\xEFve\0\u{200B}")
--- counts.invalid + counts.bom + counts.nul  --> 3
--- counts.characters                         --> 8
--- ```
---@param s string  any bytes
---@return pumice.text.Profile
function M.profile(s)
  return core.profile(s)
end

---@class pumice.text.WidthOptions
---@field tab? integer  a tab goes on to a multiple of so many columns (default 8)

--- Returns how many columns of a terminal the widest line of `s` takes.
---
--- Wide and fullwidth characters and emoji take two; marks, controls and
--- zero-width characters none; what UAX #11 calls ambiguous one.
---
--- ```lua
--- text.width("na\u{EF}ve")               --> 5
--- text.width("e\u{301}\u{4E2D}")         --> 3
--- text.width("\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}") --> 2
--- text.width("a\tb\nlonger line")       --> 11
--- ```
---
--- Source: UAX #11, UTS #51; utf8proc's table of widths.
---@param s string  valid UTF-8
---@param opts? pumice.text.WidthOptions
---@return integer? columns  nil when `s` is not valid UTF-8
---@return string? message
---@return integer? position
function M.width(s, opts)
  return script.width(s, options.read(opts, { tab = 8 }).tab)
end

---@class pumice.text.ScriptShare
---@field script string  its name in Unicode: "Latin", "Han", "Old_Turkic"
---@field share number  of the letters, 0 to 1

--- Returns the script of most letters of `s`, and the share of each.
---
--- ```lua
--- local main, shares = text.script("Москва is Moscow")
--- main                                --> "Latin"
--- shares[2].script, #shares           --> "Cyrillic", 2
--- (text.script("1 + 1"))              --> nil
--- ```
---
--- Source: Scripts.txt of Unicode 15.0. Letters that several scripts share and
--- all that is no letter do not count.
---@param s string  valid UTF-8
---@return string? script  nil when there are no letters, or `s` is not valid UTF-8
---@return pumice.text.ScriptShare[]|string shares  the largest first; or a message
---@return integer? position
function M.script(s)
  local counts, message, position = script.count(s)
  if not counts then return nil, message, position end
  local all, shares = 0, {}
  for name, count in pairs(counts) do
    all = all + count
    shares[#shares + 1] = { script = name, share = count }
  end
  for _, entry in ipairs(shares) do entry.share = entry.share / all end
  table.sort(shares, function(a, b)
    if a.share ~= b.share then return a.share > b.share end
    return a.script < b.script
  end)
  return shares[1] and shares[1].script, shares
end

---@class pumice.text.Suspect
---@field kind "confusable"|"mixed"|"invisible"|"bidi"
---@field first integer  first byte
---@field last integer  last byte
---@field reads? string  confusable: what it looks like

--- Returns where `s` may deceive a reader, in order:
---
--- - `confusable`: a word with letters of another script that look like its own,
---   such as Cyrillic \u{430} in "p\u{430}ypal"; and in a text in Latin letters a
---   word of three letters or more that are all of another script and all look
---   Latin.
--- - `mixed`: another word of scripts that are not written together. Chinese,
---   Japanese and Korean mixtures are well, with Latin letters, too.
--- - `invisible`: zero-width characters where they mean nothing (see
---   text.repair), fillers, tags.
--- - `bidi`: controls of writing direction.
---
--- ```lua
--- text.suspects("see p\u{430}ypal.com")
--- --> { { kind = "confusable", first = 5, last = 11, reads = "paypal" } }
--- text.suspects("a\u{200B}b")[1].kind  --> "invisible"
--- #text.suspects("na\u{EF}ve \u{65E5}\u{672C} и так")  --> 0
--- ```
---
--- Source: UTS #39; the look-alikes are a list of our own of some seventy letters
--- of Cyrillic, Greek and Armenian (src/text/suspects.c).
---@param s string  valid UTF-8
---@return pumice.text.Suspect[]? suspects  nil when `s` is not valid UTF-8
---@return string? message
---@return integer? position
function M.suspects(s)
  return script.suspects(s)
end

--- Returns the form in which texts that look alike are the same: NFKC, with
--- Latin letters for those of Cyrillic, Greek and Armenian that look so.
---
--- ```lua
--- text.skeleton("p\u{430}ypal") == text.skeleton("paypal")  --> true
--- text.skeleton("\u{FF21}\u{412}")                          --> "AB"
--- ```
---
--- For comparison, not for show: a Russian text comes out as nonsense.
---@param s string  valid UTF-8
---@return string? skeleton  nil when `s` is not valid UTF-8
---@return string? message
---@return integer? position
function M.skeleton(s)
  local plain, message, position = core.normalize(s, "NFKC")
  if not plain then return nil, message, position end
  return script.skeleton(plain)
end

local forms = { NFC = true, NFD = true, NFKC = true, NFKD = true }

--- Returns `s` in a normal form: "NFC" (the default), "NFD", "NFKC", "NFKD".
---
--- NFC and NFKC compose letters and marks, NFD and NFKD take them apart; the
--- forms with K also turn ligatures, fullwidth and other compatibility
--- characters into plain ones.
---
--- ```lua
--- text.normalize("e\u{301}")            --> "\u{E9}"
--- text.normalize("\u{FB01}x", "NFKC")   --> "fix"
--- ```
---
--- Source: UAX #15. Characters newer than the Unicode version of utf8proc stay
--- as they are. Raises when there is no such form.
---@param s string  valid UTF-8
---@param form? "NFC"|"NFD"|"NFKC"|"NFKD"
---@return string? normalized  nil when `s` is not valid UTF-8
---@return string? message
---@return integer? position
function M.normalize(s, form)
  form = form or "NFC"
  if not forms[form] then
    error(("no normal form '%s'; there are NFC, NFD, NFKC, NFKD"):format(tostring(form)), 2)
  end
  return core.normalize(s, form)
end

--- Returns `s` without differences of case.
---
--- By default by NFKC_Casefold, for caseless matching: full case folding ("ß"
--- becomes "ss"), compatibility characters made plain, invisible characters
--- (soft hyphen, zero-width) left out, result in NFC. With "simple" each
--- letter becomes its one lower-case letter and all else stays.
---
--- ```lua
--- text.fold("Stra\u{DF}e \u{FB01}X")           --> "strasse fix"
--- text.fold("Stra\u{DF}e \u{FB01}X", "simple") --> "stra\u{DF}e \u{FB01}x"
--- ```
---
--- Source: The Unicode Standard 15.0, section 3.13; CaseFolding.txt, status C
--- and S, for "simple".
---@param s string  valid UTF-8
---@param how? "simple"
---@return string? folded  nil when `s` is not valid UTF-8
---@return string? message
---@return integer? position
function M.fold(s, how)
  if how ~= nil and how ~= "simple" then
    error(("no way to fold '%s'; there is only 'simple'"):format(tostring(how)), 2)
  end
  return core.normalize(s, how and "fold simple" or "fold")
end

--- Returns `s` without accents, in NFC: "é" becomes "e", "ø" becomes "o".
---
--- Accents and points are taken off in Latin, Greek, Cyrillic, Hebrew, Arabic
--- and Syriac; Latin letters lose strokes and hooks, too. Vowel signs, nuktas
--- and viramas of other scripts and the voicing marks of kana stay: without
--- them it would be another word.
---
--- ```lua
--- text.strip_marks("Wa\u{142}\u{119}sa, Erdo\u{11F}an, \u{451}\u{436}")
--- --> "Walesa, Erdogan, \u{435}\u{436}"
--- ```
---@param s string  valid UTF-8
---@return string? stripped  nil when `s` is not valid UTF-8
---@return string? message
---@return integer? position
function M.strip_marks(s)
  return core.normalize(s, "strip marks")
end

---@class pumice.text.DecodeOptions
---@field charset? string  the charset, known for sure: nothing is looked for
---@field hint? string  what somebody says it is: a label, or a Content-Type with one

---@class pumice.text.Decoded
---@field charset string  what the bytes were in, in small letters
---@field by "given"|"mark"|"validity"|"declared"|"hint"|"bytes"  how that is known
---@field confidence number  0 to 1
---@field invalid integer  places that are not valid in that charset
---@field mark boolean  a byte order mark stood in front

--- Returns bytes in any charset as UTF-8, and how they were read.
---
--- Looked for is, in this order: a byte order mark; UTF-16 and UTF-32 by the upper
--- halves of characters; ASCII and valid UTF-8; then the hint, or else what the document
--- declares (XML, `<meta>`), if its bytes make sense so; then what uchardet
--- says, if they make sense so; then the charset in which they make most sense.
--- Sense is how likely the kinds of character are that would stand side by
--- side. Labels mean what they mean on the web: "latin1" and "ascii" are
--- windows-1252, "gb2312" is read as gb18030. What is not valid becomes U+FFFD
--- and is counted; a mark goes.
---
--- The confidence is 1 for a mark and ASCII, near 1 for UTF-8, 0.95 or more for a
--- declaration that the bytes bear out, 0.5 to 0.95 for what uchardet says, by
--- the number of bytes beyond ASCII, and up to 0.5 where it says something else.
---
--- ```lua
--- local decoded, how = text.decode("caf\xE9", { hint = "latin1" })
--- decoded                          --> "caf\u{E9}"
--- how.charset, how.by, how.invalid --> "windows-1252", "hint", 0
--- (text.decode("\xFF\xFEh\0i\0"))                  --> "hi"
--- select(2, text.decode("\xEF\xBB\xBFhi")).by       --> "mark"
--- (text.decode("\xE9", { charset = "koi8-r" }))     --> "\u{418}"
--- ```
---
--- Raises when `charset` is none; a `hint` that is none is not heeded.
---@param bytes string
---@param opts? pumice.text.DecodeOptions
---@return string text
---@return pumice.text.Decoded how
function M.decode(bytes, opts)
  local wanted = options.read(opts, { charset = options.any, hint = options.any })
  local name, by, confidence, mark
  if wanted.charset then
    name, by, confidence, mark = charset.name(wanted.charset), "given", 1, 0
    if not name then error(("no charset '%s'"):format(wanted.charset), 2) end
  else
    name, by, confidence, mark = charset.detect(bytes, wanted.hint)
  end
  local decoded, invalid, known = charset.decode(bytes, name, mark)
  -- With a mark in front it is the charset that has either order.
  if mark > 0 then known = known:gsub("^utf%-16[bl]e$", "utf-16") end
  return decoded, {
    charset = known, by = by, confidence = confidence, invalid = invalid, mark = mark > 0,
  }
end

-- In the order of pm_repair_step, which is the order they are reported in.
local steps = {
  "surrogates", "stray_bytes", "invalid_bytes", "entities", "mojibake", "c1", "bom",
  "zero_width", "controls", "line_ends", "separators", "bidi",
}

---@class pumice.text.RepairOptions
---@field surrogates? boolean  pairs of surrogates in UTF-8 become one character (always done)
---@field stray_bytes? boolean  lone cp1252 bytes in UTF-8 become their character (default true)
---@field invalid_bytes? boolean  other invalid bytes become U+FFFD (always done)
---@field entities? boolean|"every"  references of HTML are read (default true)
---@field mojibake? boolean  wrong decodings are undone (default true)
---@field c1? boolean  U+0080 to U+009F become the characters of cp1252 (default true)
---@field bom? boolean  U+FEFF is removed everywhere (default true)
---@field zero_width? boolean  zero-width characters and soft hyphens go (default true)
---@field controls? boolean  control characters and terminal escapes go (default true)
---@field line_ends? boolean  CRLF and CR become LF (default true)
---@field separators? boolean  U+2028, VT and FF become LF, U+2029 two (default true)
---@field bidi? boolean  bidi controls go (default false)
local repairs = {}
for _, step in ipairs(steps) do repairs[step] = step ~= "bidi" end
repairs.entities = options.any

-- In the order of mojibake_table.h.
local charsets = {
  "windows-1252", "windows-1251", "windows-1250", "windows-1253", "windows-1254", "windows-1257",
  "iso-8859-2", "macintosh", "ibm437",
}

--- The charsets that characters were restored from, the most frequent first.
local function charsets_of(counts)
  local order = {}
  for i, count in ipairs(counts) do
    if count > 0 then order[#order + 1] = i end
  end
  table.sort(order, function(a, b)
    if counts[a] ~= counts[b] then return counts[a] > counts[b] end
    return a < b
  end)
  for i, number in ipairs(order) do order[i] = charsets[number] end
  return order
end

---@class pumice.text.Step
---@field step string  a name of RepairOptions
---@field count integer  how many characters or bytes it changed
---@field every? true  `entities`: all references were read
---@field from? string[]  `mojibake`: what it had been read as, the most frequent first

--- Returns `s` with its bad characters repaired, and the list of what was done.
---
--- The result is valid UTF-8, for any bytes. Each step is an option by its
--- name; what never does harm is on:
---
--- - `stray_bytes`: a single invalid byte between valid characters (or two or
---   three, when all but one are quotes, dashes or no-break spaces) is read as
---   cp1252. Not so when more than half of the invalid bytes stand otherwise:
---   the text is then in another charset.
--- - `invalid_bytes`: else U+FFFD for each maximal subpart of a character, as
---   the Unicode Standard recommends.
--- - `entities`: "&eacute;", "&#233;" and "&#xE9;" become their character, also
---   where "&amp;" stands for the "&". Not in a text with tags: that is HTML, or
---   about it. A text that has other characters beyond ASCII as they are may
---   mean its references so; "every" reads them there, too.
--- - `mojibake`: UTF-8 that was read as cp1252, latin-1, cp1250, cp1251, cp1253,
---   cp1254, cp1257, ISO 8859-2, Mac Roman or cp437 and written as UTF-8 again,
---   in the whole text or parts of it, once or more often. Spaces in place of
---   no-break spaces are understood; where a byte is lost, U+FFFD is left for
---   the character. A text is changed only where what it says becomes at least
---   2^8 times more likely by the kinds of character that stand side by side.
--- - `c1`: U+0093 becomes U+201C, and so on; the five that cp1252 lacks go.
--- - `zero_width`: U+200B to U+200D, U+2060 to U+2064, U+00AD and U+180E go. But
---   ZWJ and ZWNJ stay between letters of Arabic, Indic and other joining
---   scripts, after a virama and in emoji; ZWSP stays in Thai, Lao, Khmer and
---   Burmese, where it parts words.
---
--- ```lua
--- local repaired, steps = text.repair("caf\xE9\0 \u{FEFF}ok\r\n")
--- repaired   --> "caf\u{E9} ok\n"
--- steps[1]   --> { step = "stray_bytes", count = 1 }
--- #steps     --> 4
--- (text.repair("l'Ã©tÃ©, lâ€™hiver"))              --> "l'été, l’hiver"
--- (text.repair("5 &lt; 6 &amp;amp; 7"))            --> "5 < 6 & 7"
--- select(2, text.repair("PÅ‚ock"))[1].from[1]  --> "windows-1252"
--- ```
---
--- Source of `mojibake`: the idea of judging by kinds of character is that of
--- ftfy (Speer 2019); here Viterbi's algorithm finds the likeliest history of
--- each character (src/text/mojibake.h).
---@param s string  any bytes
---@param opts? pumice.text.RepairOptions
---@return string repaired
---@return pumice.text.Step[] steps  what was done, empty when nothing
function M.repair(s, opts)
  local wanted = options.read(opts, repairs)
  local every = wanted.entities == "every"
  if wanted.entities == nil then
    wanted.entities = true
  elseif not every and type(wanted.entities) ~= "boolean" then
    error(("option 'entities' is true, false or 'every', not %s"):format(wanted.entities), 2)
  end
  local set = 0
  for i, step in ipairs(steps) do
    if wanted[step] then set = set | 1 << (i - 1) end
  end
  local repaired, counts, from = core.repair(s, set, every)
  local done = {}
  for i, step in ipairs(counts and steps or {}) do
    if counts[i] > 0 then
      local made = { step = step, count = counts[i] }
      if step == "mojibake" then made.from = charsets_of(from) end
      if step == "entities" and every then made.every = true end
      done[#done + 1] = made
    end
  end
  return repaired, done
end

--- Returns `s` with the steps of a list done, as `text.repair` returns it: for
--- the same text that is the same result.
---
--- ```lua
--- local repaired, steps = text.repair("a\r\nb\u{FEFF}")
--- text.replay("a\r\nb\u{FEFF}", steps) == repaired  --> true
--- text.replay("c\r\n\0", steps)                     --> "c\n\0"
--- ```
---
--- Raises at a step that it does not know.
---@param s string  any bytes
---@param list pumice.text.Step[]
---@return string text
function M.replay(s, list)
  if type(list) ~= "table" then
    error(("steps are a list as repair returns it, not a %s"):format(type(list)), 2)
  end
  local wanted = {}
  for _, step in ipairs(steps) do wanted[step] = false end
  for i, done in ipairs(list) do
    if type(done) ~= "table" then
      error(("step %d is { step = name }, not a %s"):format(i, type(done)), 2)
    end
    if wanted[done.step] == nil then
      error(options.unknown("step", tostring(done.step), { table.unpack(steps) }), 2)
    end
    wanted[done.step] = done.every and "every" or true
  end
  return (M.repair(s, wanted))
end

---@class pumice.text.PunctuationOptions
---@field to? "ascii"|"typographic"  which form (default "ascii")
---@field quotes? boolean  (default true)
---@field dashes? boolean  (default true)
---@field spaces? boolean  (default true)
---@field ellipses? boolean  (default true)
---@field ligatures? boolean  (default true)
local punctuation = {
  to = "ascii", quotes = true, dashes = true, spaces = true, ellipses = true, ligatures = true,
}
local classes = { "quotes", "dashes", "spaces", "ellipses", "ligatures" }

--- Returns `s` with its punctuation in one form, class by class.
---
--- To "ascii": curly, low and angle quotation marks, primes and the acute
--- accent become ' and ", hyphens, en dashes and minus signs -, em dashes and
--- bars --, space separators (no-break, thin, ideographic) a space, ellipses
--- dots, ligatures (U+FB00 to U+FB17, U+0132, U+0133) their letters.
---
--- To "typographic": ' and " become English curly quotes by what stands around
--- them, -- and --- an em dash, a hyphen between spaces an en dash, three dots an
--- ellipsis. Inches, feet and rows of more dots or hyphens stay.
---
--- ```lua
--- text.punctuation("\u{201C}Don\u{2019}t\u{201D}\u{2026} 5\u{2013}6") --> '"Don\'t"... 5-6'
--- text.punctuation([["It's" -- so]], { to = "typographic" })
--- --> "\u{201C}It\u{2019}s\u{201D} \u{2014} so"
--- text.punctuation("a\u{A0}\u{2013}", { dashes = false }) --> "a \u{2013}"
--- ```
---@param s string  valid UTF-8
---@param opts? pumice.text.PunctuationOptions
---@return string? text  nil when `s` is not valid UTF-8
---@return string? message
---@return integer? position
function M.punctuation(s, opts)
  local wanted = options.read(opts, punctuation)
  if wanted.to ~= "ascii" and wanted.to ~= "typographic" then
    error(("punctuation goes to 'ascii' or 'typographic', not to '%s'"):format(wanted.to), 2)
  end
  local set = 0
  for i, class in ipairs(classes) do
    if wanted[class] then set = set | 1 << (i - 1) end
  end
  return core.punctuation(s, set, wanted.to == "typographic")
end

--- Returns `s` with its white space squeezed; lines and paragraphs stay.
---
--- A run of tabs and spaces (no-break and other space separators, too) becomes
--- one space, or nothing at the end of a line; three or more line ends become
--- two. CRLF and CR become LF.
---
--- ```lua
--- text.squeeze("a \t b  \r\n\n \nc")  --> "a b\n\nc"
--- ```
---@param s string  valid UTF-8
---@return string? squeezed  nil when `s` is not valid UTF-8
---@return string? message
---@return integer? position
function M.squeeze(s)
  return core.squeeze(s)
end

---@class pumice.text.MatchableOptions
---@field case? boolean  no difference of case (default true)
---@field marks? boolean  no accents, strokes, hooks, as strip_marks (default true)
---@field quotes? boolean  all quotation marks and apostrophes ' or " (default true)
---@field dashes? boolean  all dashes - (default true)
---@field spaces? boolean  space separators a space (default true)
---@field squeeze? boolean  a run of white space one space (default true)
---@field digits? boolean  each decimal digit 0 (default false)
---@field punctuation? "keep"|"drop"|"blank"  punctuation and symbols (default "keep")
local matchable = {
  case = true, marks = true, quotes = true, dashes = true, spaces = true, squeeze = true,
  digits = false, punctuation = "keep",
}
-- The bits of matchable.h.
local matchable_bits = {
  case = 1, marks = 2, quotes = 4, dashes = 8, spaces = 16, squeeze = 32, digits = 64,
}
local punctuation_bits = { keep = 0, drop = 128, blank = 256 }

---@class pumice.text.Matchable
---@field text string  the form to compare
---@field range fun(self, first: integer, last?: integer): integer, integer  the bytes of the
---  original that bytes of the form were made from
---@field source fun(self, first: integer, last?: integer): string  the same as a string
---@field spans fun(self, spans: pumice.Spans): pumice.Spans  the same for all spans over the form

--- Returns the form of `s` in which texts are compared, with the way back.
---
--- Beyond what the options say, compatibility characters are made plain (NFKC)
--- and invisible ones left out. Plain lower-case ASCII with single blanks stays
--- as it is.
---
--- `m.text` is the form. `m:range(first, last)` gives the first and last byte
--- of the original that the bytes `first` to `last` of `m.text` were made from;
--- what it cannot tell apart (a letter and its mark, a run of blanks) it gives
--- whole. `m:source(first, last)` gives the same as a string. `m:spans(spans)`
--- does it for all of a Spans over `m.text` and gives a Spans over `s`.
---
--- ```lua
--- local m = text.matchable("\u{201C}The  Caf\u{E9}\u{201D}")
--- m.text              --> '"the cafe"'
--- m:range(6, 9)       --> 9, 13
--- m:source(6, 9)      --> "Caf\u{E9}"
--- text.matchable("A-1, b", { punctuation = "blank", digits = true }).text --> "a 0 b"
--- ```
---
--- Raises when positions are outside the text, or the text is over 2 GiB.
---@param s string  valid UTF-8
---@param opts? pumice.text.MatchableOptions
---@return pumice.text.Matchable? matchable  nil when `s` is not valid UTF-8
---@return string? message
---@return integer? position
function M.matchable(s, opts)
  local wanted = options.read(opts, matchable)
  local set = punctuation_bits[wanted.punctuation]
  if not set then
    error(("option 'punctuation' is 'keep', 'drop' or 'blank', not '%s'")
      :format(wanted.punctuation), 2)
  end
  for name, bit in pairs(matchable_bits) do
    if wanted[name] then set = set | bit end
  end
  local valid, message, position = core.check(s)
  if not valid then return nil, message, position end
  return to_matchable(s, set)
end

return M
