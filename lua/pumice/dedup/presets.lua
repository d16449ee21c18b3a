--- Thresholds for what documents are like, chosen on labelled data.
---
--- | preset   | jaccard | aligned | measured                                         |
--- |----------|---------|---------|--------------------------------------------------|
--- | "news"   | 0.33    | 0.4     | 3,467 pages of ten outlets, 174 labelled pairs:  |
--- |          |         |         | near F1 0.988 (precision 1.00, recall 0.98),     |
--- |          |         |         | reuse F1 0.986 (0.98, 0.99)                      |
--- | "web"    | 0.3     | 0.5     | 482 pages of the web, each as its main text, as  |
--- |          |         |         | all that shows, and with up to 40 % of its       |
--- |          |         |         | paragraphs dropped and 12 % of its words changed |
--- |          |         |         | by a program: near F1 0.976 (0.97, 0.98), reuse  |
--- |          |         |         | F1 0.985 (0.99, 0.98)                            |
--- | "papers" | 0.25    | 0.15    | answers of students to five questions, copied    |
--- |          |         |         | from a source in three grades or not (Clough and |
--- |          |         |         | Stevenson), 65 of them: reuse F1 0.932 (1.00,    |
--- |          |         |         | 0.87), 0.933 when each question's limit is       |
--- |          |         |         | chosen on the other four; the 70 texts beside    |
--- |          |         |         | copies that a program had changed as above:      |
--- |          |         |         | near F1 0.993 (1.00, 0.99)                       |
---
--- Precision and recall are of pairs. With the preset "papers" a text of which a
--- sixth stands in another one is a copy: `keep = "all"` marks it and drops nothing.
---
--- Source: Clough and Stevenson 2011, "Developing a corpus of plagiarised short
--- answers".
local options = require "pumice.options"

local M = {}

---@alias pumice.dedup.Preset "news"|"web"|"papers"

local presets = {
  news = { jaccard = 0.33, aligned = 0.4 },
  web = { jaccard = 0.3, aligned = 0.5 },
  papers = { jaccard = 0.25, aligned = 0.15 },
}

--- Returns the limit that options set for a measure, else that of their preset.
---
--- ```lua
--- local limit = require("pumice.dedup.presets").limit
--- limit({ preset = "web" }, "jaccard")                 --> 0.3
--- limit({ preset = "web", jaccard = 0.8 }, "jaccard")  --> 0.8
--- ```
---
--- Raises at a name that is not one of a preset and at a limit that is no share.
---@param o { preset?: pumice.dedup.Preset, jaccard?: number, aligned?: number }
---@param measure "jaccard"|"aligned"
---@return number
function M.limit(o, measure)
  local given, preset = o[measure], presets[o.preset or "news"]
  if given ~= nil then return options.share(measure, given, 3) end
  if preset then return preset[measure] end
  local names = {}
  for known in pairs(presets) do names[#names + 1] = known end
  error(options.unknown("preset", tostring(o.preset), names), 3)
end

return M
