--- The journal of a run: how far everything has come, again and again, so that
--- a run that was cut off goes on where it stood.
---
--- All that a run writes grows in the order of the input: the documents kept,
--- dropped and rejected, the spills, and the marks that documents leave at the
--- barriers. A commit puts all of these on the disk and then notes their
--- lengths and the place in the input. To resume is to cut each file back to
--- the noted length, to take the marks up to there, and to read on.
---
---   .out.jsonl.run/  .journal.part   a line for the run, a line for each commit
---                    inputs          the inputs, their sizes and times
---                    spill-1 ...     documents that wait at a barrier
---                    .marks-1.part   what they left there
---                    tail-7          plain bytes that wait for their frame
local core = require "pumice.core"
local json = require "pumice.json"
local quote = require "pumice.quote"

local output, pack, unpack_data = core.output, core.pack.pack, core.pack.unpack
local clock = core.process.clock

local M = {}

--- A commit is due after so many seconds or bytes.
M.seconds = 10
local BYTES = 64 * 1024 * 1024

--- Characters shown of a line that has changed.
local SHOWN = 100

---@class pumice.Journal
---@field token string  what the run is called
local Journal = {}
Journal.__index = Journal

local function fail(message)
  error({ code = "journal", reason = "cannot keep the journal: " .. tostring(message) }, 0)
end

local function must(value, message)
  return value or fail(message)
end

--- The folder of the run that writes `path`.
---@param path string
---@return string
function M.folder(path)
  local folder, name = path:match("^(.*/)([^/]*)$")
  return ("%s.%s.run"):format(folder or "", name or path)
end

--- The journal goes first: without it, what is left of the folder counts for
--- nothing.
local function empty_folder(folder)
  os.remove(folder .. "/.journal.part")
  for _, name in ipairs(core.input.names(folder) or {}) do os.remove(folder .. "/" .. name) end
end

--- Errors of the system, and how often a folder may be removed while we look at it.
local GONE, HELD, TRIES = 2, 11, 10

--- Makes the folder unless it is there, and holds it: two runs at once would write
--- over each other's files.
local function hold(folder)
  for _ = 1, TRIES do
    must(output.make_folder(folder))
    local lock, message, errno = core.lock.hold(folder)
    if lock then return lock end
    if errno == HELD then
      error({ code = "caller", reason = ("another run writes there now: it holds %s; wait until "
        .. "it is over, or name another output"):format(folder) }, 0)
    end
    if errno ~= GONE then fail(message) end
  end
  fail(folder .. " is removed again and again")
end

local function write_whole(path, bytes)
  local file = must(output.open(path))
  must(file:write(bytes))
  must(file:commit())
end

local function read_whole(path)
  local file <close> = io.open(path, "rb")
  return file and file:read("a")
end

--- What no other run is called.
local function token()
  local file <close> = must(io.open("/dev/urandom", "rb"))
  return (must(file:read(16)):gsub(".", function(byte) return ("%02x"):format(byte:byte()) end))
end

--- What an input is, as a line: a change shows.
local function describe(entry)
  local _, size, time = core.input.kind(entry.path)
  return json.encode { path = quote.valid(entry.path), kind = entry.kind, size = size, time = time }
end

--- One line after the other: a run may have a million inputs.
local function write_inputs(path, inputs)
  local file = must(output.open(path))
  for _, entry in ipairs(inputs) do must(file:write(describe(entry) .. "\n")) end
  must(file:commit())
end

---@param folder string
---@param run { [1]: string, [2]: any }[]  what makes the run what it is: recipe, options, version
---@param inputs table[]
---@param lock? any  the folder's, where it is held
---@return pumice.Journal
function M.start(folder, run, inputs, lock)
  lock = lock or hold(folder)
  empty_folder(folder)
  write_inputs(folder .. "/inputs", inputs)
  local self = setmetatable({ folder = folder, lock = lock, marks = {}, commits = 0,
    due = clock() + M.seconds, bytes = 0 }, Journal)
  self.file = must(output.open(folder .. "/journal"))
  self.token = token()
  self:line { token = self.token, run = run }
  return self
end

--- Where the texts of two recipes differ.
local function changed_line(was, is)
  local number, lines = 0, is:gmatch("([^\n]*)\n?")
  for before in was:gmatch("([^\n]*)\n?") do
    local now = lines()
    number = number + 1
    if before ~= now then
      return ("recipe: it was %s in line %d, it is %s"):format(quote.quote(before, SHOWN), number,
        quote.quote(now or "", SHOWN))
    end
  end
  return "recipe: it was shorter"
end

local function text_of(value)
  return value == nil and "not given" or json.encode(value)
end

