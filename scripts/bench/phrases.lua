--- Caseless phrases against an alternation in PCRE2, Hyperscan and ripgrep.
local corpus = require "corpus"
local figures = require "figures"
local files = require "files"
local regex = require "pumice.regex"
local timing = require "timing"
local token = require "pumice.token"

local FOLDER = "build/bench/"

local run = files.output

--- Returns `count` different phrases of two to four words of three letters or
--- more, as they follow each other here and there in the manual of Perl.
local function made(count)
  local words = token.words(corpus.manual()):strings()
  local list, seen = {}, {}
  local step, at, size = #words // (2 * count), 1, 2
  while #list < count do
    local phrase = table.concat(words, " ", at, at + size - 1):lower()
    if phrase:find("^[a-z ]+$") and not (" " .. phrase .. " "):find(" %l%l? ")
      and not seen[phrase] then
      seen[phrase] = true
      list[#list + 1] = phrase
    end
    at = (at + step) % (#words - 10) + 1
    size = size % 3 + 2
  end
  return list
end

local function build(program, libraries)
  assert(os.execute(("cc -O2 -o %s%s scripts/bench/%s.c %s"):format(FOLDER, program, program,
    libraries)))
  return FOLDER .. program
end

--- What peers need for a list: {name, seconds, matches, least ratio} each.
--- PCRE2 and ripgrep take minutes for many thousands.
local function peers(path, list)
  local lines = FOLDER .. "phrases.txt"
  local pattern = FOLDER .. "phrases.regex"
  files.write(lines, table.concat(list, "\n") .. "\n")
  local rows = {}
  local few = #list <= 1000
  if few then
    files.write(pattern, table.concat(list, "|"))
    local seconds, _, count = run(("%s %s %s caseless"):format(
      build("pcre2_loop", "-lpcre2-8"), path, pattern)):match("(%S+) (%S+) (%d+)")
    rows[#rows + 1] = { "PCRE2-JIT alternation", tonumber(seconds), tonumber(count), 50 }
  end
  local ways = { { "Hyperscan, literals", 0.8 }, { "Hyperscan, alternation", 0.8 } }
  for seconds, count in run(("%s %s %s"):format(build("hyperscan_count", "-lhs"), path, lines))
    :gmatch("(%S+) (%d+)\n") do
    local name, at_least = table.unpack(table.remove(ways, 1))
    rows[#rows + 1] = { name, tonumber(seconds), tonumber(count), at_least }
  end
  if few then
    local command = ("rg -i -F -f %s --no-filename -N %%s %s"):format(lines, path)
    local best = timing.commands { places = command:format("-o"), lines = command:format("-c") }
    rows[#rows + 1] = { "ripgrep -o", best.places, nil, 2 }
    rows[#rows + 1] = { "ripgrep -c", best.lines, nil, 2 }
  end
  return rows
end

return function()
  local path, text = corpus.english()
  local megabytes = #text / 1e6
  local rows = {}
  for _, count in ipairs { 200, 20000 } do
    local list = made(count)
    local phrases = regex.phrases(list, { caseless = true })
    local all = regex.phrases(list, { caseless = true, overlap = true })
    local found
    local best = timing.functions {
      ours = function() found = phrases:count(text) end,
      all = function() all:count(text) end,
    }
    io.stderr:write(("%d phrases: %d matches, %d with overlap\n"):format(count, found,
      all:count(text)))
    for _, peer in ipairs(peers(path, list)) do
      local name, seconds, matches, at_least = table.unpack(peer, 1, 4)
      local value = name:find("literals") and best.all or best.ours
      io.stderr:write(("%d phrases, %s: %s matches\n"):format(count, name, matches or "?"))
      rows[#rows + 1] = figures.figure { name = ("%d phrases, caseless"):format(count),
        value = megabytes / value, unit = "MB/s", peer = name,
        peer_value = megabytes / seconds, at_least = count == 200 and at_least or nil }
    end
  end
  return rows
end
