--- The language of a text, and of each of its paragraphs.
---
--- Codes are those of BCP 47: "de", "pt", "zh-Hant". Norwegian is "no", whether
--- Bokmål or Nynorsk, and Croatian, Bosnian and Serbian in Latin letters are
--- hard to tell apart, as are Malay and Indonesian: their confidence says so.
---
--- The confidence of an answer is how often such answers are right: it comes
--- from the length of the text, the share of the language in it, whether it is
--- alone in its script or has a near relative, weighed by logistic regression on
--- translated messages of programs in 64 languages (scripts/language_fit.lua).
--- Of answers with 0.9 or more 97 in 100 are right, of those around 0.5 half. Lines
--- of code and addresses, which are in no language, have mostly less than that.
---
--- Source: Compact Language Detector 2 (Sites 2013), about 80 languages.
local core = require "pumice.core".language
local options = require "pumice.options"
local text = require "pumice.text"
local token = require "pumice.token"

local M = {}

--- More than this says no more about the language.
local ENOUGH = 1 << 16
local PIECES = 8

--- Pieces from all over a long text, of whole characters.
local function sample(s)
  if #s <= ENOUGH then return s end
  local pieces = {}
  for i = 0, PIECES - 1 do
    local at = i * #s // PIECES + 1
    local first = utf8.offset(s, 0, at)
    pieces[i + 1] = s:sub(first, utf8.offset(s, 0, at + ENOUGH // PIECES) - 1)
  end
  return table.concat(pieces, "\n")
end

---@class pumice.language.Options
---@field hint? string  what somebody says it is: "de", or "de,en" as in a header
---@field at_least? number  the confidence below which none is given (default 0)

---@class pumice.language.Share
---@field language string
---@field share number  of the text, 0 to 1

local defaults = { hint = options.any, at_least = 0 }

local function find(s, wanted)
  local found = table.pack(core.find(s, wanted.hint))
  local confidence, code = found[1], found[4]
  if not code then return nil, "no language can be told", {} end
  local shares = {}
  for i = 4, found.n, 3 do
    shares[#shares + 1] = { language = found[i], share = found[i + 1] }
  end
  if confidence < wanted.at_least then
    return nil, ("not sure enough: %s with %.2f"):format(code, confidence), shares
  end
  return code, confidence, shares
end

--- Returns the language of `s`, the confidence in it, and up to three languages
--- with their share of the text.
---
--- ```lua
--- (language.detect("Alle Menschen sind frei und gleich an Würde geboren.")) --> "de"
--- local code, message = language.detect("1 2 3")
--- code     --> nil
--- message  --> "no language can be told"
--- (language.detect("Hi", { at_least = 0.9 }))  --> nil
--- ```
---
--- Of a text over 64 KB eight pieces are looked at. Speed is 5 to 10 MB/s.
---@param s string  valid UTF-8
---@param opts? pumice.language.Options
---@return string? code  nil when none is found, or `s` is not valid UTF-8
---@return number|string confidence  0 to 1; without a code the reason
---@return pumice.language.Share[] languages  the largest share first
function M.detect(s, opts)
  local wanted = options.read(opts, defaults)
  local valid, message = text.check(s)
  if not valid then return nil, message, {} end
  return find(sample(s), wanted)
end

---@class pumice.language.Paragraph
---@field language? string  nil when it cannot be told
---@field confidence number  0 to 1, 0 when it cannot be told
---@field first integer  first byte
---@field last integer  last byte

--- Returns the language of each paragraph of `s` (see token.paragraphs).
---
--- Each is looked at alone, with the language of the whole text as a hint: that
--- helps where a line of a few words could be one of several.
---
--- ```lua
--- local list = language.paragraphs(
---   "All human beings are born free and equal in dignity.\n\n" ..
---   "Tous les êtres humains naissent libres et égaux en dignité.")
--- list[1].language, list[2].language   --> "en", "fr"
--- list[2].first                        --> 55
--- ```
---@param s string  valid UTF-8
---@param opts? pumice.language.Options
---@return pumice.language.Paragraph[]? paragraphs  nil when `s` is not valid UTF-8
---@return string? message
function M.paragraphs(s, opts)
  local wanted = options.read(opts, defaults)
  local valid, message = text.check(s)
  if not valid then return nil, message end
  local list = {}
  local hint = wanted.hint or find(sample(s), { at_least = 0 })
  for i, first, last in token.paragraphs(s):each() do
    local piece = s:sub(first, last)
    local code, confidence = find(#piece <= ENOUGH and piece or sample(piece),
      { hint = hint, at_least = wanted.at_least })
    list[i] = { language = code, confidence = code and confidence or 0, first = first,
      last = last }
  end
  return list
end

return M
