--- The pair of real pages the design is measured on. They are not ours to
--- carry: the spec reads them where they stand, by line numbers, and says aloud
--- when they are not there.
local json = require "pumice.json"
local text = require "pumice.text"

local FOLDER = "../shared/seeds"
local PROGRAM = (os.getenv("BUILD") or "build") .. "/pumice"

--- What stands on which lines of the two pages.
local FIRST = {
  name = "000_364ee98a1bc9817b.txt",
  story = { 3, 7, 9, 11, 13, 15, 17, 19, 21 },
  cut = { 1, 23, 25, 26, 28, 30, 32, 34, 36, 38, 40, 42, 43, 44, 45, 46, 47, 48, 50 },
  president = { 11, 13 }, -- paragraphs that are his words
}
local SECOND = {
  name = "001_53cae8c060592042.txt",
  story = { 1, 3, 8, 10, 12, 14, 18, 22, 24, 26, 28 },
  cut = { 16 },
  captions = { 5, 6 },
  president = { 14, 18 },
}

local function lines_of(page)
  local file <close> = io.open(FOLDER .. "/" .. page.name, "rb")
  if not file then return nil end
  local lines = {}
  for line in file:lines() do lines[#lines + 1] = line end
  return lines
end

local function squeezed(s)
  return (s:gsub("%s+", " "))
end

--- Runs `news` with nothing set but what is asked; returns the documents by
--- the names of their files.
local function run(arguments)
  local pipe <close> = assert(io.popen(("%s run news %s %s -q"):format(PROGRAM, FOLDER, arguments)))
  local docs = {}
  for line in pipe:lines() do
    local doc = assert(json.record(line))
    docs[doc.id:match("[^/]+$")] = doc
  end
  return docs
end

describe("news on the seed pages", function()
  if not lines_of(FIRST) then
    print("SKIPPED: the seed pages are not in " .. FOLDER)
    pending("the seed pages are not in " .. FOLDER)
    return
  end
  local docs = run "--keep all"

  for _, page in ipairs { FIRST, SECOND } do
    local lines, doc = lines_of(page), docs[page.name]

    it("keeps every sentence of the story in " .. page.name, function()
      local cleaned = squeezed(doc.text)
      for _, number in ipairs(page.story) do
        assert.is_truthy(cleaned:find(squeezed(lines[number]), 1, true),
          "line " .. number .. " is lost")
      end
    end)

    it("cuts what is not the story in " .. page.name, function()
      local left = {}
      for line in doc.text:gmatch("[^\n]+") do left[squeezed(line)] = true end
      for _, number in ipairs(page.cut) do
        assert.is_nil(left[squeezed(lines[number])], "line " .. number .. " is left")
      end
    end)

    it("lists the president's words with him as the speaker in " .. page.name, function()
      for _, number in ipairs(page.president) do
        local words = lines[number]:match('^"(.-)"') or lines[number]:gsub("^“", ""):gsub("”$", "")
        local found
        for _, quote in ipairs(doc.quotes) do
          if squeezed(quote.text) == squeezed(words) then found = quote end
        end
        assert.is_truthy(found, "line " .. number .. " is no quotation")
        assert.equal("Vladimir Putin", found.speaker)
        assert.equal(found.text, doc.text:sub(found.first, found.last))
      end
    end)
  end

  it("cuts the caption that is printed twice, or keeps it once without its credit", function()
    local lines = lines_of(SECOND)
    local caption = squeezed(lines[SECOND.captions[2]]):match("^(.-%.) ")
    local cleaned = squeezed(docs[SECOND.name].text)
    local first, last = cleaned:find(caption, 1, true)
    if first then assert.is_nil(cleaned:find(caption, last + 1, true)) end
    assert.is_nil(cleaned:find("Photograph:", 1, true))
  end)

  it("finds one story, and shows how it knows", function()
    local kept = run ""
    local stays, gone
    for name in pairs(kept) do
      assert.is_nil(stays, "both pages stayed")
      stays = name
    end
    gone = stays == FIRST.name and SECOND.name or FIRST.name
    local copy = kept[stays].copies[1]
    assert.equal(gone, copy.id:match("[^/]+$"))
    assert.is_true(copy.jaccard > 0 and copy.contained > 0.5 and copy.contains > 0.4)
    assert.is_true(#copy.passages >= 1)
    local mine, theirs = kept[stays].text, docs[gone].text
    for _, passage in ipairs(copy.passages) do
      local a = mine:sub(passage.first, passage.last)
      local b = theirs:sub(passage.their_first, passage.their_last)
      -- A passage begins and ends with the same word in both.
      local function ends(s)
        s = text.fold(text.punctuation(s))
        return { s:match("%w+"), s:match("(%w+)%W*$") }
      end
      assert.same(ends(a), ends(b))
    end
  end)

  it("names the words that differ", function()
    local align = require "pumice.align"
    local a, b = docs[FIRST.name].text, docs[SECOND.name].text
    local changes = {}
    for _, piece in ipairs(align.diff(a, b)) do
      if piece.op == "replace" then
        local ours = a:sub(piece.first, piece.last)
        local theirs = b:sub(piece.their_first, piece.their_last)
        changes[ours .. " > " .. theirs] = true
      end
    end
    local function has(pattern)
      for change in pairs(changes) do
        if change:find(pattern) then return true end
      end
    end
    assert.is_true(has "Rossia.* > .*Rossiya")
    assert.is_true(has "Yanukovych.* > .*Yanukovich")
    assert.is_true(has "United States.* > .*US")
  end)
end)
