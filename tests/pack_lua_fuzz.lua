--- What unpacks packs to bytes that unpack to the same; any other bytes are refused.
local pack = require("pumice.core").pack
local same = require "same"

return function(bytes)
  local ok, value = pcall(pack.unpack, bytes)
  if not ok then
    assert(value:find "damaged" or value:find "nested too deeply")
    return
  end
  local fine, again = pcall(pack.pack, value)
  if fine then
    assert(same(value, pack.unpack(again)))
  else
    assert(again:find "deep" or again:find "key")
  end
end
