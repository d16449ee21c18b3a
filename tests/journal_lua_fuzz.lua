--- Any bytes as a journal: its lines are tables, its length is that of whole lines;
--- cut off anywhere it has the first of these lines; and a line added behind that
--- length is one more.
local json = require "pumice.json"
local journal = require "pumice.engine.journal"

--- A line as JSON; a number too large for a float cannot be written again.
local function said(line)
  return select(2, pcall(json.encode, line))
end

return function(bytes)
  local lines, length = journal.lines(bytes)
  assert(length <= #bytes and (length == 0 or bytes:byte(length) == 10))
  for _, line in ipairs(lines) do assert(type(line) == "table") end
  for _, cut in ipairs { length, #bytes // 2, length - 1 } do
    local fewer, shorter = journal.lines(bytes:sub(1, math.max(cut, 0)))
    assert(#fewer <= #lines and shorter <= length)
    for i, line in ipairs(fewer) do assert(said(line) == said(lines[i])) end
  end
  local more, longer = journal.lines(bytes:sub(1, length) .. '{"at":1}\n')
  assert(#more == #lines + 1 and more[#more].at == 1 and longer == length + 9)
end
