--- Whether two values are the same: tables by what is in them, numbers with their
--- subtype, one that is no number as itself. `kind_of` tells tables apart that look
--- alike otherwise.
local function same(a, b, kind_of)
  if type(a) ~= "table" then
    return math.type(a) == math.type(b) and (a == b or a ~= a and b ~= b)
  end
  for k, v in pairs(a) do
    if not same(v, b[k], kind_of) then return false end
  end
  for k in pairs(b) do
    if a[k] == nil then return false end
  end
  return not kind_of or kind_of(a) == kind_of(b)
end

return same
