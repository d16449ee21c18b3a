--- Phrases: thousands of literals, found in one pass; `regex.phrases` makes them.
---
--- Much faster than an alternation of the same literals, and the number of
--- phrases hardly matters.
---
--- Sources: Wu and Manber 1994, "A fast algorithm for multi-pattern searching",
--- for windows that are hashed and need not be looked at everywhere; Wang et al.
--- 2019, "Hyperscan", for asking about many places at a time: Teddy for a few
--- phrases, hashes for many.
local core = require("pumice.core").phrases
local options = require "pumice.options"

local M = {}

---@class pumice.phrases.Options
---@field caseless? boolean  upper and lower case are equal, in all scripts (default false);
---  save letters whose two cases take different numbers of bytes, such as U+212A
---@field words? boolean  only whole words: no letter, mark, digit or _ of the text may go
---  on where the phrase has one at its edge (default false)
---@field overlap? boolean  all occurrences; by default the leftmost longest ones,
---  which do not overlap (default false)
local defaults = { caseless = false, words = false, overlap = false }

---@class pumice.Phrases
---@field spans fun(self, text: string): pumice.Spans, integer[]  the occurrences in the
---  order of the text, and for each the number of its phrase in the list
---@field count fun(self, text: string): integer  how many there are
---@field test fun(self, text: string): boolean  whether there is one
---@field present fun(self, text: string): table<integer, true>  the numbers of those found;
---  without `overlap` one may hide behind a longer one

--- Prepares a list of phrases. Of equal ones the first counts. Raises at a phrase
--- that is empty or not a string.
---
--- ```lua
--- local cities = regex.phrases({ "New York", "York", "Paris" }, { words = true })
--- local spans, which = cities:spans("From Paris to New York, not Yorkshire")
--- spans[1], spans[2], #spans  --> "Paris", "New York", 2
--- which                       --> { 3, 1 }
--- ```
---
---@param list string[]
---@param opts? pumice.phrases.Options
---@return pumice.Phrases
function M.new(list, opts)
  local set = options.read(opts, defaults)
  return core.new(list, set.caseless, set.words, set.overlap)
end

return M
