--- Shingles: the overlapping windows of n words or characters of a text.
---
--- Two texts that share most of their shingles are near-duplicates; a text most
--- of whose shingles stand in another one is contained in it. A `Shingles` is
--- the set of a text's shingles as 64-bit hashes (XXH3), packed and sorted.
---
--- Words are runs of letters and digits, folded: case, accents, composed or
--- not, full width or not, and characters that do not show make no difference.
--- In scripts without spaces (Han, Hiragana, Thai, ...) each letter is a word.
---
--- Source: Broder 1997, "On the resemblance and containment of documents".
local core = require("pumice.core").shingle
local options = require "pumice.options"

local M = {}

---@class pumice.Shingles
---@field shared fun(self, other: pumice.Shingles): integer  how many both have
---@field without fun(self, other: pumice.Shingles): pumice.Shingles  mine alone
---@field with fun(self, other: pumice.Shingles): pumice.Shingles  mine and the
---  other's, at the sparser rate when they are samples
---@field units fun(self): integer  words (or characters) of the text
---@field positions fun(self): table<integer, integer>  hash to the number of
---  its first word; needs `positions = true`
---@field pack fun(self): string  as bytes, the same on every machine
local Shingles = core.methods
local sample, fingerprint, minhash = Shingles.sample, Shingles.fingerprint, Shingles.minhash

---@class pumice.shingle.Options
---@field n? integer  words (default 3) or characters (default 8) a shingle, 1 to 64
---@field positions? boolean  remember where each stands (default false); costs
---  16 bytes a word; `fingerprint` and `positions` need it

local word_defaults = { n = 3, positions = false }
local char_defaults = { n = 8, positions = false }

--- Returns the shingles of n words of a text. A text of fewer than n words has
--- one shingle, all of it; one without words has none.
---
--- ```lua
--- #shingle.words("to be or not to be", { n = 2 })  --> 4
--- shingle.words("Café"):jaccard(shingle.words("cafe\u{301}"))  --> 1.0
--- ```
---
---@param text string|pumice.Spans  a text, or the words of one
---@param opts? pumice.shingle.Options
---@return pumice.Shingles
function M.words(text, opts)
  local o = options.read(opts, word_defaults)
  return core.words(text, o.n, o.positions)
end

--- Returns the shingles of n characters of the folded words of a text, one
--- space between two words, whatever stood there.
---
--- ```lua
--- #shingle.chars("banana", { n = 3 })  --> 3
--- shingle.chars("New - York"):jaccard(shingle.chars("new york"))  --> 1.0
--- ```
---
---@param text string
---@param opts? pumice.shingle.Options
---@return pumice.Shingles
function M.chars(text, opts)
  local o = options.read(opts, char_defaults)
  return core.chars(text, o.n, o.positions)
end

--- Returns what `Shingles:pack` packed, or nil and what is wrong with it.
---
--- ```lua
--- #shingle.unpack(shingle.words("a b c d"):pack())  --> 2
--- ```
---
---@param bytes string
---@return pumice.Shingles?, string?
function M.unpack(bytes)
  return core.unpack(bytes)
end

