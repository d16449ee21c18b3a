--- Reads the `tokenizer.json` of Hugging Face's tokenizers, as far as it is
--- byte-level BPE.
---
--- Sources: Hugging Face tokenizers; the alphabet that stands for bytes is from
--- GPT-2 (Radford et al. 2019), encoder.py.
local json = require "pumice.json"
local normalize = require("pumice.text").normalize
local patterns = require "pumice.token.patterns"

local M = {}

--- By the letter that stands for it, each byte: visible ones of Latin-1 for
--- themselves, the others from U+0100 on.
local byte_of = {}
do
  local next_free = 0x100
  for byte = 0, 255 do
    local visible = byte >= 33 and byte <= 126 or byte >= 161 and byte ~= 173
    byte_of[utf8.char(visible and byte or next_free)] = string.char(byte)
    if not visible then next_free = next_free + 1 end
  end
end

--- The bytes that a token stands for, or nil when it is not of that alphabet.
local function bytes_of(token)
  local whole = true
  local bytes = token:gsub(utf8.charpattern, function(letter)
    local byte = byte_of[letter]
    whole = whole and byte ~= nil
    return byte
  end)
  return whole and #bytes > 0 and bytes or nil
end

--- The field of a table, null and other types of it as nil; so a file of another
--- shape than expected is one that lacks something.
local function field(from, name, kind)
  local value = type(from) == "table" and from[name] or nil
  if type(value) == kind then return value end
end

local function no_support(what, value)
  return nil, ("%s '%s' is not supported"):format(what, tostring(value))
end

local FORMS = { NFC = true, NFD = true, NFKC = true, NFKD = true }

