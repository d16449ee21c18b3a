--- Any bytes as a vocabulary: they are refused with a message, or make an encoder
--- that gives a text back.
---
--- Input: a byte that chooses among three files, then what stands in it: a
--- tokenizer.json, which is only read; lines behind the ranks of all bytes; what is in
--- a tokenizer.json beside all bytes. To make an encoder takes long, so fewer are.
local base64 = {}
for byte = 0, 255 do
  local alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  local high, low = byte >> 2, (byte & 3) << 4
  base64[byte + 1] = ("%s%s== %d\n"):format(alphabet:sub(high + 1, high + 1),
    alphabet:sub(low + 1, low + 1), byte)
end
local ranks = table.concat(base64)

local bpe = require "pumice.token.bpe"
local hugging_face = require "pumice.token.hugging_face"

--- The letters that stand for bytes in a tokenizer.json, as its vocabulary.
local function letters()
  local list, next_letter = {}, 256
  for byte = 0, 255 do
    local plain = (byte >= 33 and byte <= 126) or (byte >= 161 and byte ~= 173)
    local letter = utf8.char(plain and byte or next_letter)
    if not plain then next_letter = next_letter + 1 end
    list[byte + 1] = ('"%s%s":%d'):format((letter == '"' or letter == "\\") and "\\" or "",
      letter, byte)
  end
  return table.concat(list, ",")
end
local vocab = letters()

local function check(made, message, text, exact)
  if not made then
    assert(type(message) == "string")
    return
  end
  local ids = made:encode(text)
  local back = made:decode(ids)
  assert(not exact or back == text)
end

return function(input)
  local choice, rest = input:byte() or 0, input:sub(2)
  if choice == 0 then
    local made, message = bpe.parse(ranks .. rest, { pattern = "r50k" })
    check(made, message, rest, true)
  elseif choice == 1 then
    local file = ('{"model":{"vocab":{%s,"ab":256%s}'):format(vocab, rest)
    local made, message = bpe.parse(file)
    check(made, message, "ab " .. rest, false)
  else
    local spec, message = hugging_face.read(rest)
    assert(spec or type(message) == "string")
  end
end
