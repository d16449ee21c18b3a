--- Two texts side by side: what they share after editing, and what changed.
local core = require("pumice.core").align
local options = require "pumice.options"

local M = {}

---@class pumice.align.Passage
---@field first integer  first byte in the one text
---@field last integer  last byte
---@field their_first integer  first byte in the other text
---@field their_last integer

---@class pumice.align.Reuse
---@field passages pumice.align.Passage[]  in the order of the first text; in
---  neither text do two overlap
---@field aligned number  share of the words of the first text that lie in
---  passages, 0 to 1
---@field their_aligned number  the same of the second text
---@field jaccard number  shared shingles over all shingles
---@field contained number  share of the first text's shingles that stand in
---  the second
---@field contains number  share of the second text's shingles that stand in
---  the first
---@field words integer  words of the first text
---@field their_words integer

---@class pumice.align.Options
---@field n? integer  words in the shingles that passages start from and that
---  are counted (default 3)
---@field gap? integer  most words that differ in one place within a passage, 0
---  to 32 (default 8)
---@field min_words? integer  least words that a passage has in common (default 8)
---@field min_share? number  least share of a passage's words that are the same
---  in both, 0 to 1 (default 0.5)
---@field without? pumice.Shingles  shingles of n words, or a sample of them,
---  that say nothing: words that lie in them, or between two of them, are left
---  out of both texts, but of one that is for four fifths made of them and has
---  no 30 other words in a row

local defaults = { n = 3, gap = 8, min_words = 8, min_share = 0.5, without = options.any }

--- Returns the passages that two texts have in common, and in what measure the
--- texts share their words. Words are compared folded, as `shingle.words` does;
--- words changed, dropped or added inside a passage do not end it, and passages
--- may stand in another order. Time grows with the words of both, for any text.
---
--- ```lua
--- local one = "Rossia said it has key interests in common with the US and waits."
--- local two = "It was late. Rossiya said it has key interests in common with the United States."
--- local found = align.reuse(one, two)
--- #found.passages                                   --> 1
--- local p = found.passages[1]
--- one:sub(p.first, p.last)  --> "said it has key interests in common with the"
--- two:sub(p.their_first, p.their_last)  --> "said it has key interests in common with the"
--- found.contained > 0.5  --> true
--- ```
---
---@param a string
---@param b string
---@param opts? pumice.align.Options
---@return pumice.align.Reuse
function M.reuse(a, b, opts)
  local o = options.read(opts, defaults)
  options.count("n", o.n, 1, 64, 3)
  options.count("gap", o.gap, 0, 32, 3)
  options.count("min_words", o.min_words, 1, nil, 3)
  options.share("min_share", o.min_share, 3)
  return core.reuse(a, b, o.n, o.gap, o.min_words, o.min_share, o.without)
end

---@class pumice.align.Edit
---@field op "same"|"delete"|"insert"|"replace"|"move"
---@field first integer  first byte in the first text
---@field last integer  last byte; first - 1 when nothing of it is meant
---@field their_first integer
---@field their_last integer
---@field other? integer  of a move: place in the list of the other half of it

---@class pumice.align.DiffOptions
---@field exact? boolean  see below (default false)
---@field moves? integer  least words of a passage that moved (default 0: no moves)

--- Returns what turns the first text into the second, word by word, as a list
--- of edits that together cover every byte of both texts in order. A word
--- carries what stands between it and the next one.
---
--- Words are equal when they are the same folded, so case, quotes, spaces and
--- punctuation are no change. With `exact` they are equal when their bytes and
--- those up to the next word are; then the edits, applied, give the second text
--- byte for byte.
---
--- ```lua
--- local one, two = "Putin said on Saturday in Moscow", "Mr Putin said in Moscow"
--- local ops = {}
--- for i, edit in ipairs(align.diff(one, two)) do
---   ops[i] = edit.op .. " " .. one:sub(edit.first, edit.last)
--- end
--- ops  --> { "insert ", "same Putin said ", "delete on Saturday ", "same in Moscow" }
--- ```
---
--- A word or three that happen to be the same in the midst of larger changes
--- are part of the change, and what was added or left out begins and ends, where
--- it can, as sentences do.
---
--- With `moves` a passage of so many words that is left out here and added there is
--- two edits "move", at the place where it stood (with nothing of the second text)
--- and at that where it stands (with nothing of the first).
---
--- ```lua
--- local a = "A calm sea today. The ferry to Brim will close in October. No news."
--- local b = "No news. A calm sea today. The ferry to Brim will close in October!"
--- local edits = align.diff(a, b, { moves = 2 })
--- #edits, edits[1].op, edits[edits[1].other].op  --> 3, "move", "move"
--- a:sub(edits[3].first, edits[3].last)           --> "No news."
--- ```
---
--- Source: Myers 1986, "An O(ND) difference algorithm and its variations".
---@param a string
---@param b string
---@param opts? pumice.align.DiffOptions
---@return pumice.align.Edit[]
function M.diff(a, b, opts)
  local o = options.read(opts, { exact = false, moves = 0 })
  options.count("moves", o.moves, 0, nil, 3)
  return core.diff(a, b, o.exact, o.moves)
end

return M
