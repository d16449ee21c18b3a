--- `pumice tune RECIPE inputs...`: what each threshold would do to these documents.
local alike = require "pumice.dedup.alike"
local calls = require "pumice.cli.call"
local check = require "pumice.engine.check"
local copies = require "pumice.dedup.copies"
local clusters = require "pumice.dedup.clusters"
local dedup = require "pumice.dedup"
local keep = require "pumice.dedup.keep"
local parsers = require "pumice.cli.parser"
local read = require "pumice.read"
local recipe = require "pumice.recipe"
local stage = require "pumice.stage"

local M = { summary = "show what each threshold of a dedup recipe does to documents" }

--- Below it nearly everything is a pair; above it nearly nothing.
local LOWEST, STEP, STEPS = 0.1, 0.05, 18

local MEASURES = { "jaccard", "contained", "aligned" }

--- Characters of a passage that are shown.
local SHOWN = 60

local function new_parser(loaded)
  local parser = calls.parser("tune", M.summary, loaded)
  parsers.number(parser, "--limit", "read only so many documents", "count"):default "20000"
  return parser
end

--- The parser for what was typed so far: with the recipe's options, if it names one.
---@param words string[]
function M.parser(words)
  return new_parser(calls.recipe_of(words[1]))
end

--- The stages of a recipe before the first one that compares documents, and that one.
local function split(call)
  local before = {}
  local settings = recipe.settings(call.recipe, call.options)
  for _, step in ipairs(call.recipe.stages(settings)) do
    if type(step) == "table" and step.measured then return before, step.measured end
    before[#before + 1] = step
  end
  calls.fail("tune", ("%s compares no documents: it has neither dedup.near nor dedup.reuse")
    :format(call.name))
end

--- The documents as they come to that stage, and how many were passed over: what
--- cannot be read or has no text, which a run rejects.
local function documents(call, before)
  local docs, passed = {}, 0
  for _, input in ipairs(call.inputs) do
    local settings = calls.reading(call.args)
    settings.from, settings.on_reject = input.kind, function() passed = passed + 1 end
    for doc, item in read.docs(input.path, settings) do
      if #docs == call.args.limit then break end
      local fields = {}
      for name, value in pairs(doc) do fields[name] = value end
      fields.id = fields.id or stage.place(item)
      docs[#docs + 1] = fields
    end
  end
  if #before > 0 then
    local first = recipe.define { summary = "", stages = function() return before end }
    local lines = check.run(first, {}, docs)
    docs, passed = lines.kept, passed + #lines.rejected
  end
  local texts = {}
  for _, doc in ipairs(docs) do
    if type(doc.text) == "string" then texts[#texts + 1] = doc end
  end
  return texts, passed + #docs - #texts
end

local function fate_of(fates, n)
  if type(fates) == "function" then return fates(n) end
  return fates[n]
end

--- How many pairs there are from each limit on, by each measure, and what becomes of
--- them by the one that decides.
local function count(links, sketches, o)
  local rows, keeping = {}, keep.read(o)
  for i = 0, STEPS - 1 do
    local limit = LOWEST + i * STEP
    local row, linked = { limit = limit }, {}
    for _, measure in ipairs(MEASURES) do row[measure] = 0 end
    for _, link in ipairs(links) do
      for _, measure in ipairs(MEASURES) do
        if alike.most(link.evidence, measure) >= limit then row[measure] = row[measure] + 1 end
      end
      if alike.most(link.evidence, o.measure) >= limit then linked[#linked + 1] = link end
    end
    row.clusters, row.dropped = #clusters.components(linked), 0
    local fates = copies.resolve(sketches, linked, keeping, o.measure, limit)
    for n = 1, #sketches do
      local fate = fate_of(fates, n)
      if fate and fate.copy_of then row.dropped = row.dropped + 1 end
    end
    rows[#rows + 1] = row
  end
  return rows
end

--- The pair that a limit has and the next one has not: the one nearest to the limit.
local function example(links, limit, o)
  local best
  for _, link in ipairs(links) do
    local most = alike.most(link.evidence, o.measure)
    if most >= limit and most < limit + STEP
      and (not best or most < alike.most(best.evidence, o.measure)) then
      best = link
    end
  end
  return best
end

--- The longest passage, in one line, from its beginning.
local function shared(text, evidence)
  local best
  for _, p in ipairs(evidence.passages) do
    if not best or p.last - p.first > best.last - best.first then best = p end
  end
  if not best then return "" end
  local passage = text:sub(best.first, best.last):gsub("%s+", " ")
  local cut = utf8.len(passage) and utf8.offset(passage, SHOWN + 1)
  return cut and cut <= #passage and passage:sub(1, cut - 1) .. "..." or passage
end

local function report(call, docs, passed, links, rows, o)
  local others = { jaccard = { "contained", "aligned" }, aligned = { "contained", "jaccard" } }
  local second, third = table.unpack(others[o.measure])
  local without = passed > 0 and (", and %d without a text or that cannot be read"):format(passed)
  local lines = { ("%d documents%s; %s decides, from %g on now"):format(#docs, without or "",
    o.measure, o.limit), "", "from on   pairs by  clusters   dropped  pairs by  pairs by",
    ("          %9s                     %9s %9s"):format(o.measure, second, third) }
  for _, row in ipairs(rows) do
    lines[#lines + 1] = ("%7.2f   %9d %9d %9d %9d %9d"):format(row.limit, row[o.measure],
      row.clusters, row.dropped, row[second], row[third])
  end
  lines[#lines + 1] = "\npairs that the next step would not have:"
  for _, row in ipairs(rows) do
    local link = example(links, row.limit, o)
    if link then
      local e = link.evidence
      lines[#lines + 1] = ("%7.2f  %s  %s\n         jaccard %.2f  contained %.2f, %.2f  "
        .. "aligned %.2f, %.2f\n         %s"):format(row.limit, docs[link.a].id, docs[link.b].id,
        e.jaccard, e.contained, e.contains, e.aligned, e.their_aligned,
        shared(docs[link.a].text, e))
    end
  end
  lines[#lines + 1] = "\nto run with the limit of your choice:"
  local words = { "pumice run", call.name }
  for _, word in ipairs(call.words) do
    if not word:find("^%-%-" .. o.measure .. "=") then words[#words + 1] = word end
  end
  if call.recipe.options[o.measure] then
    words[#words + 1] = ("--%s %g"):format(o.measure, o.limit)
  else
    words[2] = ("%s (with %s { %s = %g } in it)"):format(call.name, o.name, o.measure, o.limit)
  end
  for _, path in ipairs(call.args.inputs) do words[#words + 1] = path end
  words[#words + 1] = "-o kept.jsonl --dropped copies.jsonl"
  lines[#lines + 1] = table.concat(words, " ")
  lines[#lines + 1] = ""
  return table.concat(lines, "\n")
end

--- Runs the command; returns the exit status.
---@param words string[]
---@return integer
function M.run(words)
  local call = calls.read("tune", words, 1, new_parser)
  local ok, problem = pcall(function()
    recipe.grant(call.recipe, call.options)
    local before, o = split(call)
    local docs, passed = documents(call, before)
    local low = {}
    for name, value in pairs(o) do low[name] = value end
    low.limit = LOWEST
    local links, sketches = dedup.links(alike.new(low), docs)
    io.write(report(call, docs, passed, links, count(links, sketches, o), o))
  end)
  if ok then return 0 end
  if type(problem) == "table" and problem.status then error(problem, 0) end
  return calls.explain(call, problem)
end

return M
