--- What becomes of bytes of the input that are not UTF-8.
local text = require "pumice.text"

local M = {}

--- What `--invalid` takes. "reject": they stay in the document, for stages to
--- repair, and it is a reject if they still are there at the end (a line of
--- JSON is one at once). "replace": each becomes U+FFFD. "decode": the bytes are
--- read in the charset in which they make most sense, see text.decode.
M.policies = { "reject", "replace", "decode" }

--- Returns `bytes` as UTF-8, and whether they were not.
---@param bytes string
---@param policy? string  nil: as "reject"
---@param hint? string  what somebody says the charset is
---@return string
---@return boolean mended
function M.mend(bytes, policy, hint)
  if not policy or policy == "reject" or text.check(bytes) then return bytes, false end
  return text.decode(bytes, policy == "decode" and { hint = hint } or { charset = "utf-8" }), true
end

--- The same for all of a file: there, text that is UTF-16 is one even where its
--- bytes are UTF-8.
---@param bytes string
---@param policy? string
---@return string
---@return boolean mended
function M.mend_file(bytes, policy)
  if policy ~= "decode" then return M.mend(bytes, policy) end
  local decoded = text.decode(bytes)
  return decoded, decoded ~= bytes
end

--- Escapes of halves of a character are no UTF-8 either.
local function mend_surrogates(line)
  local pieces, at = {}, 1
  while true do
    local first = line:find("\\", at, true)
    if not first then break end
    local last = first + 1
    local piece = line:sub(first, last)
    local high, low = line:match("^\\u([dD][89abAB]%x%x)(.?.?.?.?.?.?)", first)
    if high and low:find("^\\u[dD][c-fC-F]%x%x") then
      last = first + 11
      piece = line:sub(first, last)
    elseif line:find("^\\u[dD][89a-fA-F]%x%x", first) then
      last, piece = first + 5, "\\uFFFD"
    end
    pieces[#pieces + 1] = line:sub(at, first - 1) .. piece
    at = last + 1
  end
  pieces[#pieces + 1] = line:sub(at)
  return table.concat(pieces)
end

--- Returns a line of JSON as UTF-8, also where it is escaped.
---@param line string
---@param policy string
---@return string
function M.mend_line(line, policy)
  return mend_surrogates((M.mend(line, policy)))
end

return M
