--- The recipe `news` on the sample pages of examples/data/news, against their
--- gold.json: clusters, body kept, boilerplate left, quotes with speakers.
local figures = require "figures"
local files = require "files"
local json = require "pumice.json"
local text = require "pumice.text"
local token = require "pumice.token"

local FOLDER = "examples/data/news/"

--- One form for both sides: what repair and normalisation change is no loss.
local function plain(s)
  return (text.punctuation(text.normalize(text.repair(s), "NFC")):gsub("%s+", " ")
    :gsub("^ ", ""):gsub(" $", ""))
end

--- Runs the recipe over the pages, keeping all copies, and returns the
--- documents by their ids in gold.json.
local function run_news()
  local out = os.tmpname()
  local ok = os.execute(("build/pumice run news %s --keep all -o %s -q"):format(FOLDER, out))
  assert(ok, "pumice run news failed")
  local pages = {}
  for line in files.read(out):gmatch("[^\n]+") do
    local doc = assert(json.record(line))
    pages[doc.id:gsub("^" .. FOLDER, "")] = doc
  end
  os.remove(out)
  return pages
end

local function cluster_key(ids)
  table.sort(ids)
  return table.concat(ids, " + ")
end

--- The clusters that `copy_of` links make, as a set of keys.
local function found_clusters(pages)
  local members = {}
  for id, doc in pairs(pages) do
    if doc.copy_of then
      local kept = doc.copy_of:gsub("^" .. FOLDER, "")
      members[kept] = members[kept] or { kept }
      table.insert(members[kept], id)
    end
  end
  local keys = {}
  for _, ids in pairs(members) do keys[cluster_key(ids)] = true end
  return keys
end

local function missing(wanted, got)
  local list = {}
  for key in pairs(wanted) do
    if not got[key] then list[#list + 1] = key end
  end
  table.sort(list)
  return list
end

local function note(what, list)
  for _, entry in ipairs(list) do io.stderr:write(what, ": ", entry, "\n") end
end

local function score_clusters(gold, pages)
  local wanted, got = {}, found_clusters(pages)
  local count = 0
  for _, ids in ipairs(gold.clusters) do
    wanted[cluster_key(table.move(ids, 1, #ids, 1, {}))] = true
    count = count + 1
  end
  local lost, extra = missing(wanted, got), missing(got, wanted)
  note("cluster not found", lost)
  note("cluster not in gold", extra)
  return {
    figures.figure { name = "news: gold clusters found", value = (count - #lost) / count,
      unit = "share", at_least = 1.0 },
    figures.figure { name = "news: other clusters", value = #extra, unit = "clusters",
      at_most = 0 },
  }
end

--- A short line could stand in a body sentence by chance: it counts only as a
--- whole line.
local SHORT = 25

local function stands_in(line, cleaned, lines)
  if #line < SHORT then return lines[line] end
  return cleaned:find(line, 1, true) ~= nil
end

local function score_cleaning(gold, pages)
  local sentences, kept, chars, left = 0, 0, 0, 0
  for id, page in pairs(gold.pages) do
    local doc = pages[id]
    local cleaned = doc and plain(doc.text) or ""
    local lines = {}
    for _, line in ipairs(token.lines(doc and doc.text or ""):strings()) do
      lines[plain(line)] = true
    end
    for _, paragraph in ipairs(page.body) do
      for _, sentence in ipairs(token.sentences(paragraph):strings()) do
        sentences = sentences + 1
        if cleaned:find(plain(sentence), 1, true) then
          kept = kept + 1
        else
          note("body sentence lost in " .. id, { sentence })
        end
      end
    end
    for _, line in ipairs(page.boilerplate) do
      chars = chars + #line
      if stands_in(plain(line), cleaned, lines) then
        left = left + #line
        note("boilerplate left in " .. id, { line })
      end
    end
  end
  return {
    figures.figure { name = "news: body sentences kept", value = kept / sentences, unit = "share",
      at_least = 1.0 },
    figures.figure { name = "news: boilerplate characters left", value = left / chars,
      unit = "share", at_most = 0.02 },
  }
end

local function name(s)
  return (plain(s):lower():gsub("^an? ", ""):gsub("^the ", ""))
end

--- A person has one name. A noun phrase may be told more fully than gold has
--- it: "a spokesman for the union in Romania".
local function same_speaker(speaker, gold)
  if gold:find("^%u") then return name(speaker) == name(gold) end
  return name(speaker):sub(1, #name(gold)) == name(gold)
end

local function score_quotes(gold, pages)
  local count, found, right, given, attributed = 0, 0, 0, 0, 0
  for id, page in pairs(gold.pages) do
    local by_text = {}
    for _, quote in ipairs(pages[id] and pages[id].quotes or {}) do
      given = given + (quote.speaker and 1 or 0)
      local key = plain(quote.text)
      by_text[key] = by_text[key] or {}
      table.insert(by_text[key], quote)
    end
    for _, wanted in ipairs(page.quotes) do
      count = count + 1
      local quote = table.remove(by_text[plain(wanted.text)] or {}, 1)
      if quote then
        found = found + 1
        attributed = attributed + (quote.speaker and 1 or 0)
        if quote.speaker and same_speaker(quote.speaker, wanted.speaker) then
          right = right + 1
        else
          note("speaker in " .. id, { ("%q: %s, gold %s"):format(wanted.text:sub(1, 50),
            tostring(quote.speaker), wanted.speaker) })
        end
      else
        note("quote not found in " .. id, { wanted.text })
      end
    end
  end
  return {
    figures.figure { name = "news: gold quotes found", value = found / count, unit = "share",
      at_least = 1.0 },
    figures.figure { name = "news: gold quotes with their speaker", value = right / count,
      unit = "share", at_least = 1.0 },
    figures.figure { name = "news: attributed quotes that are in gold",
      value = given > 0 and attributed / given or 0, unit = "share" },
  }
end

return function()
  local gold = assert(json.decode(files.read(FOLDER .. "gold.json")))
  local pages = run_news()
  local rows = {}
  for _, score in ipairs { score_clusters, score_cleaning, score_quotes } do
    for _, row in ipairs(score(gold, pages)) do rows[#rows + 1] = row end
  end
  return rows
end