--- The normal forms that a text is brought to, in order; nil, message.
local function forms_of(normalizer, forms)
  if not normalizer then return forms end
  local kind = field(normalizer, "type", "string")
  if kind == "Sequence" then
    for _, part in ipairs(field(normalizer, "normalizers", "table") or {}) do
      local _, message = forms_of(part, forms)
      if message then return nil, message end
    end
    return forms
  end
  if not FORMS[kind] then return no_support("normalizer", kind) end
  forms[#forms + 1] = kind
  return forms
end

local GPT2 = "r50k"

--- How each kind of pre-tokenizer cuts: a pattern, "" for not at all; nil,
--- message.
local kinds = {}

function kinds.ByteLevel(part)
  if part.add_prefix_space == true then return no_support("add_prefix_space", true) end
  return part.use_regex == false and "" or GPT2
end

function kinds.Digits(part)
  return part.individual_digits == true and "\\p{N}" or "\\p{N}+"
end

function kinds.Split(part)
  local removes = part.behavior == "Removed" and part.invert == true
  if part.behavior ~= "Isolated" and not removes then
    return no_support("Split with behavior", part.behavior)
  end
  local pattern = field(part, "pattern", "table")
  local literal = field(pattern, "String", "string")
  local cut = literal and literal:gsub("[^%w\128-\255]", "\\%0")
    or field(pattern, "Regex", "string")
  if not cut then return no_support("Split with pattern", part.pattern) end
  -- What lies between the matches would go; the patterns of ours leave nothing.
  if removes and not patterns.is_known(cut) then
    return no_support("Split with behavior 'Removed' and the pattern", cut)
  end
  return cut
end

--- The stages that cut a text; nil, message.
local function stages_of(pre_tokenizer)
  local parts = field(pre_tokenizer, "pretokenizers", "table") or { pre_tokenizer }
  local last = parts[#parts]
  if field(last, "type", "string") ~= "ByteLevel" then
    return nil, "not byte-level: the pre-tokenizer does not end with ByteLevel"
  end
  local stages = {}
  for _, part in ipairs(parts) do
    local kind = field(part, "type", "string")
    if not kinds[kind] or (kind == "ByteLevel" and part ~= last) then
      return no_support("pre-tokenizer", kind)
    end
    local pattern, message = kinds[kind](part)
    if not pattern then return nil, message end
    if pattern ~= "" then
      stages[#stages + 1], message = patterns.stage(pattern, true)
      if message then return nil, ("pattern %s: %s"):format(pattern, message) end
    end
  end
  return stages
end

--- Rules as left, right, made, left, ...; nil, message.
local function rules_of(merges, vocab)
  local rules = {}
  for i, merge in ipairs(merges) do
    local left, right
    if type(merge) == "string" then
      left, right = merge:match("^([^ ]+) ([^ ]+)$")
    else
      left, right = field(merge, 1, "string"), field(merge, 2, "string")
    end
    local made = left and right and vocab[left .. right]
    if not (made and vocab[left] and vocab[right]) then
      return nil, ("merge %d is not of two tokens that make a third"):format(i)
    end
    local at = #rules
    rules[at + 1], rules[at + 2], rules[at + 3] = vocab[left], vocab[right], made
  end
  return rules
end

--- Is the token found in the text when that has been brought to the forms?
local function stays(content, forms)
  for _, form in ipairs(forms) do
    if normalize(content, form) ~= content then return false end
  end
  return true
end

--- Sorts out the added tokens: what is found always, what when asked for, and
--- what has an id only; nil, message.
local function added_of(list, forms)
  local always, special, silent = {}, {}, {}
  for i, token in ipairs(list) do
    local content, id = field(token, "content", "string"), field(token, "id", "number")
    if not content or content == "" or math.type(id) ~= "integer" then
      return nil, ("added token %d has no content or no id"):format(i)
    end
    local plain = not (token.lstrip == true or token.rstrip == true or token.single_word == true)
    if not plain and token.special ~= true then
      return no_support("lstrip, rstrip or single_word of the added token", content)
    end
    if plain and not stays(content, forms) then
      return no_support(("normalizer '%s' with the added token"):format(forms[1]), content)
    end
    local set = not plain and silent or token.special == true and special or always
    set[content] = id
  end
  return { always = always, special = special, silent = silent }
end

--- What the model must not have: each changes the ids.
local function check_model(model)
  for _, name in ipairs { "continuing_subword_prefix", "end_of_word_suffix" } do
    local value = field(model, name, "string")
    if value and value ~= "" then return no_support(name, value) end
  end
  local dropout = field(model, "dropout", "number")
  if dropout and dropout ~= 0 then return no_support("dropout", dropout) end
  if model.byte_fallback == true then return no_support("byte_fallback", true) end
  return true
end

---@class pumice.token.HuggingFace
---@field tokens table<integer, string>  bytes by id
---@field rules integer[]
---@field stages (string|pumice.Regex)[]
---@field whole boolean  a piece that is a token is not merged
---@field forms string[]  normal forms to apply first
---@field always table<string, integer>   added tokens found in every text
---@field special table<string, integer>  found when asked for
---@field silent table<string, integer>   never found; they can be decoded

--- Returns what `text` describes, or nil and what is wrong or not supported.
---@param text string  JSON
---@return pumice.token.HuggingFace?
---@return string? message
function M.read(text)
  local file, message = json.decode(text)
  if file == nil then return nil, message end
  local model = field(file, "model", "table")
  local vocab, merges = field(model, "vocab", "table"), field(model, "merges", "table")
  if not (vocab and merges) then
    return nil, "no tokenizer.json with a BPE model: model.vocab or model.merges is missing"
  end
  local fine
  fine, message = check_model(model)
  if not fine then return nil, message end

  local spec = { whole = model.ignore_merges == true, tokens = {} }
  for token, id in pairs(vocab) do
    if math.type(id) ~= "integer" then
      return nil, ("token '%s' has no integer as id"):format(token)
    end
    spec.tokens[id] = bytes_of(token)
  end
  spec.rules, message = rules_of(merges, vocab)
  if not spec.rules then return nil, message end
  spec.forms, message = forms_of(field(file, "normalizer", "table"), {})
  if not spec.forms then return nil, message end
  spec.stages, message = stages_of(field(file, "pre_tokenizer", "table"))
  if not spec.stages then return nil, message end
  local added
  added, message = added_of(field(file, "added_tokens", "table") or {}, spec.forms)
  if not added then return nil, message end
  spec.always, spec.special, spec.silent = added.always, added.special, added.silent
  return spec
end

return M
