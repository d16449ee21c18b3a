--- Judges the blocks of one page: a score for each, then the best run of
--- "story" and "not" over all of them.
local core = require "pumice.core".block
local cues = require "pumice.clean.cues"
local evidence = require "pumice.clean.evidence"
local weights = require "pumice.clean.weights"

local M = {}

--- Where prose is more of a page than this, the page tells a story and the plain
--- evidence decides. On other pages an appeal or a form may be what it is about.
local told = 0.5

--- How much more has to speak against a block than for it before it goes (natural
--- logarithm of the odds): more where most of the page is prose, since what a
--- program has cut out of a page already has little left to lose.
local mostly = 0.7
local caution, caution_mostly = 1, 2

--- What it costs to go from story to not and back: boilerplate comes in runs.
local change = 1

--- The most a piece of plain evidence weighs.
local most = 6

local weight_of

--- Judges by these weights from now on: group of features -> its weights. What
--- is not given weighs nothing.
---@param given table<string, number[]>
function M.weigh_by(given)
  -- As core.block wants them: a float for each feature, in order.
  local floats = {}
  for _, group in ipairs(core.groups()) do
    local row = given[group.name] or {}
    for i = 1, group.size do floats[#floats + 1] = string.pack("f", row[i] or 0) end
  end
  weight_of = table.concat(floats)
end
M.weigh_by(weights)

---@class pumice.clean.Page
---@field text string
---@field count integer  of blocks
---@field columns table<string, integer[]>  measures by name, made when first read
---@field share number  of prose in the words
---@field score number[]  log-odds that the block is story, with caution
---@field why table<integer, string>  the reason, where there is a plain one

local lazy = {
  __index = function(columns, name)
    local column = columns[1]:column(name)
    columns[name] = column
    return column
  end,
}

--- Reads the blocks of a text, without a score.
---@param text string
---@return pumice.clean.Page
---@return table? against  plain evidence by block, where the page tells a story
function M.read(text)
  local blocks, count, share = core.read(text, cues.lexicon, cues.heading, cues.meta)
  local page = {
    text = text, count = count, share = share, why = {},
    columns = setmetatable({ blocks }, lazy),
  }
  local against
  if share > told then against, page.why = evidence.of(page) end
  return page, against
end

--- Adds the plain evidence to a fitted score.
local function with_evidence(score, against)
  for i, weight in pairs(against) do
    if weight > 0 then
      score[i] = math.min(score[i], 0) - math.min(weight, most)
    else
      score[i] = math.max(score[i], 0) - weight
    end
  end
end

--- Measures and scores the blocks of a text.
---@param text string
---@return pumice.clean.Page
function M.page(text)
  local page, against = M.read(text)
  local base = page.share > mostly and caution_mostly or caution
  page.score = page.columns[1]:score(weight_of, base, against)
  if against then with_evidence(page.score, against) end
  return page
end

--- Returns for each block whether it stays: the sequence with the highest sum
--- of scores less the costs of its changes. Source: Viterbi 1967.
---@param page pumice.clean.Page
---@param repeated? table<integer, number>  weight against blocks that repeat
---@return boolean[] keep
function M.decide(page, repeated)
  local words, scores = page.columns.words, page.score
  local story, other = 0, 0
  local stayed, left = {}, {}
  for i = 1, page.count do
    local score = scores[i]
    if repeated and repeated[i] then score = (score < 0 and score or 0) - repeated[i] end
    -- A short block that says little of its own goes with what is around it.
    if score > -3 and score < 3 and words[i] < 6 then score = score * (words[i] / 8 + 0.3) end
    stayed[i], left[i] = story >= other - change, other >= story - change
    story, other = (stayed[i] and story or other - change) + score / 2,
      (left[i] and other or story - change) - score / 2
  end
  local keep, state = {}, story >= other
  for i = page.count, 1, -1 do
    keep[i] = state
    if state then state = stayed[i] else state = not left[i] end
  end
  return keep
end

return M
