--- Whether a key comes twice in an object of a JSON text that is whole, at any depth: by
--- a plain walk. `decode` reads the text of one string.

--- The place behind the string that begins at `at`.
local function string_end(text, at)
  at = at + 1
  while text:sub(at, at) ~= '"' do
    at = at + (text:sub(at, at) == "\\" and 2 or 1)
  end
  return at + 1
end

return function(text, decode)
  local open, twice = {}, false -- the keys of each object that is open; false: an array
  local at = 1
  while true do
    at = text:find('["%[%]{}]', at)
    if not at then return twice end
    local byte = text:sub(at, at)
    if byte == '"' then
      local last, keys = string_end(text, at), open[#open]
      if keys and text:find("^[ \t\r\n]*:", last) then
        local key = decode(text:sub(at, last - 1))
        twice, keys[key] = twice or keys[key] or false, true
      end
      at = last
    else
      if byte == "{" or byte == "[" then
        open[#open + 1] = byte == "{" and {}
      else
        open[#open] = nil
      end
      at = at + 1
    end
  end
end