--- Names what differs between the run that was and the run that is asked for.
local function difference(was, is)
  local before, now, names = {}, {}, {}
  for _, pair in ipairs(was) do before[pair[1]] = pair[2] end
  for _, pair in ipairs(is) do now[pair[1]] = pair[2] end
  for _, list in ipairs { is, was } do
    for _, pair in ipairs(list) do names[#names + 1] = pair[1] end
  end
  for _, name in ipairs(names) do
    local old, new = text_of(before[name]), text_of(now[name])
    if old ~= new and name == "recipe" then return changed_line(before[name], now[name]) end
    if old ~= new then return ("%s: it was %s, it is %s"):format(name, old, new) end
  end
end

--- What is not as `path` has it of the inputs: "an input" or "the run", and what of it;
--- or nil.
local function changed_input(path, inputs)
  local file <close> = io.open(path, "rb")
  local before = file and file:lines() or function() end
  for _, entry in ipairs(inputs) do
    local line, now = before(), describe(entry)
    if line ~= now then
      local was, is = line and json.decode(line), json.decode(now)
      -- One that is new or gone moves those behind it: then the list has changed.
      if not was or was.path ~= is.path then return "an input", "the list of files" end
      if was.size ~= is.size or was.time ~= is.time then return "an input", was.path end
      return "the run", ("--from: %s was read as %s, now as %s"):format(was.path,
        was.kind or "what it holds", is.kind or "what it holds")
    end
  end
  if before() then return "an input", "the list of files" end
end

--- The run and its commits: the lines in the bytes of a journal, up to the first
--- that is no entry (the last one may be cut off), and the length of these lines.
---@param bytes string
---@return table[] lines
---@return integer length
function M.lines(bytes)
  local lines, length = {}, 0
  for line in bytes:gmatch("([^\n]*)\n") do
    local entry = json.decode(line)
    if json.type(entry) ~= "object" then break end
    lines[#lines + 1] = entry
    length = length + #line + 1
  end
  return lines, length
end

--- Opens the journal of a run that was cut off. Returns it and the last commit
--- (nil when there was none), or nil and why that run cannot go on.
---@return pumice.Journal?
---@return table|string|nil
function M.resume(folder, run, inputs)
  local there = core.input.kind(folder) == "folder"
  local lock = there and hold(folder)
  local lines, length = M.lines(read_whole(folder .. "/.journal.part") or "")
  if not lines[1] then
    -- Cut off before it noted what it is, it has done nothing either.
    if there then return M.start(folder, run, inputs, lock) end
    return nil, ("there is no run to resume: no journal in %s"):format(folder)
  end
  local what, changed = "the run", difference(lines[1].run or {}, run)
  if not changed then what, changed = changed_input(folder .. "/inputs", inputs) end
  if changed and lock then lock:close() end
  if changed then return nil, ("cannot resume, %s has changed: %s"):format(what, changed) end
  local self = setmetatable({ folder = folder, lock = lock, token = lines[1].token, marks = {},
    commits = #lines - 1, due = clock() + M.seconds, bytes = 0 }, Journal)
  self.file = must(output.go_on(folder .. "/journal", length, ""))
  local last = #lines > 1 and lines[#lines] or nil
  if last and last.tail then
    last.tails = unpack_data(must(read_whole(folder .. "/" .. last.tail), "no " .. last.tail))
  end
  self.last_tail = last and last.tail
  return self, last
end

function Journal:line(entry)
  must(self.file:write(json.encode(entry) .. "\n"))
  must(self.file:sync())
end

--- The path of a file in the folder.
function Journal:path(name)
  return self.folder .. "/" .. name
end

--- Opens the marks of barrier `number` and returns those that count: an
--- iterator over the values that were noted up to `length` bytes.
---@param number integer
---@param length integer
---@return fun(): any
function Journal:open_marks(number, length)
  local path = self:path("marks-" .. number)
  if length == 0 then
    self.marks[number] = must(output.open(path))
    return function() end
  end
  local file = must(io.open(self:path(".marks-" .. number .. ".part"), "rb"))
  self.marks[number] = must(output.go_on(path, length, ""))
  local at = 0
  return function()
    if at == length then
      file:close()
      return nil
    end
    local size = ("<I4"):unpack(must(file:read(4), "marks are missing"))
    at = at + 4 + size
    return unpack_data(must(file:read(size), "marks are missing"))
  end
end

--- Notes a value at barrier `number`.
function Journal:mark(number, value)
  local bytes = ("<s4"):pack(pack(value))
  must(self.marks[number]:write(bytes))
  self.bytes = self.bytes + #bytes
end

--- Whether a commit is due after `bytes` more were written.
function Journal:is_due(bytes)
  self.bytes = self.bytes + bytes
  return self.bytes >= BYTES or clock() >= self.due
end

--- Notes `entry`, with the positions of the files of `sink` and of `stores`.
---@param entry table  where the run stands
---@param sink pumice.Sink
---@param stores pumice.Store[]
function Journal:commit(entry, sink, stores)
  local tails
  entry.files, tails = sink:sync()
  entry.spills, entry.marks = json.array {}, json.array {}
  for i, store in ipairs(stores) do
    entry.spills[i] = must(store.spill:sync())
    entry.marks[i] = self.marks[i] and must(self.marks[i]:sync()) or 0
  end
  if next(tails) then
    entry.tail = "tail-" .. self.commits + 1
    write_whole(self:path(entry.tail), pack(tails))
  end
  self:line(entry)
  if self.last_tail then os.remove(self:path(self.last_tail)) end
  self.last_tail = entry.tail
  self.commits = self.commits + 1
  self.bytes, self.due = 0, clock() + M.seconds
end

--- Closes the files; the folder stays for M.resume.
function Journal:leave()
  self.file:leave()
  for _, file in pairs(self.marks) do file:leave() end
  self.lock:close()
end

--- Removes the folder: the run is whole, or nothing of it counts.
function Journal:remove()
  empty_folder(self.folder)
  os.remove(self.folder)
  self:leave()
end

return M
