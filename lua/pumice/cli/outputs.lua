--- The outputs of `pumice run`: the options that say where and in which form.
local core = require "pumice.core"
local layout = require "pumice.engine.layout"
local parsers = require "pumice.cli.parser"
local tree = require "pumice.engine.tree"

local M = {}

--- What `pumice run --help` says of names.
M.HELP = [[
What the names of -o, --dropped and --rejects tell:
   x.csv, x.tsv          rows; the columns are those of --fields, else all fields
                         that any document has
   x.jsonl, others       JSON lines
and of -o alone:
   x/                    a text file for each document, named by its id
   'x/{field}.jsonl'     a file for each value of a field, or of {meta.lang};
                         {field|none} for documents without one
   x --shard-docs 1000   numbered files in a folder; with {field} as well
With .gz or .zst behind it, each is compressed.

]]

local function list(text)
  local names = {}
  for name in text:gmatch("[^,]+") do names[#names + 1] = name end
  return names
end

---@param parser table
function M.add_options(parser)
  parser:option("-o --output", "where the kept documents go; see below"):default "-"
    :argname "FILE"
  parser:option("--to", "the form, whatever the name"):choices(layout.forms)
  parser:option("--fields", "the columns of rows, a,b,c: other fields are left out")
    :convert(list):argname "NAMES"
  parsers.number(parser, "--shard-size", "longest file before compression, as 100MB", "size")
  parsers.number(parser, "--shard-docs", "most documents in a file", "count")
  parsers.number(parser, "--max-files", "most files of -o with a field", "count")
    :default(tostring(tree.most))
  parser:option("--dropped", "where the dropped documents go, with the reasons"):argname "FILE"
  parser:option("--rejects", "where what could not be processed goes"):argname "FILE"
  parser:option("--manifest", "where versions, options, counts, and the sizes and SHA-256 of "
    .. "inputs and outputs go"):argname "FILE"
end

--- The layout of a file of lines, whatever they are.
local function told(path)
  local result, message = layout.parse(path)
  if not result or result.folder then
    return nil, message or path .. ": this is one file, of JSON lines, CSV or TSV"
  end
  return result
end

--- What two paths share when one would take the place of what the other names
--- (the folder and the name in it), or when their lines would mix: the stream or
--- the device, but for the one that keeps nothing. nil where there is no such
--- folder.
local function place_of(path)
  local kind, _, _, stream = core.input.kind(path == "-" and "/dev/stdout" or path)
  if core.output.is_descriptor(path) or kind == "other" then
    return stream ~= select(4, core.input.kind "/dev/null") and stream or nil
  end
  local folder, name = path:match("^(.*/)([^/]*)$")
  local _, _, _, identity = core.input.kind(folder or ".")
  return identity and identity .. "/" .. (name or path)
end

--- The outputs that are one file, {option, path} each.
local function files_of(args, layouts)
  local files = {}
  local function add(option, path) files[#files + 1] = { option = option, path = path } end
  if not layouts.kept.folder then add("-o", args.output) end
  for _, option in ipairs { "dropped", "rejects", "manifest" } do
    if args[option] then add("--" .. option, args[option]) end
  end
  return files
end

--- Says which output would take the place of another one or of an input, in
--- whatever way they are spelled or linked; nil when none does.
---@param args table
---@param layouts table<string, pumice.Layout>
---@param inputs table[]  see pumice.engine.source
---@return string?
function M.clash(args, layouts, inputs)
  local by_place, by_identity, sizes = {}, {}, {}
  for _, file in ipairs(files_of(args, layouts)) do
    local place = place_of(file.path)
    local kind, size, _, identity = core.input.kind(file.path == "-" and "/dev/stdout" or file.path)
    local other = place and by_place[place] or kind == "file" and by_identity[identity]
    if other then
      return ("%s and %s name the same file: %s"):format(other.option, file.option,
        file.path == "-" and "standard output" or file.path)
    end
    if place then by_place[place] = file end
    if kind == "file" then by_identity[identity], sizes[size] = file, true end
  end
  if not next(by_identity) then return nil end
  for _, entry in ipairs(inputs) do
    -- A file is as long as itself: of a hundred thousand, few need be looked at again.
    local may_be = not entry.size or sizes[entry.size]
    local file = may_be and by_identity[select(4, core.input.kind(entry.path)) or false]
    if file then
      return ("%s %s is an input as well; write to another file"):format(file.option,
        file.path == "-" and "(standard output)" or file.path)
    end
  end
end

--- Returns the layouts of the outputs that the arguments name, or nil and what
--- is wrong with them.
---@param args table
---@return table<string, pumice.Layout>?
---@return string? message
function M.layouts(args)
  local kept, wrong = layout.parse(args.output, { to = args.to, fields = args.fields,
    shard_bytes = args.shard_size, shard_docs = args.shard_docs })
  if not kept then return nil, wrong end
  local layouts = { kept = kept }
  for _, pair in ipairs { { "dropped", "dropped" }, { "rejected", "rejects" } } do
    local name, option = table.unpack(pair)
    local path = args[option]
    if path then
      local at, message = told(path)
      if not at then return nil, ("--%s: %s"):format(option, message) end
      layouts[name] = at
    end
  end
  local manifest = args.manifest
  if manifest == "" then return nil, "--manifest: the name of an output is empty" end
  if manifest and (manifest:find "/$" or core.input.kind(manifest) == "folder") then
    return nil, ("--manifest: %s: this is one file, of JSON"):format(manifest)
  end
  return layouts
end

return M
