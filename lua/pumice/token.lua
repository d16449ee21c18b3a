--- Tokens: words, sentences, graphemes, lines and paragraphs of a text.
---
--- Each function gives a `Spans` (see pumice.spans): packed places in the text,
--- from which no Lua string is made until somebody asks for it. Texts are UTF-8;
--- a byte that is not part of a well-formed character counts as a sign of its
--- own, and no input raises or hangs. A text may have up to 4 GiB.
---
--- Words, sentences and graphemes follow Unicode 15.0, UAX #29, by its default
--- rules: no dictionary. So in Thai, Lao, Khmer, Burmese, Chinese and Japanese
--- (but for Katakana) each character with its marks is a word.
local core = require "pumice.core"
local options = require "pumice.options"

--- `token.bpe`: the tokens of language models; see pumice.token.bpe.
local M = setmetatable({}, {
  __index = function(self, name)
    if name ~= "bpe" then return nil end
    self.bpe = require "pumice.token.bpe"
    return self.bpe
  end,
})

---@class pumice.token.WordsOptions
---@field all? boolean  every segment, blanks and punctuation too (default false)
local words_defaults = { all = false }

--- Returns the words of `text`: by default the segments that hold a letter, a
--- digit, a kana or an ideograph. With `all` every segment comes, and together
--- they are the text.
---
--- Thai, Lao, Khmer, Burmese, Chinese and Japanese follow the default of UAX #29:
--- each character with its marks is a word there, but Katakana and Hangul run on.
---
--- ```lua
--- token.words("Can't stop: 3.5 km"):strings()  --> { "Can't", "stop", "3.5", "km" }
--- #token.words("\u{6F22}\u{5B57}"), #token.words("\u{30AB}\u{30CA}")  --> 2, 1
--- #token.words("a b.", { all = true })         --> 4
--- ```
---
--- Source: UAX #29, section 4.1; which segments are words is ICU's rule.
---@param text string
---@param opts? pumice.token.WordsOptions
---@return pumice.Spans
function M.words(text, opts)
  return core.token.words(text, options.read(opts, words_defaults).all)
end

---@class pumice.SentenceRules  see pumice.sentence_rules.en for what each field means
---@field titles? string       abbreviations that never end a sentence
---@field counted? string      that do not before a number
---@field others? string       that do only before a starter
---@field times? string        that do before a capital
---@field zones? string        but not before one of these
---@field starters? string     words that begin sentences and no names
---@field exclaimed? string    names that end in an exclamation mark
---@field faces? string        emoticons
---@field ends? string         characters that end sentences here, beyond Unicode's
---@field inner? string        characters that do not, though Unicode says so
---@field quoting? string      characters that go on after a closed quote
---@field lower_starts? boolean  may a sentence begin in lower case?
---@field ordinals? boolean    is "3." a third, as in German?

---@class pumice.token.SentencesOptions
---@field all? boolean  with the white space around them (default false)
---@field rules? string|pumice.SentenceRules  a language, or rules of your own; without it
---  the rules of UAX #29 alone. There are am ar bg cs da de el en es fa fr hi hy it ja kk mr
---  my nl pl pt ru sk sv uk ur zh
local sentences_defaults = { all = false, rules = options.any }

local rules_fields = { lower_starts = false, ordinals = false }
for name in ("titles counted others times zones starters exclaimed faces ends inner quoting")
  :gmatch "%a+" do
  rules_fields[name] = options.any
end

local LANGUAGES <const> = "am ar bg cs da de el en es fa fr hi hy it ja kk mr my nl pl pt ru sk sv "
  .. "uk ur zh"

local compiled = setmetatable({}, { __mode = "k" })

