--- Paragraphs as quotations see them.
---
--- A blank line ends a paragraph. A single line break does so too, unless the
--- text is wrapped at a fixed width, as e-mail and old books are.
local M = {}

local WRAP_WIDTH = 100  -- bytes; no line of a wrapped text is longer

-- Does a line end where a sentence may end? Closing marks are looked past.
local function ends_sentence(line)
  return line:find("[%.!%?:][\"'%)%]]*%s*$") or line:find("\xE2\x80[\x99\x9D\xA6]%s*$")
end

local function is_wrapped(text)
  local lines, broken, before_end = 0, 0, nil
  for first, line, last in text:gmatch("()([^\n]+)()") do
    if #line > WRAP_WIDTH then return false end
    if line:find("%S") then
      if before_end and first == before_end + 1 then
        lines = lines + 1
        if not ends_sentence(text:sub(math.max(1, before_end - 16), before_end - 1)) then
          broken = broken + 1
        end
      end
      before_end = last
    end
  end
  return lines > 0 and broken * 2 > lines
end

--- Returns the paragraphs of a text as an array of first bytes and one of last
--- bytes, white space at the ends left out.
---@param text string
---@return integer[] firsts
---@return integer[] lasts
function M.split(text)
  local firsts, lasts, n = {}, {}, 0
  local wrapped = is_wrapped(text)
  local open, newlines = false, 0
  for first, line in text:gmatch("()([^\n]*)\n?") do
    local lead = line:match("^%s*()")
    if lead > #line then
      newlines = newlines + 1
      if wrapped then open = false end
    else
      local last = first + #line - 1
      while text:find("^%s", last) do last = last - 1 end
      if wrapped and open then
        lasts[n] = last
      else
        n = n + 1
        firsts[n], lasts[n] = first + lead - 1, last
        open = true
      end
    end
  end
  return firsts, lasts
end

return M
