--- Shingles: the overlapping windows of n words or characters of a text.
---
--- Two texts that share most of their shingles are near-duplicates; a text most
--- of whose shingles stand in another one is contained in it. A `Shingles` is
--- the set of a text's shingles as 64-bit hashes, packed and sorted.
---
--- Words are runs of letters and digits, folded: case, accents, composed or
--- not, full width or not, and characters that do not show make no difference.
--- In scripts without spaces (Han, Hiragana, Thai, ...) each letter is a word.
---
--- Source: Broder 1997, "On the resemblance and containment of documents".
local core = require("pumice.core").shingle
local options = require "pumice.options"
local sketches = require("pumice.core").sketch

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

---@class pumice.shingle.Options
---@field n? integer  words (default 3) or characters (default 8) a shingle, 1 to 64
---@field positions? boolean  remember where each stands (default false); costs
---  16 bytes a word; `fingerprint` and `positions` need it
---@field counted? boolean  a shingle that occurs again counts again (default
---  false): then `jaccard`, `containment` and the sketches are the weighted ones,
---  the sum of the lesser counts over the sum of the greater

local word_defaults = { n = 3, positions = false, counted = false }
local char_defaults = { n = 8, positions = false, counted = false }

--- Raises unless it is what shingles are made of, and `n` so many of them.
local function check(text, n)
  local kind = type(text)
  if kind ~= "string" and kind ~= "userdata" and kind ~= "number" then
    error(("a text is a string, or the Spans of its words, not a %s"):format(kind), 3)
  end
  options.count("n", n, 1, 64, 4)
end

--- Returns the shingles of n words of a text. A text of fewer than n words has
--- one shingle, all of it; one without words has none.
---
--- ```lua
--- #shingle.words("to be or not to be", { n = 2 })  --> 4
--- shingle.words("Café"):jaccard(shingle.words("cafe\u{301}"))  --> 1.0
--- #shingle.words("to be or not to be", { n = 2, counted = true })  --> 5
--- ```
---
--- What a word is can be told by a Spans: some of the words, matches of a pattern,
--- tokens of a language model.
---
--- ```lua
--- local words = token.words("To be or not to be")
--- #shingle.words(words:without { "or", "not" }, { n = 2 })                --> 2
--- #shingle.words(regex.spans("a-b c-d e-f", "\\w-\\w"), { n = 2 })  --> 2
--- ```
---
---@param text string|pumice.Spans  a text, or the words of one
---@param opts? pumice.shingle.Options
---@return pumice.Shingles
function M.words(text, opts)
  local o = options.read(opts, word_defaults)
  check(text, o.n)
  return core.words(text, o.n, o.positions, o.counted)
end

--- Returns the shingles of n characters of the folded words of a text, one
--- space between two words, whatever stood there.
---
--- ```lua
--- #shingle.chars("banana", { n = 3 })  --> 3
--- shingle.chars("New - York"):jaccard(shingle.chars("new york"))  --> 1.0
--- ```
---
---@param text string|pumice.Spans  a text, or the words of one
---@param opts? pumice.shingle.Options
---@return pumice.Shingles
function M.chars(text, opts)
  local o = options.read(opts, char_defaults)
  check(text, o.n)
  if type(text) == "userdata" then text = text:join() end
  return core.chars(text, o.n, o.positions, o.counted)
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
  if type(bytes) ~= "string" then
    error(("packed shingles are a string, as Shingles:pack makes it, not a %s"):format(
      type(bytes)), 2)
  end
  return core.unpack(bytes)
end

--- Returns the shingles in both over the shingles in either, 0 to 1 (0 when
--- both texts are empty). Raises when they are of different widths or kinds, such as
--- words and characters, and of samples of different rates.
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
  if math.type(one_in) == "integer" then
    while 1 << rate < one_in and rate < 62 do rate = rate + 1 end
  end
  if 1 << rate ~= one_in then
    error(("a sample of one in %s: not a power of two"):format(tostring(one_in)), 2)
  end
  return core.sample(self, rate)
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
  return core.fingerprint(self,
    options.count("w", options.read(opts, { w = 4 }).w, 1, nil, 3))
end

---@class pumice.shingle.SketchOptions
---@field k? integer  slots, 1 to 4096 (default 128)
---@field bits? 32|8  bits kept of a slot (default 32); 8 tell texts apart nearly
---  as well, and cannot be merged
---@field seed? integer  (default 1)

local sketch_defaults = { k = 128, bits = 32, seed = 1 }

--- Returns the options of a sketch. Raises when it cannot be made so.
local function sketch_options(opts, defaults)
  local o = options.read(opts, defaults)
  options.count("k", o.k, 1, 4096, 4)
  if o.bits ~= 32 and o.bits ~= 8 then
    error(("option 'bits' is 32 or 8, not %s"):format(o.bits), 3)
  elseif not math.tointeger(o.seed) then
    error(("option 'seed' is a whole number, not %s"):format(o.seed), 3)
  end
  return o
end

