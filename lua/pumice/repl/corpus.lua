--- Documents under the cursor: the REPL reads files one document at a time, and
--- tries recipes on the next ones.
local align = require "pumice.align"
local check = require "pumice.engine.check"
local inspect = require "pumice.inspect"
local items = require "pumice.engine.items"
local recipe = require "pumice.recipe"
local report = require "pumice.report"
local source = require "pumice.engine.source"
local stage = require "pumice.stage"

local MAX_RECORD = 64 * 1024 * 1024

local M = {}

local Corpus = {}
Corpus.__index = Corpus

--- The words of a line; quotes keep blanks together.
local function words_of(line)
  local words = {}
  for quoted, word in line:gmatch([[%s*(["']?)([^"'%s]+)]]) do
    if quoted ~= "" then
      word = line:match(quoted .. word:gsub("%p", "%%%0") .. "[^" .. quoted .. "]*")
        :sub(2)
    end
    words[#words + 1] = word
  end
  return words
end

--- Opens the files and folders that a line names. Raises when there are none.
---@param line string
function M.open(line)
  local paths = words_of(line)
  if #paths == 0 then error("which file? `:open pages.jsonl`", 0) end
  local list, message = source.list(paths)
  if not list then error(message, 0) end
  return setmetatable({ items = items.of(list, { max_record = MAX_RECORD }) }, Corpus)
end

--- Moves to the next document, or to what could not be read; nil at the end.
function Corpus:advance(env)
  local item = self.items()
  self.item = item
  env.doc = item and item.doc
  return item
end

function Corpus:show()
  local item = self.item
  if not item then
    io.write("no more documents\n")
  elseif item.doc then
    io.write(stage.place(item), "  ", inspect.value(item.doc), "\n")
  else
    io.write(("%s  cannot be read: %s (%s)\n"):format(stage.place(item), item.reason, item.code))
  end
end

function Corpus:next(env)
  self:advance(env)
  self:show()
end

function Corpus:skip(count, env)
  for _ = 1, count do
    if not self:advance(env) then break end
  end
  self:show()
end

--- Goes on to the next document for which `condition` holds.
function Corpus:look_for(condition, env)
  repeat
    local item = self:advance(env)
  until not item or item.doc and condition()
  self:show()
end

--- Says what a recipe made of a document: the words that changed, the fields.
local function show_kept(before, after)
  io.write(tostring(after.id), "  kept\n")
  for name, value in pairs(after) do
    local old = before[name]
    local shown, shown_before = inspect.value(value), inspect.value(old)
    if type(value) == "string" and type(old) == "string" and value ~= old then
      io.write("  ", name, ": ", report.diff(align.diff(old, value), old, value), "\n")
    elseif shown ~= shown_before then
      io.write("  ", name, ": ", shown, "\n")
    end
  end
end

local function show_dropped(line)
  io.write(("%s  dropped by %s: %s\n"):format(line.id, line.stage, line.reason))
end

local function show_rejected(line)
  io.write(("rejected in %s: %s (%s)\n"):format(line.stage, line.reason, line.code))
end

--- A copy as a plain table, which the recipe may change as it likes.
local function copy_of(doc)
  local copy = {}
  for name, value in pairs(doc) do copy[name] = value end
  return copy
end

--- Runs a recipe over the document at hand and those after it, `count` in all.
function Corpus:run(name, count, env)
  local file, message = recipe.find(name)
  if not file then error(message, 0) end
  local loaded = recipe.load(file)
  local docs, by_id = {}, {}
  while self.item and #docs < count do
    local doc = self.item.doc
    if doc then
      docs[#docs + 1] = copy_of(doc)
      by_id[doc.id or tostring(#docs)] = doc
    else
      self:show()
    end
    self:advance(env)
  end
  if #docs == 0 then return self:show() end
  local result = check.run(loaded, {}, docs)
  for _, doc in ipairs(result.kept) do show_kept(by_id[doc.id] or {}, doc) end
  for _, line in ipairs(result.dropped) do show_dropped(line) end
  for _, line in ipairs(result.rejected) do show_rejected(line) end
end

return M
