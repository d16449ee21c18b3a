--- Text: valid UTF-8, normal forms, folding, repair of characters, and the
--- form in which texts are compared.
---
--- Everything here takes and gives UTF-8. A function that needs valid UTF-8
--- returns nil, a message and the position of the first bad byte when it does
--- not get it; `text.repair` makes any bytes valid. A text that needs no
--- change comes back as the same string, without a copy.
local core = require "pumice.core".text

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

return M
