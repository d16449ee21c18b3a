--- News that nobody wrote, for benchmarks of dedup: articles of 300 to 1,500
--- words that follow each other as in the manual of Perl, so that any five in a
--- row are as rare as in real text. One in twenty is a copy of an earlier one
--- with some words changed and other words before and after it.
local corpus = require "corpus"
local json = require "pumice.json"

local M = {}

local PATH = "build/bench/made_news.jsonl"
local BYTES, OUTLETS = 60 * 1000 * 1000, 40

local state = 1
local function random(n)
  state = state * 6364136223846793005 + 1442695040888963407
  return (state >> 33) % n + 1
end

--- The words that follow each word, as often as they do.
local function chain()
  local next_words, before = {}, "the"
  for word in corpus.manual():gmatch("%f[%w][%a']+[.,]?") do
    local list = next_words[before]
    if not list then
      list = {}
      next_words[before] = list
    end
    list[#list + 1] = word
    before = word
  end
  next_words[before] = next_words[before] or { "the" }
  return next_words
end

--- Adds so many words. Drawing them is most of the work, and so is done in place.
local function write_words(next_words, out, count)
  local last, first_words = #out, next_words.the
  local word, now = out[last] or "the", state
  for i = last + 1, last + count do
    local list = next_words[word] or first_words
    now = now * 6364136223846793005 + 1442695040888963407
    word = list[(now >> 33) % #list + 1]
    out[i] = word
  end
  state = now
end

local function copy(next_words, words)
  local out = {}
  write_words(next_words, out, random(100))
  for _, word in ipairs(words) do
    out[#out + 1] = random(50) == 1 and "REDACTED" or word
  end
  write_words(next_words, out, random(100))
  return out
end

local function make()
  local next_words, articles, bytes = chain(), {}, 0
  local file <close> = assert(io.open(PATH, "wb"))
  for number = 1, math.huge do
    local words = {}
    if number > 20 and random(20) == 1 then
      words = copy(next_words, articles[random(number - 1)])
    else
      write_words(next_words, words, 300 + random(1200))
    end
    articles[number] = words
    local text = table.concat(words, " ")
    file:write(json.encode { id = tostring(number), outlet = "outlet" .. random(OUTLETS),
      text = text }, "\n")
    bytes = bytes + #text
    if bytes > BYTES then return end
  end
end

--- Returns a function that gives an article of so many words as a list, and one
--- that draws a number from 1 on.
---@return fun(count: integer): string[]
---@return fun(n: integer): integer
function M.writer()
  local next_words = chain()
  return function(count)
    local words = {}
    write_words(next_words, words, count)
    return words
  end, random
end

--- Returns the path of the JSON lines, and the texts.
---@return string, string[]
function M.read()
  local file = io.open(PATH, "rb")
  if file then file:close() else make() end
  local texts = {}
  for line in io.lines(PATH) do texts[#texts + 1] = json.decode(line).text end
  return PATH, texts
end

return M
