--- Sources: inputs as blocks for the workers, in the order they were named.
---
--- Files with many records are read here and cut at the records' borders; of
--- files that are one document only the names are dealt out, and the workers
--- read them.
local core = require "pumice.core"
local block = require "pumice.engine.block"
local formats = require "pumice.engine.formats"
local stream = require "pumice.engine.stream"

local input = core.input

local M = {}

--- Files in a block.
local BLOCK_FILES = 32

M.kinds = formats.kinds

--- The beginning of a file, "" when it cannot be read.
local function head_of(path)
  local file <close> = input.open(path, formats.SNIFFED)
  return file and file:peek(formats.SNIFFED) or ""
end

--- What a file in a folder holds, nil when it is not for us. One that is called
--- .json holds lines where its first line is an object, or is still open after
--- many bytes.
local function kind_in_folder(path)
  local kind = formats.kind_of(path)
  if kind or not path:gsub("%.gz$", ""):gsub("%.zst$", ""):find("%.json$") then return kind end
  local head = head_of(path)
  local first = head:match("^[^\n]*")
  local is_line = first:find('^%s*{%s*"') and (first:find("}%s*$") or #first == formats.SNIFFED)
  return is_line and "jsonl" or nil
end

--- Appends the readable files under `folder` to `list`, in the order of their
--- names as bytes. Hidden ones are passed over; files of other kinds and links
--- back to a folder that it is in are counted. `above` has the identities of
--- the folders around it.
local function walk(folder, list, skipped, above)
  local _, _, _, identity = input.kind(folder)
  if above[identity] then
    skipped.count = skipped.count + 1
    return true
  end
  local names, message = input.names(folder)
  if not names then return nil, message end
  table.sort(names)
  above[identity or folder] = true
  for _, name in ipairs(names) do
    local path = folder:gsub("/$", "") .. "/" .. name
    local kind, size = "hidden", nil
    if not name:find("^%.") then kind, size = input.kind(path) end
    if kind == "folder" then
      local ok, problem = walk(path, list, skipped, above)
      if not ok then return nil, problem end
    elseif kind == "file" or kind == nil then
      -- What cannot be looked at is rejected by who opens it.
      local holds = kind_in_folder(path)
      if holds then
        list[#list + 1] = { path = path, kind = holds, size = kind and size }
      else
        skipped.count = skipped.count + 1
      end
    end
  end
  above[identity or folder] = nil
  return true
end

--- Returns the list of files that `inputs` name, each with its kind (nil for
--- streams, told by their content) and whether it is `ours`: a descriptor, which
--- a worker that opened its path would take for one of its own; and how many
--- files in folders were passed over; or nil and a message.
---@param inputs string[]  files, folders, "-"
---@param from? string  the kind of all of them
function M.list(inputs, from)
  local list, skipped = {}, { count = 0 }
  for _, path in ipairs(inputs) do
    local kind, size = "stdin", nil -- or nil and a message
    if path ~= "-" then kind, size = input.kind(path) end
    if not kind then return nil, size end
    local ours = core.output.is_descriptor(path) or nil
    if kind == "folder" then
      local ok, problem = walk(path, list, skipped, {})
      if not ok then return nil, problem end
    elseif kind == "file" then
      list[#list + 1] = { path = path, size = size, ours = ours,
        kind = from or formats.kind_of(path) or formats.sniff(head_of(path)) }
    else
      list[#list + 1] = { path = path, ours = ours, kind = from or formats.kind_of(path) }
    end
  end
  for _, entry in ipairs(from and list or {}) do entry.kind = from end
  return list, skipped.count
end

---@class pumice.source.Reading  how documents are read
---@field max_record integer  bytes
---@field max_window? integer  bytes of a window of zstd (default 128 MiB)
---@field invalid? string  what becomes of bytes that are not UTF-8, see pumice.engine.encoding
---@field strict? boolean  refuse objects with a key twice
---@field at_hand? boolean  lines are gone through before the next block is asked for: they are
---  left where they were read to

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

--- Returns an iterator over the blocks of `list`. Each has the position behind
--- it: {index, line, offset, damages, taken}, the file and the place in it (only
--- the index when that file is done), and the bytes of files read up to there.
---@param list { path: string, kind?: string, ours?: boolean }[]
---@param reading pumice.source.Reading
---@param from? table  such a position
---@param orders? pumice.Orders  of workers that help to cut
---@return fun(): table?
function M.blocks(list, reading, from, orders)
  return coroutine.wrap(function()
    local files, field = {}, nil
    local within = from and from.offset and from.index
    local first = within or (from and from.index or 0) + 1
    local passed = M.size(list, first - 1)
    local function flush(index)
      if #files == 0 then return end
      coroutine.yield(stream.to_be_read({ kind = "files", files = files, field = field,
        after = { index = index, taken = passed } }, reading))
      files = {}
    end
    for index = first, #list do
      local entry = list[index]
      local entry_field = not entry.ours and formats.field_of[entry.kind]
      if #files == BLOCK_FILES or field ~= entry_field then flush(index - 1) end
      if entry_field then
        field = entry_field
        files[#files + 1] = entry.path
      else
        stream.read(entry, { index = index, before = passed, reading = reading,
          from = index == within and from or nil }, orders)
      end
      passed = passed + (entry.size or 0)
    end
    flush(#list)
  end)
end

--- Cuts off what comes behind the first `count` documents of a block; returns
--- how many are still to come.
local function cut_records(this, count)
  this.data = this.data or assert(core.ranges.read(this.file, this.offset, this.size))
  local last = 0
  for item in block.items(this, {}) do
    if not item.passed then count = count - 1 end
    last = item.stop
    if count == 0 then break end
  end
  local whole = this.data
  this.data = whole:sub(1, last)
  core.arena.free(whole)
  return count
end

--- Returns an iterator over the first `limit` items of `next_block`.
---@param next_block fun(): table?
---@param limit integer
function M.limit(next_block, limit)
  return function()
    local this = limit > 0 and next_block() or nil
    if not this then return nil end
    if this.kind == "lines" or this.kind == "rows" or this.kind == "records" then
      limit = cut_records(this, limit)
    elseif this.kind == "files" then
      this.files = table.move(this.files, 1, math.min(limit, #this.files), 1, {})
      limit = limit - #this.files
    elseif this.kind ~= "passed" then
      limit = limit - 1
    end
    return this
  end
end

return M
