--- Near-duplicates: text to sketches, and JSON lines to verified pairs, against
--- datasketch, rensa and gaoya from PyPI. A peer that cannot be had is left out,
--- and said so.
local figures = require "figures"
local made_news = require "made_news"
local shingle = require "pumice.shingle"
local timing = require "timing"

local VENV = "build/bench/venv"

--- Peers are slow: they read a part of the corpus.
local PART = 4 * 1000 * 1000

local function set_up()
  return os.execute(("test -x %s/bin/python || python3 -m venv %s"):format(VENV, VENV))
    and os.execute(("%s/bin/pip install -q --disable-pip-version-check "
      .. "datasketch rensa gaoya >&2"):format(VENV))
end

--- Megabytes a second of a task of dedup_peers.py, or nil.
local function rate(task, path, most)
  local best
  for _ = 1, 2 do
    local pipe <close> = assert(io.popen(("%s/bin/python scripts/bench/dedup_peers.py %s %s %d")
      :format(VENV, task, path, most)))
    local seconds, bytes = pipe:read("a"):match("(%S+) (%d+)")
    if not seconds then
      io.stderr:write("skipped, does not run: ", task, "\n")
      return nil
    end
    best = math.max(best or 0, bytes / 1e6 / tonumber(seconds))
  end
  return best
end

--- Megabytes a second from texts to sketches, and of the text behind shingles
--- that are there already.
local function our_sketches(texts)
  local sets, bytes, part = {}, 0, 0
  for i, text in ipairs(texts) do
    bytes = bytes + #text
    if part < PART then
      sets[i] = shingle.words(text, { n = 5 })
      part = part + #text
    end
  end
  local best = timing.functions {
    texts = function()
      for _, text in ipairs(texts) do shingle.sketch(text, { n = 5 }) end
    end,
    sets = function()
      for _, set in ipairs(sets) do set:sketch() end
    end,
  }
  return bytes / 1e6 / best.texts, part / 1e6 / best.sets, bytes
end

return function()
  local path, texts = made_news.read()
  local sketches, kernel, bytes = our_sketches(texts)
  local best = timing.commands {
    ours = ("build/pumice run near_dedup %s --jobs 1 -q"):format(path),
  }
  local whole = bytes / 1e6 / best.ours
  if not set_up() then
    io.stderr:write("skipped: no peers, python3 -m venv or pip do not work here\n")
  end
  local rows = {}
  local cases = {
    { "text to sketches of 128 slots", sketches, "datasketch", "datasketch_sketches", 200 },
    { "shingles to sketches of 128 slots", kernel, "rensa", "rensa_kernel", 15 },
    { "JSON lines to verified pairs", whole, "datasketch", "datasketch_pairs", 100 },
    { "JSON lines to verified pairs", whole, "gaoya, not verified", "gaoya_pairs", 8 },
  }
  for i, case in ipairs(cases) do
    local name, value, peer, task, at_least = table.unpack(case)
    local theirs = rate(task, path, PART)
    rows[i] = figures.figure { name = name, value = value, unit = "MB/s", peer = peer,
      peer_value = theirs, at_least = theirs and at_least }
  end
  return rows
end