--- Returns the Fast Similarity Sketch: a string of k slots and a head of 20
--- bytes that says how it was made and has a check of all of it. Two with the same n,
--- k, bits and seed are compared by `shingle.similarity` and joined by `shingle.merge`.
---
--- The standard error of the similarity is at most sqrt(J (1 - J) / k), and less
--- for texts of few shingles.
---
--- ```lua
--- local a = shingle.words("the cat sat on the mat"):sketch()
--- local b = shingle.words("The cat sat on the mat!"):sketch()
--- #a, shingle.similarity(a, b)  --> 532, 1.0
--- ```
---
--- Source: Dahlgaard, Knudsen, Thorup 2017, "Fast Similarity Sketching".
---@param opts? pumice.shingle.SketchOptions
---@return string
function Shingles:sketch(opts)
  local o = opts and sketch_options(opts, sketch_defaults) or sketch_defaults
  return sketches.fast(self, o.k, o.bits, o.seed)
end

--- Returns the MinHash signature, a string like that of `Shingles:sketch`. It
--- takes k times the work and errs more; for those who need the method by name.
---
--- ```lua
--- local a, b = shingle.words("a b c d"), shingle.words("a b c d e")
--- shingle.similarity(a:minhash { k = 64 }, b:minhash { k = 64 }) > 0.3  --> true
--- ```
---
--- Source: Broder et al. 1998, "Min-wise independent permutations".
---@param opts? pumice.shingle.SketchOptions
---@return string
function Shingles:minhash(opts)
  local o = sketch_options(opts, sketch_defaults)
  return sketches.minhash(self, o.k, o.bits, o.seed)
end

--- Returns the SimHash: 64 bits as an integer, 0 for an empty text. Two texts
--- differ in d bits when their shingles have a cosine of about cos(pi d / 64);
--- `shingle.similarity` gives that estimate.
---
--- ```lua
--- local a, b = shingle.words("a b c d"):simhash(), shingle.words("A B C D"):simhash()
--- a == b, shingle.similarity(a, b)  --> true, 1.0
--- ```
---
--- Source: Charikar 2002, "Similarity estimation techniques from rounding
--- algorithms".
---@return integer
function Shingles:simhash()
  return sketches.simhash(self)
end

---@class pumice.shingle.TextSketchOptions: pumice.shingle.SketchOptions
---@field n? integer  words a shingle (default 3)

local text_sketch_defaults = { n = 3, k = 128, bits = 32, seed = 1 }

--- Returns the sketch of the word shingles of a text, the same that
--- `shingle.words(text):sketch()` gives, several times as fast: the set itself is
--- not made.
---
--- ```lua
--- shingle.sketch("to be or not", { n = 2 }) == shingle.words("to be or not", { n = 2 }):sketch()
---   --> true
--- ```
---
---@param text string|pumice.Spans  a text, or the words of one
---@param opts? pumice.shingle.TextSketchOptions
---@return string
function M.sketch(text, opts)
  local o = sketch_options(opts, text_sketch_defaults)
  check(text, o.n)
  return sketches.text(text, o.n, o.k, o.bits, o.seed)
end

--- The number of bits that are set.
local function ones(bits)
  local count = 0
  while bits ~= 0 do
    bits = bits & (bits - 1)
    count = count + 1
  end
  return count
end

--- Returns an estimate of how similar the texts are that two sketches or two
--- signatures are of: their Jaccard similarity, 0 to 1. Of two SimHashes: the
--- cosine of their sets, -1 to 1. What is like nothing, not even like itself, is
--- the sketch of an empty text. Raises when the two were not made the same way.
---
--- ```lua
--- local sketch = shingle.words("a b c d"):sketch { bits = 8 }
--- shingle.similarity(sketch, sketch)  --> 1.0
--- ```
---
---@param a string|integer
---@param b string|integer
---@return number
function M.similarity(a, b)
  if math.type(a) == "integer" and math.type(b) == "integer" then
    return math.cos(math.pi * ones(a ~ b) / 64)
  end
  return sketches.similarity(a, b)
end

--- Returns the sketch of the shingles that either of two texts has, from their
--- sketches or signatures. Raises when the two were not made the same way, or
--- with 8 bits.
---
--- ```lua
--- local a, b = shingle.words("a b c d"), shingle.words("c d e f")
--- shingle.merge(a:sketch(), b:sketch()) == a:with(b):sketch()  --> true
--- ```
---
---@param a string
---@param b string
---@return string
function M.merge(a, b)
  return sketches.merge(a, b)
end

--- Returns how to cut sketches of k slots into b bands of r rows, so that
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
  local weight = options.share("misses", options.read(opts, { misses = 0.5 }).misses, 3)
  options.share("threshold", threshold, 3)
  if not (math.type(k) == "integer" and k >= 1) then
    error(("a sketch has at least one slot, not %s"):format(tostring(k)), 2)
  end
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

--- Returns the keys of the bands of `rows` slots of a sketch or signature,
--- packed as `Shingles:pack` does: texts with a key in common may be near.
---
--- ```lua
--- local sketch = shingle.words("a b c d"):sketch { k = 64 }
--- #shingle.unpack(shingle.band_keys(sketch, 4))  --> 16
--- ```
---
---@param sketch string
---@param rows integer
---@return string
function M.band_keys(sketch, rows)
  if not math.tointeger(rows) then
    error(("the rows of a band are a whole number, not %s"):format(tostring(rows)), 2)
  end
  return sketches.band_keys(sketch, rows)
end

return M
