--- Spans: many places in one text, packed. What tokenizers and bulk searches give.
---
---     #spans      how many
---     spans[i]    the i-th piece of text, nil past the end
---
--- Positions are bytes, counted from 1, the last one included, as in
--- `string.find`; an empty span at 5 is first = 5, last = 4. The places stand in
--- the order of the text. A Spans does not change: methods give new ones.
local core = require "pumice.core"

---@class pumice.Spans: userdata
---@operator len: integer
---@field [integer] string
local M = core.spans

--- Iterates over i, first, last. It makes no garbage; `ipairs(spans)` iterates
--- over i, string.
---
--- ```lua
--- local sum = 0
--- for _, first, last in token.words("to be"):each() do sum = sum + last - first + 1 end
--- sum  --> 4
--- ```
---@return fun(spans: pumice.Spans, i: integer): integer?, integer?, integer?
---@return pumice.Spans
---@return integer
M.each = core.spans.each

--- Returns where the i-th span begins and ends, or nothing when there is none.
---
--- ```lua
--- token.words("to be"):range(2)  --> 4, 5
--- ```
---@param i integer
---@return integer? first
---@return integer? last
M.range = core.spans.range

--- Returns the pieces of text as an array.
---
--- ```lua
--- token.words("to be"):strings()  --> { "to", "be" }
--- ```
---@return string[]
M.strings = core.spans.strings

--- Returns the pieces of text, joined by `separator`.
---
--- ```lua
--- token.words("to   be!"):join()     --> "to be"
--- token.words("to   be!"):join("-")  --> "to-be"
--- ```
---@param separator? string  (default a blank)
---@return string
M.join = core.spans.join

--- Returns the text that the spans lie in.
---
--- ```lua
--- token.words("to be"):text()  --> "to be"
--- ```
---@return string
M.text = core.spans.text

--- Returns the spans from the i-th to the j-th. Numbers work as in `string.sub`:
--- negative ones count from the end.
---
--- ```lua
--- token.words("to be or not"):slice(2, -2):strings()  --> { "be", "or" }
--- ```
---@param i? integer  (default 1)
---@param j? integer  (default -1)
---@return pumice.Spans
M.slice = core.spans.slice

---@alias pumice.spans.Question
---| pumice.Set                                      the string is in the set
---| table<string, true> | string[]                  the same, from a plain table
---| pumice.Regex                                    the pattern matches in the string
---| fun(string: string, i: integer): any            it returns neither nil nor false
---| { min?: integer, max?: integer }                its length in bytes is within
---| { min_chars?: integer, max_chars?: integer }    its length in characters is

--- Returns of how many spans the question holds.
---
--- ```lua
--- local words = token.words("to be or not to be")
--- words:count { "to", "not" }                          --> 3
--- words:count { min = 3 }                              --> 1
--- words:count(function(word) return word < "c" end)    --> 2
--- words:count(regex.new "o")                           --> 4
--- ```
---
--- For a regex each piece is a text of its own, with its ^, $ and \b; a limit that
--- is reached raises. Over the lines of a text this is many times as fast as a loop
--- that calls `re:test` for each.
---
--- A table whose keys are all among min, max, min_chars and max_chars, with
--- integers as values, is a length; any other is a set of strings.
---@param question pumice.spans.Question
---@return integer
M.count = core.spans.count

--- Returns the spans for which the question holds; see `count`.
---
--- ```lua
--- token.words("to be or not to be"):where({ min = 3 }):strings()  --> { "not" }
--- token.lines("tea\n1 cup\n"):where(regex.new "^\\d"):strings()    --> { "1 cup" }
--- ```
---@param question pumice.spans.Question
---@return pumice.Spans
M.where = core.spans.where

--- Returns the spans for which the question does not hold; see `count`.
---
--- ```lua
--- token.words("to be or not to be"):without({ "to", "be" }):strings()  --> { "or", "not" }
--- ```
---@param question pumice.spans.Question
---@return pumice.Spans
M.without = core.spans.without

--- Returns the runs of `n` spans: each goes from the start of one to the end of
--- the one n - 1 further on. They overlap.
---
--- ```lua
--- token.words("to be, or"):ngrams(2):strings()  --> { "to be", "be, or" }
--- ```
---@param n integer  at least 1
---@return pumice.Spans
M.ngrams = core.spans.ngrams

--- Returns a table with how often each string occurs.
---
--- ```lua
--- token.words("to be or not to be"):frequencies()  --> { to = 2, be = 2, ["or"] = 1, ["not"] = 1 }
--- ```
---@return table<string, integer>
M.frequencies = core.spans.frequencies

--- Returns the 64-bit hash of each piece, XXH3 with the seed; may be negative.
---
--- ```lua
--- local hashes = token.words("to be to"):hash()
--- hashes[1] == hashes[3]  --> true
--- ```
---@param seed? integer  (default 0)
---@return integer[]
M.hash = core.spans.hash

--- Returns these spans in lower case: over a new text, in which what lies between
--- them is as it was. Each character becomes one (simple mapping), so "İ" becomes
--- "i" and "ß" stays; to compare texts use `text.fold`.
---
--- ```lua
--- token.words("The END."):lower():strings()  --> { "the", "end" }
--- token.words("The END."):lower():text()     --> "the end."
--- ```
---
--- Raises when spans overlap.
---@return pumice.Spans
M.lower = core.spans.lower

--- Returns the text with each piece replaced: by a string as it stands, by what a
--- table has for it or by what a function returns. Nil and false leave it as it is.
---
--- ```lua
--- local words = token.words("to be or not")
--- words:replace({ be = "BE" })                       --> "to BE or not"
--- words:replace(function(word, i) return i .. word end)  --> "1to 2be 3or 4not"
--- ```
---
--- Raises when spans overlap, and at a replacement that is no string.
---@param with string | table<string, string> | fun(string: string, i: integer): string?
---@return string
M.replace = core.spans.replace

return M
