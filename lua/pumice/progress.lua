--- Progress: how far a run is, told while it goes on.
---
--- | mode    | where          | what                                           |
--- |---------|----------------|------------------------------------------------|
--- | "bar"   | a terminal     | one line, drawn again up to 10 times a second  |
--- | "lines" | anywhere       | a plain line now and then, for logs            |
--- | "json"  | anywhere       | the same as JSON, and once at the end          |
--- | "none"  |                | nothing, unless SIGUSR1 asks                   |
---
--- "auto" is a bar on a terminal and lines elsewhere. Where there is no
--- terminal, or a dumb or a narrow one, a bar is lines: never a carriage return
--- or an escape byte goes into a file. SIGUSR1 asks for one line in any mode.
local core = require "pumice.core"
local json = require "pumice.json"

local process = core.process

local M = {}

M.modes = { "auto", "bar", "lines", "json", "none" }

--- Seconds between two lines, between two drawings of the bar, and before the
--- time that is left is worth telling.
M.seconds = 30
local REDRAW, SETTLE = 0.1, 5

--- A smaller share of the work says nothing about the rest of it.
local SETTLED_SHARE = 0.01

--- Columns that a bar needs, bytes of a plain line, columns of the bar itself.
local NARROWEST, LONGEST, BAR = 40, 120, 20

---@class pumice.Progress
---@field mode "bar"|"lines"|"json"|"none"
---@field quiet boolean  not even when asked
---@field summary pumice.Summary  of the run, as it grows
local Progress = {}
Progress.__index = Progress

local function mode_of(mode)
  if mode ~= "auto" and mode ~= "bar" then return mode end
  local columns = process.terminal(2) and os.getenv "TERM" ~= "dumb" and process.columns(2)
  return columns and columns >= NARROWEST and "bar" or "lines"
end

---@param mode "auto"|"bar"|"lines"|"json"|"none"
---@param quiet? boolean  say nothing, whoever asks
---@return pumice.Progress
function M.new(mode, quiet)
  quiet = quiet or false
  return setmetatable({ mode = mode_of(quiet and "none" or mode), quiet = quiet }, Progress)
end

--- Begins a part of the run. What is done of it is told by a number that grows
--- up to `total`: bytes of the input, documents at a barrier; nil: nobody knows.
---@param summary pumice.Summary
---@param part { number: integer, parts: integer, bytes: boolean, total?: integer, done: integer }
function Progress:begin(summary, part)
  local now = process.clock()
  self.summary, self.part, self.start = summary, part, now
  self.done, self.first_done, self.documents = part.done, part.done, 0
  self.due = self.due or now + (self.mode == "bar" and REDRAW or M.seconds)
end

--- Takes note of what was done since: of the part, and documents.
---@param done integer
---@param documents integer
function Progress:step(done, documents)
  self.done = self.done + done
  self.documents = self.documents + documents
end

--- Takes note of how much of the part is behind us in all.
---@param done? integer
function Progress:reach(done)
  self.done = done or self.done
end

--- Says how far it is if it is time, or if somebody asked. Costs next to nothing.
function Progress:tick()
  if process.asked() and not self.quiet and self.part then self:say(self.mode) end
  if self.mode == "none" or not self.part then return end
  local now = process.clock()
  if now < self.due then return end
  if self.mode == "bar" then
    self:draw()
    self.due = now + REDRAW
  else
    self:say(self.mode)
    self.due = now + M.seconds
  end
end

local function rounded(number, unit)
  return number and math.floor(number / unit + 0.5) * unit
end

--- The figures of the moment: those that nobody knows yet are nil.
---@return table
function Progress:figures()
  local part, summary = self.part, self.summary
  local elapsed = math.max(process.clock() - self.start, 0.001)
  local share, first_share
  if part.total and part.total > 0 then
    share = math.min(self.done / part.total, 1)
    first_share = self.first_done / part.total
  end
  local left
  if share and elapsed >= SETTLE and share - first_share >= SETTLED_SHARE then
    left = elapsed * (1 - share) / (share - first_share)
  end
  local bytes = part.bytes and self.done - self.first_done
  return {
    part = part.number, parts = part.parts, share = share, read = summary.read,
    documents_per_second = rounded(self.documents / elapsed, 1),
    bytes_per_second = bytes and rounded(bytes / elapsed, 1), seconds_left = rounded(left, 1),
    kept = summary.kept, dropped = summary.dropped, rejected = summary.rejected,
  }
end

--- "12,345"
local function grouped(number)
  local digits, more = ("%d"):format(number // 1), 1
  while more > 0 do
    digits, more = digits:gsub("^(%d+)(%d%d%d)", "%1,%2")
  end
  return digits
end

--- "3:05", "2:00:00"
local function duration(seconds)
  local whole = math.ceil(seconds)
  local hours, minutes = whole // 3600, whole % 3600 // 60
  if hours > 0 then return ("%d:%02d:%02d"):format(hours, minutes, whole % 60) end
  return ("%d:%02d"):format(minutes, whole % 60)
end

--- The figures in words, in the order in which they are wanted.
local function words_of(figures)
  local words = {}
  local function add(form, value) words[#words + 1] = value and form:format(value) or nil end
  if figures.parts > 1 then words[1] = ("part %d/%d"):format(figures.part, figures.parts) end
  add("%3d%%", figures.share and figures.share * 100 // 1)
  add("%s docs", grouped(figures.read))
  add("%s left", figures.seconds_left and duration(figures.seconds_left))
  add("%s/s", grouped(figures.documents_per_second))
  add("kept %s", grouped(figures.kept))
  add("dropped %s", grouped(figures.dropped))
  add("rejected %s", grouped(figures.rejected))
  add("%.1f MB/s", figures.bytes_per_second and figures.bytes_per_second / 1e6)
  return words
end

--- As many of the words as fit into `width` columns.
local function fitted(words, width)
  local line = ""
  for _, word in ipairs(words) do
    local longer = line == "" and word or line .. "  " .. word
    if #longer > width then break end
    line = longer
  end
  return line
end

local function bar(share)
  local filled = math.floor(share * BAR)
  return ("[%s%s]"):format(("#"):rep(filled), ("-"):rep(BAR - filled))
end

function Progress:draw()
  local columns = process.columns(2) or NARROWEST
  local figures = self:figures()
  local words = words_of(figures)
  -- The last column stays free: some terminals wrap when it is filled.
  local line = fitted(words, columns - 1)
  if figures.share and #line + BAR + 3 < columns then
    line = bar(figures.share) .. " " .. line
  end
  io.stderr:write("\r", line, "\27[K")
  io.stderr:flush()
  self.drawn = true
end

--- One whole line: JSON, or words.
function Progress:say(mode, finished)
  local figures = self:figures()
  if mode == "json" then
    local line = json.record {}
    for _, name in ipairs { "part", "parts", "share", "read", "documents_per_second",
      "bytes_per_second", "seconds_left", "kept", "dropped", "rejected" } do
      line[name] = figures[name]
    end
    line.finished = finished or false
    io.stderr:write(json.encode(line), "\n")
  else
    self:clear()
    io.stderr:write(fitted(words_of(figures), LONGEST - 1), "\n")
  end
  io.stderr:flush()
end

--- Takes the bar away, so that something else can be written.
function Progress:clear()
  if self.drawn then io.stderr:write("\r\27[K") end
  self.drawn = false
end

--- The run is over, whichever way.
---@param whole boolean
function Progress:finish(whole)
  self:clear()
  if self.mode == "json" and self.part then self:say("json", whole) end
  self.part = nil
end

return M