--- The rules as C wants them, compiled when first used.
local function compile(rules)
  if rules == nil or compiled[rules] then return compiled[rules] end
  local source = rules
  if type(rules) == "string" then
    local found
    found, source = pcall(require, "pumice.sentence_rules." .. rules)
    if not found then
      error(("no sentence rules for the language '%s'; there are %s"):format(rules, LANGUAGES), 3)
    end
  elseif type(rules) ~= "table" then
    error(("option 'rules' is a language or a table of rules, not a %s"):format(type(rules)), 3)
  end
  local sets = options.read(source, rules_fields)
  for name, value in pairs(sets) do
    if type(value) == "string" then
      local words = {}
      for word in value:gmatch("%S+") do words[#words + 1] = word end
      sets[name] = words
    elseif rules_fields[name] == options.any and type(value) ~= "table" then
      error(("the rule '%s' is words in a string or a list, not a %s"):format(name, type(value)), 3)
    end
  end
  compiled[rules] = core.token.sentence_rules(sets)
  return compiled[rules]
end

--- Returns the sentences of `text`, without the white space around them. With
--- `all` that stays at the end of each, and together they are the text.
---
--- Without `rules` a boundary is where UAX #29 has it, and so after "Mr." and at
--- every line end. With the rules of a language abbreviations, initials, decimals,
--- times, list numbers, ellipses, parentheses and line ends in wrapped text are
--- understood.
---
--- ```lua
--- token.sentences("It rains. Go in!"):strings()  --> { "It rains.", "Go in!" }
---
--- local text = "Dr. J. Smith left at 5 p.m. The rest\nstayed."
--- token.sentences(text, { rules = "en" })[1]  --> "Dr. J. Smith left at 5 p.m."
--- #token.sentences(text, { rules = "en" })    --> 2
--- ```
---
--- Raises when there are no rules for the language, and at a rule that is not known.
---
--- Source: UAX #29, section 5.1.
---@param text string
---@param opts? pumice.token.SentencesOptions
---@return pumice.Spans
function M.sentences(text, opts)
  opts = options.read(opts, sentences_defaults)
  return core.token.sentences(text, opts.all, compile(opts.rules))
end

--- Returns the grapheme clusters of `text`: what a reader takes for one
--- character. Together they are the text.
---
--- ```lua
--- #token.graphemes("e\u{301}te\u{301}")  --> 3
--- ```
---
--- Source: UAX #29, section 3.1, extended grapheme clusters.
---@param text string
---@return pumice.Spans
function M.graphemes(text)
  return core.token.graphemes(text)
end

---@class pumice.token.LinesOptions
---@field all? boolean    with their line ends (default false)
---@field empty? boolean  lines without a character come too (default true)
local lines_defaults = { all = false, empty = true }

--- Returns the lines of `text`, without their ends. With `all` the ends stay,
--- and together the lines are the text.
---
--- A line ends at LF, CR LF, CR, and Unicode's NEL (U+0085), LS (U+2028) and PS
--- (U+2029): the places where a sentence ends whatever stands there. What
--- follows the last end is a line only when it is not empty.
---
--- ```lua
--- token.lines("a\r\n\nb\n"):strings()                     --> { "a", "", "b" }
--- token.lines("a\r\n\nb\n", { empty = false }):strings()  --> { "a", "b" }
--- ```
---@param text string
---@param opts? pumice.token.LinesOptions
---@return pumice.Spans
function M.lines(text, opts)
  opts = options.read(opts, lines_defaults)
  return core.token.lines(text, opts.all, opts.empty)
end

---@class pumice.token.ParagraphsOptions
---@field all? boolean  with the white space around them (default false)
local paragraphs_defaults = { all = false }

--- Returns the paragraphs of `text`: what lies between lines of white space
--- alone (or U+2029), without the white space around it. With `all` that stays,
--- and together the paragraphs are the text.
---
--- ```lua
--- token.paragraphs("a\nb\n \nc\n"):strings()  --> { "a\nb", "c" }
--- ```
---@param text string
---@param opts? pumice.token.ParagraphsOptions
---@return pumice.Spans
function M.paragraphs(text, opts)
  return core.token.paragraphs(text, options.read(opts, paragraphs_defaults).all)
end

--- Returns the pieces of `text` between the separators, empty ones too: one more
--- than there are separators. The separator is plain text; `regex.split` takes
--- patterns.
---
--- ```lua
--- token.split("a,b,,c", ","):strings()  --> { "a", "b", "", "c" }
--- ```
---
--- Raises when the separator is empty.
---@param text string
---@param separator string
---@return pumice.Spans
function M.split(text, separator)
  return core.token.split(text, separator)
end

--- Returns the runs of `n` words of `text`, each with what stands between them.
---
--- ```lua
--- token.ngrams("to be, or", 2):strings()  --> { "to be", "be, or" }
--- ```
---
--- For other tokens, or some of the words only: `spans:ngrams(n)`.
---@param text string
---@param n integer  at least 1
---@return pumice.Spans
function M.ngrams(text, n)
  return core.token.words(text):ngrams(n)
end

---@class pumice.Set: userdata  `set[string]` is true or false, `#set` their number

--- Returns a set of strings to ask many times, as in `spans:count(set)`. Methods
--- that take a set take a plain table too, but must read it on every call.
---
--- ```lua
--- local small = token.set { "a", "the" }
--- token.words("The cat and the dog"):count(small)  --> 1
--- small["the"]                                     --> true
--- ```
---
--- Raises when the table has anything but strings in its list part, or keys that
--- are not strings.
---@param strings table  a list of strings, or strings as keys with true
---@return pumice.Set
function M.set(strings)
  return core.token.set(strings)
end

return M
