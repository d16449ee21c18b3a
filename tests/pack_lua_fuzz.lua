--- What unpacks packs to bytes that unpack to the same; any other bytes are refused.
local pack = require("pumice.core").pack

local function same(a, b)
  if type(a) ~= "table" then
    return math.type(a) == math.type(b) and (a == b or (a ~= a and b ~= b))
  end
  for k, v in pairs(a) do
    if not same(v, b[k]) then return false end
  end
  for k in pairs(b) do
    if a[k] == nil then return false end
  end
  return true
end

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
