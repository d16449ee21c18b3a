--- Unicode's own test files, from Debian's package unicode-data.
local M = {}

local FOLDER = "/usr/share/unicode/"

--- Opens a file of the package, or returns nil after saying so aloud.
---@param path string  "auxiliary/WordBreakTest.txt"
---@return file*?
function M.open(path)
  local file = io.open(FOLDER .. path)
  if not file then
    io.stderr:write(("skipped: %s%s is missing (Debian package unicode-data)\n")
      :format(FOLDER, path))
  end
  return file
end

--- Yields the line number and the segments of each case of a break test file.
---@param path string
---@return fun(): integer?, string[]?
function M.break_tests(path)
  return coroutine.wrap(function()
    local file = M.open(path)
    if not file then return end
    local number = 0
    for line in file:lines() do
      number = number + 1
      local case = line:match("^[^#]*"):gsub("×", " "):gsub("÷", "|")
      if case:find("|", 1, true) then
        local segments = {}
        for segment in case:gmatch("[%x%s]*%x[%x%s]*") do
          segments[#segments + 1] = segment:gsub("%s*(%x+)%s*", function(hex)
            return utf8.char(tonumber(hex, 16))
          end)
        end
        coroutine.yield(number, segments)
      end
    end
    file:close()
  end)
end

return M