--- Returns the shingles in both over the shingles in either, 0 to 1 (0 when
--- both texts are empty). Raises when they are of different widths.
---
--- ```lua
--- shingle.words("a b c d"):jaccard(shingle.words("b c d e"))  --> 1 / 3
--- ```
---
---@param other pumice.Shingles
---@return number
function Shingles:jaccard(other)
  local shared = self:shared(other)
  return shared == 0 and 0.0 or shared / (#self + #other - shared)
end

--- Returns the share of these shingles that the other has too, 0 to 1 (0 for
--- an empty text).
---
--- ```lua
--- shingle.words("b c d"):containment(shingle.words("a b c d e"))  --> 1.0
--- ```
---
---@param other pumice.Shingles
---@return number
function Shingles:containment(other)
  return #self == 0 and 0.0 or self:shared(other) / #self
end

--- Returns about one in `one_in` of the shingles, chosen by their hashes, so
--- that texts that share a shingle choose it in both or in neither. Samples
--- compare like whole sets, with an error.
---
--- ```lua
--- #shingle.words("a b c d"):sample(1)  --> 2
--- ```
---
---@param one_in integer  a power of two
---@return pumice.Shingles
function Shingles:sample(one_in)
  local rate = 0
  while 1 << rate < one_in and rate < 62 do rate = rate + 1 end
  if 1 << rate ~= one_in then
    error(("a sample of one in %s: not a power of two"):format(tostring(one_in)), 2)
  end
  return sample(self, rate)
end

--- Returns the fingerprint of a text: the least hash of each window of w
--- shingles in a row. Any run of w + n - 1 words that two texts share gives
--- them one in common. Raises if made without `positions = true`.
---
--- ```lua
--- local options = { n = 2, positions = true }
--- local one = shingle.words("he said that the sky is blue", options):fingerprint { w = 3 }
--- local two = shingle.words("they knew the sky is blue", options):fingerprint { w = 3 }
--- one:shared(two) > 0  --> true
--- ```
---
--- Source: Schleimer, Wilkerson, Aiken 2003, "Winnowing: local algorithms for
--- document fingerprinting".
---@param opts? { w: integer }  shingles in a window (default 4)
---@return pumice.Shingles
function Shingles:fingerprint(opts)
  return fingerprint(self, options.read(opts, { w = 4 }).w)
end

--- Returns the MinHash signature: k slots of four bytes. Two signatures with
--- one k and seed are compared by `shingle.similarity`.
---
--- ```lua
--- #shingle.words("a b c d"):minhash { k = 64 }  --> 256
--- ```
---
--- Source: Broder et al. 1998, "Min-wise independent permutations".
---@param opts? { k?: integer, seed?: integer }  defaults 128 and 1
---@return string
function Shingles:minhash(opts)
  local o = options.read(opts, { k = 128, seed = 1 })
  return minhash(self, o.k, o.seed)
end

--- Returns an estimate of the Jaccard similarity of the texts that two MinHash
--- signatures are of: the share of equal slots. Its standard error is
--- sqrt(J (1 - J) / k). Raises when the signatures differ in length.
---
--- ```lua
--- local signature = shingle.words("a b c d"):minhash()
--- shingle.similarity(signature, signature)  --> 1.0
--- ```
---
---@param a string
---@param b string
---@return number
function M.similarity(a, b)
  return core.similarity(a, b)
end

--- Returns how to cut signatures of k slots into b bands of r rows, so that
--- texts with a band in common are those with a Jaccard similarity above the
--- threshold: the pair for which misses and false alarms together are fewest,
--- for similarities spread evenly. With it comes the curve: a function from a
--- similarity to the chance that such a pair is found, 1 - (1 - J^r)^b.
---
--- ```lua
--- local b, r, curve = shingle.bands(128, 0.5)
--- b, r                        --> 25, 5
--- ("%.2f"):format(curve(0.8))  --> "1.00"
--- ("%.2f"):format(curve(0.2))  --> "0.01"
--- ```
---
--- Source: Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4.
---@param k integer  slots
---@param threshold number  0 to 1
---@param opts? { misses: number }  weight of a miss against a false alarm, 0
---  to 1 (default 0.5)
---@return integer bands, integer rows, fun(jaccard: number): number curve
function M.bands(k, threshold, opts)
  local weight = options.read(opts, { misses = 0.5 }).misses
  local steps = 200
  local best, bands, rows = math.huge, nil, nil
  for r = 1, k do
    local b = k // r
    local cost = 0
    for i = 0, steps - 1 do
      local j = (i + 0.5) / steps
      local found = 1 - (1 - j ^ r) ^ b
      cost = cost + (j < threshold and (1 - weight) * found or weight * (1 - found))
    end
    if cost < best then best, bands, rows = cost, b, r end
  end
  return bands, rows, function(jaccard) return 1 - (1 - jaccard ^ rows) ^ bands end
end

--- Returns the keys of the bands of `rows` slots of a signature, packed as
--- `Shingles:pack` does: texts with a key in common may be near.
---
--- ```lua
--- local signature = shingle.words("a b c d"):minhash { k = 64 }
--- #shingle.unpack(shingle.band_keys(signature, 4))  --> 16
--- ```
---
---@param signature string
---@param rows integer
---@return string
function M.band_keys(signature, rows)
  return core.band_keys(signature, rows)
end

return M
