--- Sources: inputs as blocks for the workers, in the order they were named.
---
--- Lines of JSON are read here and cut at line ends; of files that are one
--- document only the names are dealt out, and the workers read them.
local core = require "pumice.core"

local input = core.input

local M = {}

--- Bytes of lines in a block; files in a block.
local BLOCK_BYTES = 256 * 1024
local BLOCK_FILES = 32

--- How the names of files end, without .gz and .zst.
local KINDS = { jsonl = "jsonl", ndjson = "jsonl", txt = "text", text = "text" }

M.kinds = { "jsonl", "text" }

--- What a file holds by its name: "jsonl", "text", or nil.
---@param path string
---@return string?
function M.kind_of(path)
  local name = path:gsub("%.gz$", ""):gsub("%.zst$", "")
  return KINDS[(name:match("%.(%w+)$") or ""):lower()]
end

--- Appends the readable files under `folder` to `list`, in the order of their
--- names as bytes. Hidden ones are passed over; files of other kinds are
--- counted.
local function walk(folder, list, skipped)
  local names, message = input.names(folder)
  if not names then return nil, message end
  table.sort(names)
  for _, name in ipairs(names) do
    local path = folder:gsub("/$", "") .. "/" .. name
    local kind, size
    if not name:find("^%.") then kind, size = input.kind(path) end
    if kind == "folder" then
      local ok, problem = walk(path, list, skipped)
      if not ok then return nil, problem end
    elseif kind == "file" and M.kind_of(path) then
      list[#list + 1] = { path = path, kind = M.kind_of(path), size = size }
    elseif kind == "file" then
      skipped.count = skipped.count + 1
    end
  end
  return true
end

--- A file without a telling name is JSON lines if it begins with a brace.
local function sniff(data)
  return data:find("^[ \t\r\n]*{") and "jsonl" or "text"
end

local function sniff_file(path)
  local file <close> = assert(input.open(path, BLOCK_BYTES))
  local _, data = file:lines(4096)
  return sniff(data or "")
end

--- Returns the list of files that `inputs` name, each with its kind ("jsonl",
--- "text"; nil for standard input, told by its content), and how many files
--- in folders were passed over; or nil and a message.
---@param inputs string[]  files, folders, "-"
---@param from? string  the kind of all of them
function M.list(inputs, from)
  local list, skipped = {}, { count = 0 }
  for _, path in ipairs(inputs) do
    local kind, size = "stdin", nil -- or nil and a message
    if path ~= "-" then kind, size = input.kind(path) end
    if not kind then return nil, size end
    if kind == "folder" then
      local ok, problem = walk(path, list, skipped)
      if not ok then return nil, problem end
    elseif kind == "file" then
      list[#list + 1] = { path = path, size = size,
        kind = from or M.kind_of(path) or sniff_file(path) }
    else
      list[#list + 1] = { path = path, kind = from or M.kind_of(path) }
    end
  end
  for _, entry in ipairs(from and list or {}) do entry.kind = from end
  return list, skipped.count
end

--- Returns the bytes of the first `count` files of a list (nil: of all), and
--- whether the size of every one of them is known.
---@param list table[]
---@param count? integer
---@return integer bytes
---@return boolean known
function M.size(list, count)
  local bytes, known = 0, true
  for i = 1, count or #list do
    bytes = bytes + (list[i].size or 0)
    known = known and list[i].size ~= nil
  end
  return bytes, known
end

local function broken(file, line, offset, code, reason, data)
  return { kind = "broken", file = file, line = line, offset = offset, code = code,
    reason = reason, data = data }
end

--- Yields the blocks of file number `index`, which holds JSON lines, or of a
--- stream that may turn out to be one text. `from` is where an earlier run
--- stopped in it; before it lie files of `passed` bytes.
local function read_lines(entry, index, max_record, from, passed)
  local file <close>, message = input.open(entry.path, max_record)
  local function give(block, line, offset)
    block.after = { index = index, line = line, offset = offset,
      taken = passed + (file and file:taken() or 0) }
    coroutine.yield(block)
  end
  if not file then
    return give(broken(entry.path, nil, 0, "cannot-open", message, ""))
  end
  local kind = entry.kind
  local text = {}
  if from then file:skip(from.line, from.offset) end
  while true do
    local event, data, line, offset, detail = file:lines(BLOCK_BYTES, kind == "jsonl")
    if not event then break end
    if not kind and data ~= "" then kind = sniff(data) end
    if event == "block" and kind == "text" then
      text[#text + 1] = data
    elseif event == "block" then
      give({ kind = "lines", file = entry.path, data = data or nil, line = line, offset = offset,
        size = detail }, file:position())
    elseif event == "long" then
      give(broken(entry.path, line, offset, "too-long",
        ("a line of %d bytes; at most %d are read"):format(detail, max_record), data),
        file:position())
    else
      give(broken(entry.path, line, offset, "cannot-read", detail, data))
      break
    end
  end
  if kind == "text" then
    give { kind = "text", file = entry.path, data = table.concat(text) }
  end
end

--- Returns an iterator over the blocks of `list`. Each has the position behind
--- it: {index, line, offset, taken}, the file and the place in it (no line and
--- offset when that file is done), and the bytes of files read up to there.
---@param list { path: string, kind?: string }[]
---@param max_record integer  bytes
---@param from? table  such a position
---@return fun(): table?
function M.blocks(list, max_record, from)
  return coroutine.wrap(function()
    local files = {}
    local within = from and from.offset and from.index
    local first = within or (from and from.index or 0) + 1
    local passed = M.size(list, first - 1)
    local function flush(index)
      if #files == 0 then return end
      coroutine.yield { kind = "files", files = files, max_record = max_record,
        after = { index = index, taken = passed } }
      files = {}
    end
    for index = first, #list do
      local entry = list[index]
      if entry.kind == "text" and entry.path ~= "-" then
        files[#files + 1] = entry.path
        passed = passed + (entry.size or 0)
        if #files == BLOCK_FILES then flush(index) end
      else
        flush(index - 1)
        read_lines(entry, index, max_record, index == within and from or nil, passed)
        passed = passed + (entry.size or 0)
      end
    end
    flush(#list)
  end)
end

--- Cuts off the lines of a block after the first `count` that are not blank;
--- returns how many are still to come.
local function cut_lines(block, count)
  local at = 1
  block.data = block.data or assert(input.range(block.file, block.offset, block.size))
  while count > 0 and at <= #block.data do
    local stop = block.data:find("\n", at, true) or #block.data
    if block.data:sub(at, stop):find("[^ \t\r\n]") then count = count - 1 end
    at = stop + 1
  end
  block.data = block.data:sub(1, at - 1)
  return count
end

--- Returns an iterator over the first `limit` items of `next_block`.
---@param next_block fun(): table?
---@param limit integer
function M.limit(next_block, limit)
  return function()
    local block = limit > 0 and next_block() or nil
    if not block then return nil end
    if block.kind == "lines" then
      limit = cut_lines(block, limit)
    elseif block.kind == "files" then
      block.files = table.move(block.files, 1, math.min(limit, #block.files), 1, {})
      limit = limit - #block.files
    else
      limit = limit - 1
    end
    return block
  end
end

return M
