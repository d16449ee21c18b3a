--- The manifest of a run: what went in, what was done to it, what came out, with
--- sizes and SHA-256 digests that anybody can check.
---
--- It is the same bytes for any number of workers and however often the run was
--- cut off: there is no time in it, and nothing of the machine.
local core = require "pumice.core"
local aside = require "pumice.engine.aside"
local json = require "pumice.json"
local quote = require "pumice.quote"
local recipe = require "pumice.recipe"

local M = {}

--- Bytes of a file that are read at a time.
local PORTION = 256 * 1024

local function fail(code, reason)
  error({ code = code, reason = reason }, 0)
end

--- The digest of a file, as sha256sum prints it.
local function digest(path)
  local file <close>, message = io.open(path, "rb")
  if not file then fail("manifest", "cannot read " .. message) end
  local sum = core.sha256.new()
  while true do
    local bytes, problem = file:read(PORTION)
    if problem then fail("manifest", ("cannot read %s: %s"):format(path, problem)) end
    if not bytes then return sum:hex() end
    sum:add(bytes)
    if core.process.interrupt() then fail "interrupted" end
  end
end

--- What a path stands for now: of regular files the size and the time.
local function look(path)
  if path == "-" then return {} end
  local kind, size, time = core.input.kind(path)
  if kind ~= "file" then return {} end
  return { size = size, time = time }
end

--- The files that go into a run: the inputs, and those that options name.
local function files_of(session)
  local files = {}
  for _, entry in ipairs(session.inputs) do
    files[#files + 1] = { path = entry.path, kind = entry.kind }
  end
  local names = {}
  for name in pairs(session.options) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    if session.recipe.options[name].path then
      files[#files + 1] = { path = session.options[name], option = name }
    end
  end
  return files
end

--- Takes note of the files that go into a run, before it begins. Returns a
--- function that digests them when it is over; it raises when one of them has
--- changed meanwhile, since then nobody knows what was read.
---@param session pumice.Session
---@return fun(): table[]
function M.watch(session)
  local files = files_of(session)
  for _, file in ipairs(files) do file.was = look(file.path) end
  return function()
    local inputs = json.array {}
    for i, file in ipairs(files) do
      local was = file.was
      inputs[i] = { path = quote.valid(file.path), kind = file.kind, option = file.option,
        bytes = was.size, sha256 = was.size and digest(file.path) or nil }
      local is = look(file.path)
      if is.size ~= was.size or is.time ~= was.time then
        fail("input-changed", ("%s changed while the run went on"):format(file.path))
      end
    end
    return inputs
  end
end

local function output(what, path)
  local size = look(path).size
  return { what = what, path = quote.valid(path), bytes = size,
    sha256 = size and digest(path) or nil }
end

--- The files that came out, but for the manifest itself.
local function outputs_of(layouts, manifest)
  local outputs = json.array {}
  for _, name in ipairs { "kept", "dropped", "rejected" } do
    local layout = layouts[name]
    local folder = layout and layout.folder
    local others = { [manifest] = true }
    for other in pairs(folder and layouts or {}) do others[layouts[other].path] = true end
    for _, path in ipairs(folder and aside.files(folder) or { layout and layout.path }) do
      if not folder or not others[path] then outputs[#outputs + 1] = output(name, path) end
    end
  end
  return outputs
end

local function stages_of(summary)
  local stages = json.array {}
  for i, step in ipairs(summary.steps) do
    local tally = step.tally
    stages[i] = { name = step.name, ["in"] = tally.entered, out = tally.left,
      dropped = tally.dropped, rejected = tally.rejected, idle = tally.effects == 0,
      reasons = json.object(tally.reasons) }
  end
  return stages
end

--- What was rejected, by stage, code and reason; reasons that differ in numbers
--- only are one.
local function rejects_of(summary)
  local rejects = json.array {}
  for i, problem in ipairs(summary.problems) do
    rejects[i] = { stage = problem.stage, code = problem.code, reason = problem.reason,
      count = problem.count }
  end
  return rejects
end

--- The libraries whose versions what comes out may depend on.
local LIBRARIES = { PCRE2 = true, utf8proc = true, Unicode = true, zlib = true, zstd = true,
  xxHash = true }

local function versions()
  local known = { pumice = require("pumice").version, Lua = _VERSION }
  local ok, host = pcall(require, "pumice.host") -- the executable knows its libraries
  for _, row in ipairs(ok and host.versions() or {}) do
    if LIBRARIES[row[1]] then known[row[1]] = row[2] end
  end
  return known
end

local function settings_of(session)
  local settings = recipe.settings(session.recipe, session.options)
  for name, value in pairs(settings) do
    if type(value) == "function" then settings[name] = nil end
  end
  return json.object(settings)
end

--- Raises where no manifest can be written to `path`: better before the work than
--- behind it.
---@param path string
function M.try(path)
  local file <close>, message = core.output.open(path)
  if not file then fail("output", "cannot write " .. message) end
end

--- Writes the manifest of a run that is whole. Raises when that fails.
---@param path string
---@param session pumice.Session
---@param summary pumice.Summary
---@param inputs table[]  what M.watch gave
function M.write(path, session, summary, inputs)
  local outputs = {}
  for name, layout in pairs(session.layouts) do
    outputs[name] = { form = layout.form, fields = layout.fields,
      shard_bytes = layout.shard_bytes, shard_docs = layout.shard_docs, path = layout.path }
  end
  local text = json.encode({
    versions = versions(),
    recipe = { name = session.file.name:gsub("^@", ""), sha256 = core.sha256.hex(
      session.file.source) },
    options = settings_of(session),
    run = { limit = session.limit, max_record = session.reading.max_record,
      invalid = session.reading.invalid, strict = session.reading.strict, timeout = session.timeout,
      memory = session.memory, trust = session.trust, outputs = outputs },
    inputs = inputs,
    counts = { read = summary.read, made = summary.made, passed = summary.passed,
      marked = summary.marked > 0 and summary.marked or nil,
      mended = summary.mended > 0 and summary.mended or nil,
      doubled = summary.doubled > 0 and summary.doubled or nil,
      uncompared = summary.uncompared > 0 and summary.uncompared or nil,
      kept = summary.kept, dropped = summary.dropped, rejected = summary.rejected },
    stages = stages_of(summary),
    rejects = rejects_of(summary),
    outputs = outputs_of(session.layouts, path),
  }, { indent = 2 }) .. "\n"
  local file, message = core.output.open(path)
  local ok = file
  if ok then ok, message = file:write(text) end
  if ok then ok, message = file:commit() end
  if not ok then fail("output", "cannot write " .. message) end
end

return M
