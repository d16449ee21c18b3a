--- Limits that decide whether a document is rejected: what is taken of them when
--- a run that was cut off goes on with others.
---
--- What comes out must be what the whole run had made under the limits that are
--- given now. A document that passed would have passed under a higher limit too,
--- and one that was rejected might have passed: so a limit may be raised as long as
--- nothing was rejected for it, and never lowered. (A barrier that failed for a limit
--- ended the run: it goes on under a higher one.)
local M = {}

--- The options, and the codes of what is rejected for them; "several" stands for
--- codes that were not kept apart, see pumice.engine.problems.
local LIMITS = {
  { option = "timeout", codes = { timeout = true, several = true } },
  { option = "memory", codes = { memory = true, ["group-too-large"] = true, several = true } },
}

--- The limits of a session, as a commit notes them.
---@param session pumice.Session
---@return table<string, number>
function M.of(session)
  local limits = {}
  for _, limit in ipairs(LIMITS) do limits[limit.option] = session[limit.option] end
  return limits
end

local function count_rejected(problems, codes)
  local count = 0
  for _, problem in ipairs(problems) do
    if codes[problem.code] then count = count + problem.count end
  end
  return count
end

--- Says which limit keeps a run from going on, and why; nil when none does.
---@param was table<string, number>  those of the run up to its last commit
---@param is table<string, number>
---@param problems pumice.Problem[]  what was rejected up to there
---@return string?
function M.changed(was, is, problems)
  for _, limit in ipairs(LIMITS) do
    local before, now = was[limit.option], is[limit.option]
    local count = now > before and count_rejected(problems, limit.codes) or 0
    local words = ("--%s: it was %s, it is %s"):format(limit.option, before, now)
    if now < before then return words .. ", and what was kept may go beyond it" end
    if count > 0 then
      return ("%s, and %d document%s rejected under it"):format(words, count,
        count == 1 and " was" or "s were")
    end
  end
end

return M
