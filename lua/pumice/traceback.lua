--- What an error looks like: the message, and the way there through the code of
--- the user, without the functions of pumice that lead to it and away from it.
local M = {}

local function describe(message)
  if type(message) == "string" then return message end
  local meta = debug.getmetatable(message)
  if meta and meta.__tostring then return tostring(message) end
  return "error: " .. require("pumice.inspect").value(message)
end

local function is_noise(frame)
  return frame:find("^lua/pumice/") or frame == "[C]: in function 'error'"
    or frame == "[C]: in function 'assert'"
end

--- The number of the frame where pumice called the code of the user.
local function beginning(frames)
  local last = 0
  for i, frame in ipairs(frames) do
    if frame:find("in function 'pumice.interrupt.call'", 1, true) then return i end
    if frame:find("in function 'xpcall'", 1, true) then last = i end
  end
  return last
end

--- The frames of the user, from the error down.
local function frames_of_user()
  local frames, kept = {}, {}
  for frame in debug.traceback("", 3):gmatch("\n\t([^\n]+)") do frames[#frames + 1] = frame end
  for i = 1, beginning(frames) - 1 do
    if not is_noise(frames[i]) then kept[#kept + 1] = "\t" .. frames[i] end
  end
  return #kept > 1 and kept or {} -- a single frame says what the message says
end

--- The message handler for the `xpcall` (or `interrupt.call`) under which code
--- of the user runs: says what went wrong and, below that, where.
---@param message any  the error
---@return string
function M.handler(message)
  local lines = frames_of_user()
  table.insert(lines, 1, describe(message))
  return table.concat(lines, "\n")
end

return M
