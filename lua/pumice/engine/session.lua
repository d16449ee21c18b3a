--- A session: opens what a run needs (outputs, stores, journal, workers), runs
--- it, and closes all of it again, however it ends.
local core = require "pumice.core"
local columns = require "pumice.engine.columns"
local errors = require "pumice.errors"
local form = require "pumice.engine.form"
local journal = require "pumice.engine.journal"
local limits = require "pumice.engine.limits"
local lines = require "pumice.engine.lines"
local manifest = require "pumice.engine.manifest"
local plan = require "pumice.engine.plan"
local pool = require "pumice.engine.pool"
local recipe = require "pumice.recipe"
local run = require "pumice.engine.run"
local sink = require "pumice.engine.sink"
local source = require "pumice.engine.source"
local store = require "pumice.engine.store"
local unchanged = require "pumice.engine.unchanged"

local M = {}

---@class pumice.Session
---@field file { source: string, name: string }  the recipe's file
---@field recipe pumice.Recipe
---@field options table<string, any>  of the recipe
---@field inputs { path: string, kind?: string }[]  see pumice.engine.source
---@field layouts { kept?: pumice.Layout, dropped?: pumice.Layout, rejected?: pumice.Layout }
---@field max_files? integer  of an output that is many
---@field manifest? string  its path
---@field jobs integer
---@field limit? integer  documents
---@field reading pumice.source.Reading
---@field timeout number  seconds
---@field trust boolean  no sandbox
---@field memory integer  bytes of Lua in a worker
---@field resume boolean
---@field progress? pumice.Progress
---@field trace? pumice.Trace.Wanted  documents to trace
---@field blocks? fun(): table?  the input instead of `inputs`

