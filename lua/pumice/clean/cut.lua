--- Takes the blocks that do not stay out of a text, and says what went and why.
local M = {}

---@class pumice.clean.Cut
---@field first integer  byte in the text as it came
---@field last integer
---@field reason string
---@field text string  what was cut

--- Returns the text of the blocks that stay. What stood between two of them
--- stays as it was; where blocks went, one line end or one empty line is left.
---@param page pumice.clean.Page
---@param keep boolean[]
---@param reason_of fun(i: integer): string
---@return string text
---@return pumice.clean.Cut[] cuts
function M.apply(page, keep, reason_of)
  local text, first, last, gap = page.text, page.columns.first, page.columns.last,
    page.columns.gap
  local out, cuts, empty, stayed = {}, {}, false, nil
  for i = 1, page.count do
    empty = empty or gap[i] > 0
    if keep[i] then
      if stayed then
        out[#out + 1] = stayed == i - 1 and text:sub(last[stayed] + 1, first[i] - 1)
          or empty and "\n\n" or "\n"
      end
      out[#out + 1] = text:sub(first[i], last[i])
      stayed, empty = i, false
    else
      cuts[#cuts + 1] = {
        first = first[i], last = last[i], reason = reason_of(i),
        text = text:sub(first[i], last[i]),
      }
    end
  end
  if #cuts == 0 then return text, cuts end
  if stayed and text:sub(-1) == "\n" then out[#out + 1] = "\n" end
  return table.concat(out), cuts
end

return M
