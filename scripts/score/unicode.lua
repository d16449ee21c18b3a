--- Repair of damaged characters and the naming of encodings, against the cases
--- in DATA/unicode: mojibake made from sentences in 29 languages, ftfy's own
--- test cases, files in known encodings.
local figures = require "figures"
local json = require "pumice.json"
local text = require "pumice.text"

--- What the README there gives for ftfy 6.3.1 and uchardet 0.0.7 on the half.
local PEERS = {
  dev = { repaired = 0.928, untouched = 0.993, ftfy = 0.935, encodings = 0.930 },
  heldout = { repaired = 0.929, untouched = 0.995, ftfy = 0.952, encodings = 0.944 },
}

local function rows(path)
  local file = assert(io.open(path, "rb"))
  return coroutine.wrap(function()
    for line in file:lines() do coroutine.yield(json.decode(line)) end
    file:close()
  end)
end

--- The damage is to the encoding and by references: other steps stay off, as
--- the labels were made with such characters left in.
local ENCODING = {
  zero_width = false, bom = false, separators = false, line_ends = false, controls = false,
}

--- ftfy's cases have straight quotes in their labels.
local STRAIGHT = {
  ["\u{2018}"] = "'", ["\u{2019}"] = "'", ["\u{201A}"] = "'", ["\u{201B}"] = "'",
  ["\u{2BC}"] = "'", ["\u{201C}"] = '"', ["\u{201D}"] = '"', ["\u{201E}"] = '"',
  ["\u{201F}"] = '"', ["\u{149}"] = "'n",
}

local function straighten(s)
  return (s:gsub(utf8.charpattern, STRAIGHT))
end

local function same(a, b)
  return text.normalize(a) == text.normalize(b)
end

local function score_made(path, peer)
  local right, count = { [true] = 0, [false] = 0 }, { [true] = 0, [false] = 0 }
  for row in rows(path) do
    local clean = same(row.text, row.gold)
    count[clean] = count[clean] + 1
    if same(text.repair(row.text, ENCODING), row.gold) then
      right[clean] = right[clean] + 1
    else
      io.stderr:write("not repaired: ", row.id, " ", row.text, "\n")
    end
  end
  return {
    figures.figure { name = "unicode: damaged lines repaired", value = right[false] / count[false],
      unit = "share", peer = "ftfy", peer_value = peer.repaired, at_least = 1.02 },
    figures.figure { name = "unicode: clean lines untouched", value = right[true] / count[true],
      unit = "share", peer = "ftfy", peer_value = peer.untouched, at_least = 1 },
  }
end

local function score_ftfy(path, peer)
  local right, count, passing, passed = 0, 0, 0, 0
  for row in rows(path) do
    local got = straighten(text.repair(row.text, ENCODING))
    local ok = same(got, row.gold)
    local expected = row.kind ~= "known-failures"
    count, right = count + 1, right + (ok and 1 or 0)
    if expected then
      passing, passed = passing + 1, passed + (ok and 1 or 0)
      if not ok then io.stderr:write("not as ftfy: ", row.id, " ", row.text, "\n") end
    end
  end
  return {
    figures.figure { name = "unicode: ftfy's cases right", value = right / count, unit = "share",
      peer = "ftfy", peer_value = peer.ftfy, at_least = 1 },
    figures.figure { name = "unicode: cases that ftfy passes", value = passed / passing,
      unit = "share", at_least = 1 },
  }
end

--- Right is the name of the label, or one that gives the same text. The names
--- are those of chardet's tests, which tell UTF-8 with a mark from UTF-8.
local function score_encodings(folder, peer)
  local right, count = 0, 0
  for row in rows(folder .. "encodings.jsonl") do
    local file <close> = assert(io.open(folder .. row.file, "rb"))
    local bytes = file:read("a")
    local decoded, how = text.decode(bytes)
    local name = row.encoding:gsub("^utf%-8%-sig$", "utf-8")
    local ok = how.charset == name
      or how.invalid == 0 and text.normalize(decoded, "NFKC")
        == text.normalize(text.decode(bytes, { charset = name }), "NFKC")
    count, right = count + 1, right + (ok and 1 or 0)
    if not ok then
      io.stderr:write("decoded as ", how.charset, ", not as ", row.encoding, ": ", row.id, "\n")
    end
  end
  return figures.figure { name = "unicode: encodings named", value = right / count, unit = "share",
    peer = "uchardet", peer_value = peer.encodings, at_least = 1.016 }
end

return function(data, split)
  local folder = ("%s/unicode/%s/"):format(data, split)
  local peer = assert(PEERS[split], "SPLIT is dev or heldout")
  local list = score_made(folder .. "made.jsonl", peer)
  table.move(score_ftfy(folder .. "ftfy.jsonl", peer), 1, 2, #list + 1, list)
  list[#list + 1] = score_encodings(folder, peer)
  return list
end