--- What must be the same when a run is resumed: a list of {name, value}, named as
--- whoever called it knows them.
local function identity(session)
  local list = {}
  local function add(name, value) list[#list + 1] = { name, value } end
  add("pumice", require("pumice").version)
  add("recipe", session.file.source)
  local names = {}
  for name in pairs(session.options) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do add("--" .. name:gsub("_", "-"), session.options[name]) end
  local layouts, reading = session.layouts, session.reading
  local kept = layouts.kept or {}
  add("-o", kept.path)
  add("--dropped", layouts.dropped and layouts.dropped.path)
  add("--rejects", layouts.rejected and layouts.rejected.path)
  add("--to", kept.form)
  add("--fields", kept.fields)
  add("--shard-size", kept.shard_bytes)
  add("--shard-docs", kept.shard_docs)
  add("--limit", session.limit)
  add("--max-record", reading.max_record)
  add("--max-window", reading.max_window)
  add("--invalid", reading.invalid)
  add("--strict", reading.strict)
  add("--trust", session.trust)
  return list
end

--- Only what is written to a file can be gone on with.
local function can_resume(session)
  local layout = session.layouts.kept
  if layout and layout.folder then return true end
  if not layout or core.output.is_descriptor(layout.path) then return false end
  local kind = core.input.kind(layout.path)
  return kind == nil or kind == "file"
end

local function caller(reason)
  error({ code = "caller", reason = reason }, 0)
end

--- Opens the journal; returns it with the last commit of the run to resume.
local function open_journal(session)
  if not can_resume(session) then
    if session.resume then caller "--resume needs -o FILE: only files are gone on with" end
    return nil
  end
  local layout = session.layouts.kept
  local folder = journal.folder(layout.folder or layout.path)
  local around = folder:match("^(.*/)") or "."
  if core.input.kind(around) ~= "folder" then
    error({ code = "journal", reason = ("cannot write %s: there is no folder %s"):format(
      layout.path, around) }, 0)
  end
  if not session.resume then
    return journal.start(folder, identity(session), session.inputs)
  end
  for _, entry in ipairs(session.inputs) do
    if entry.path == "-" then caller "cannot resume: standard input cannot be read again" end
  end
  local opened, commit = journal.resume(folder, identity(session), session.inputs)
  if not opened then caller(commit) end
  local changed = commit
    and limits.changed(commit.limits, limits.of(session), commit.summary.problems)
  if changed then
    opened:leave()
    caller("cannot resume, the run has changed: " .. changed)
  end
  return opened, commit
end

local function open_stores(segments, opened, commit)
  local stores, fds = {}, {}
  for number = 1, #segments - 1 do
    if opened then
      stores[number] = store.open(number, opened:path("spill-" .. number),
        commit and commit.spills[number] or 0)
    else
      stores[number] = store.new(number)
    end
    fds[number] = stores[number].spill:fd()
  end
  return stores, fds
end

--- Documents that may still be read.
local function limited(session, commit, blocks)
  if not session.limit then return blocks end
  local read = commit and commit.summary.read or 0
  return source.limit(blocks, math.max(session.limit - read, 0))
end

local function open_sink(session, opened, commit)
  local layouts = session.layouts
  local opts = { most = session.max_files, log = opened and opened:path "names" }
  local ok, out = pcall(commit and sink.go_on or sink.open, layouts, commit or opts, opts)
  if not ok then
    if opened and not commit then opened:remove() end
    error(out, 0)
  end
  for name, layout in pairs(layouts) do
    local names = lines.columns[name] or layout.fields
    if names then out:head(name, form.header(layout, names)) end
  end
  return out
end

--- What writes the manifest, see pumice.engine.run; nil when nobody wants one.
local function sealer(session)
  if not session.manifest then return nil end
  manifest.try(session.manifest)
  local digests = manifest.watch(session)
  return function()
    local inputs = digests()
    return function(summary) manifest.write(session.manifest, session, summary, inputs) end
  end
end

--- What ended a run, as {code, reason}. Who could not read a file may not know that
--- it was changed: `changed` does.
local function explain(raised, changed)
  if type(raised) ~= "table" then
    return { code = raised == errors.NO_MEMORY and "no-memory" or "internal",
      reason = tostring(raised) }
  end
  if raised.code == "worker-failed" or raised.code == "input" then
    local reason = changed()
    return reason and { code = "input-changed", reason = reason } or raised
  end
  return raised
end

--- Runs it. Returns the summary, or raises {code, reason, resumable, unread}: whether
--- the same command with --resume goes on, and whether nobody reads the output.
---@param session pumice.Session
---@return pumice.Summary summary
function M.run(session)
  recipe.grant(session.recipe, session.options)
  local stages, found = columns.found_by(session.recipe.stages(
    recipe.settings(session.recipe, session.options)), session.layouts.kept)
  local segments = plan.segments(stages)
  core.process.catch_interrupt()
  local seal = sealer(session)
  local opened, commit = open_journal(session)
  local stores, fds = open_stores(segments, opened, commit)
  local out = open_sink(session, opened, commit)
  if found then
    found.on_result = function(names)
      out:head("kept", form.header(session.layouts.kept, names))
    end
  end
  local bytes, known = source.size(session.inputs)
  local changed, workers = unchanged.watch(session.inputs), nil
  local ok, result = pcall(function()
    workers = pool.new(session.jobs,
      { recipe = session.file, options = session.options, spills = fds, layouts = session.layouts,
        trust = session.trust, memory = session.memory, trace = session.trace }, session.timeout)
    out:share(workers.orders)
    return run.run {
      segments = segments, stores = stores, pool = workers, sink = out, journal = opened,
      commit = commit, progress = session.progress, input_bytes = known and bytes or nil,
      limit = session.limit, memory = session.memory, limits = limits.of(session), seal = seal,
      token = opened and opened.token, dry = session.trace ~= nil,
      changed = changed,
      blocks = function(position)
        return limited(session, commit, session.blocks
          or source.blocks(session.inputs, session.reading, position, workers.orders))
      end,
    }
  end)
  if workers then workers:close() end
  if session.progress then session.progress:finish(ok) end
  if ok then return result end
  result = explain(result, changed)
  result.unread = out:is_unread()
  result.resumable = opened ~= nil and opened.commits > 0 and result.code ~= "input-changed"
  if result.resumable then
    out:leave()
    opened:leave()
  else
    out:discard()
    if opened then opened:remove() end
  end
  error(result, 0)
end

return M
