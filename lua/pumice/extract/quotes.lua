--- Quotations with their speakers.
local attribution = require "pumice.extract.attribution"
local blocks = require "pumice.extract.blocks"
local marks = require "pumice.extract.marks"
local reading = require "pumice.extract.reading"

local M = {}

--- Returns the quotations of a text, as `extract.quotes` documents.
---@param text string
---@param opts table
---@return table[]
function M.find(text, opts)
  local firsts, lasts = blocks.split(text)
  local quotes = marks.stretches(text, firsts, lasts, opts.doubled)
  if #quotes == 0 then return {} end
  attribution.attribute(reading.read(text, firsts, lasts, quotes), quotes)
  local found = {}
  for _, quote in ipairs(quotes) do
    if quote.said then
      found[#found + 1] = {
        text = text:sub(quote.first, quote.last), speaker = quote.speaker, cue = quote.cue,
        first = quote.first, last = quote.last,
      }
    end
  end
  return found
end

return M
