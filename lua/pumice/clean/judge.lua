--- Judges the blocks of one page: a score for each, then the best run of
--- "story" and "not" over all of them.
local core = require "pumice.core"
local cues = require "pumice.clean.cues"
local evidence = require "pumice.clean.evidence"
local features = require "pumice.clean.features"
local weights = require "pumice.clean.weights"

local M = {}

--- Where prose is more of a page than this, the page tells a story: then the
--- plain evidence decides, and more has to speak against a block before it goes
--- (natural logarithm of the odds). On other pages an appeal or a form may be
--- what the page is about.
local told = 0.5
local caution, caution_told = 1, 2

--- What it costs to go from story to not and back: boilerplate comes in runs.
local change = 2

---@class pumice.clean.Page
---@field text string
---@field columns table<string, integer[]>  measures by name, one value a block
---@field count integer  of blocks
---@field why table<integer, string>  the reason, where there is a plain one
---@field score number[]  log-odds that the block is story, with `caution`

--- Measures and scores the blocks of a text.
---@param text string
---@return pumice.clean.Page
function M.page(text)
  local columns, count = core.block.measure(text, cues.lexicon)
  local score = {}
  local page = { text = text, columns = columns, count = count, score = score }
  local against, why = evidence.of(page)
  page.why = why
  features.each(columns, count, against, function(i, names, k, share)
    local sum = share > told and caution_told or caution
    for j = 1, k do sum = sum + (weights[names[j]] or 0) end
    local weight = against[i]
    if weight and share > told then
      if weight > 6 then weight = 6 end
      sum = (weight > 0 and math.min(sum, 0) or math.max(sum, 0)) - weight
    end
    score[i] = sum
  end)
  return page
end

--- Returns for each block whether it stays: the sequence with the highest sum
--- of scores less the costs of its changes. Source: Viterbi 1967.
---@param page pumice.clean.Page
---@param repeated? table<integer, number>  weight against blocks that repeat
---@return boolean[] keep
function M.decide(page, repeated)
  local n, words = page.count, page.columns.words
  local story, other = 0, 0
  local stayed, left = {}, {}
  for i = 1, n do
    -- A short block says little of its own: it goes with what is around it.
    local score = page.score[i]
    if repeated and repeated[i] then score = math.min(score, 0) - repeated[i] end
    local half = score / 2
    if half > -1.5 and half < 1.5 then half = half * math.min(1, words[i] / 8 + 0.3) end
    stayed[i], left[i] = story >= other - change, other >= story - change
    story, other = (stayed[i] and story or other - change) + half,
      (left[i] and other or story - change) - half
  end
  local keep, state = {}, story >= other
  for i = n, 1, -1 do
    keep[i] = state
    if state then state = stayed[i] else state = not left[i] end
  end
  return keep
end

return M
