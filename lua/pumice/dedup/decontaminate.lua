--- Documents that hold parts of test sets.
local align = require "pumice.align"
local json = require "pumice.json"
local options = require "pumice.options"
local read = require "pumice.read"
local shingle = require "pumice.shingle"
local stage = require "pumice.stage"

local M = {}

---@class pumice.dedup.DecontaminateOptions
---@field tests? string|string[]  files or folders of tests, in any form that
---  `pumice.read` reads: JSON lines, CSV, texts, plain or compressed (default none)
---@field field? string  the field of a test that is its text (default "text")
---@field n? integer  words in a row that a document shares with a test (default 13)
---@field mark? boolean  list the tests in the field `tests`, drop nothing
---  (default false)
local defaults = { tests = options.any, field = "text", n = 13, mark = false }

--- Calls `add(id, text)` for each test of a file. Raises when it cannot be read.
local function read_tests(path, field, add)
  if path == "-" then error("tests are read from files, not from standard input", 0) end
  local found, next_test = pcall(read.docs, path)
  if not found then error(next_test, 0) end
  for test, item in next_test do
    local text = test[field]
    if type(text) ~= "string" then
      error(("%s: no text '%s'"):format(stage.place(item), field), 0)
    end
    add(test.id or stage.place(item), text)
  end
end

--- Of the tests that have one shingle so many are told: what stands in all of them
--- is how they begin, and no sign of one.
local MOST <const> = 64

--- Notes that a test has a shingle: its number, or those of several.
local function note(having, hash, number)
  local had = having[hash]
  if not had then
    having[hash] = number
  elseif math.type(had) then
    having[hash] = { had, number }
  elseif #had < MOST then
    had[#had + 1] = number
  end
end

--- The tests of all files, and which of them have each shingle.
local function load_tests(o)
  local paths = type(o.tests) == "string" and { o.tests } or o.tests or {}
  local tests, having = {}, {}
  for _, path in ipairs(paths) do
    read_tests(path, o.field, function(id, text)
      local shingles = shingle.words(text, { n = o.n, positions = true })
      if shingles:units() >= o.n then
        tests[#tests + 1] = { id = id, text = text }
        for hash in pairs(shingles:positions()) do note(having, hash, #tests) end
      end
    end)
  end
  if #paths > 0 and #tests == 0 then
    error(("%s: no test of %d words or more; option 'n' says how many are looked for"):format(
      table.concat(paths, ", "), o.n), 0)
  end
  return tests, having
end

--- How many shingles a text shares with each test that it shares some with, and
--- these tests in ascending order.
local function shared(text, having, n)
  local count, list = {}, {}
  local function add(test)
    if not count[test] then list[#list + 1] = test end
    count[test] = (count[test] or 0) + 1
  end
  local shingles = shingle.words(text, { n = n, positions = true })
  if shingles:units() < n then return count, list end
  for hash in pairs(shingles:positions()) do
    local found = having[hash]
    if math.type(found) then
      add(found)
    elseif found then
      for _, test in ipairs(found) do add(test) end
    end
  end
  table.sort(list)
  return count, list
end

---@param opts? pumice.dedup.DecontaminateOptions
---@return pumice.Stage
function M.new(opts)
  local o = options.read(opts, defaults)
  options.count("n", o.n, 1, 64, 3)
  local tests, having = load_tests(o)
  local function evidence(text, number, count)
    local test = tests[number]
    local found = align.reuse(text, test.text, { min_words = o.n })
    return { id = test.id, shared = count[number], jaccard = found.jaccard,
      contained = found.contained, contains = found.contains, aligned = found.aligned,
      passages = json.array(found.passages) }
  end
  return {
    name = "dedup.decontaminate",
    each = function(doc)
      local text = stage.text_of(doc)
      local count, list = shared(text, having, o.n)
      if #list == 0 then return doc end
      if o.mark then
        local found = json.array()
        for i, number in ipairs(list) do found[i] = evidence(text, number, count) end
        doc.tests = found
        return doc
      end
      local most = list[1]
      for _, number in ipairs(list) do
        if count[number] > count[most] then most = number end
      end
      local found = evidence(text, most, count)
      return nil, "test", { copy_of = found.id, jaccard = found.jaccard,
        contained = found.contained, contains = found.contains, aligned = found.aligned,
        passages = found.passages,
        value = found.shared, limit = 1 }
    end,
  }
end

return M
