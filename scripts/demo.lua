--- `make demo`: the recipe `news` over the sample pages, and a look at what it
--- found.
local align = require "pumice.align"
local color = require "pumice.color"
local json = require "pumice.json"
local report = require "pumice.report"

local PAGES = "examples/data/news"
local STORIES, COPIES = "build/demo/stories.jsonl", "build/demo/copies.jsonl"
local REJECTS = "build/demo/rejects.jsonl"

local paint = color.painter(color.wanted(1))

local function read_documents(path)
  local docs = {}
  for line in io.lines(path) do docs[#docs + 1] = assert(json.record(line)) end
  return docs
end

local function heading(text)
  print("\n" .. paint("bold", text))
end

local function short(id)
  return (tostring(id):gsub("^" .. PAGES .. "/", ""))
end

--- The story with the most to show: the one with the longest shared passages.
local function pick(stories)
  local best, most = nil, 0
  for _, story in ipairs(stories) do
    for _, copy in ipairs(story.copies or {}) do
      local shared = 0
      for _, passage in ipairs(copy.passages) do
        shared = shared + passage.last - passage.first + 1
      end
      if shared > most then best, most = story, shared end
    end
  end
  return best
end

local function show_cluster(story, copies)
  heading(("One story, %d pages: %s"):format(#story.copies + 1, short(story.id)))
  for _, copy in ipairs(story.copies) do
    print(("  copy: %s"):format(short(copy.id)))
    print(("    Jaccard %.2f; %.0f %% of it stands in the page kept, %.0f %% the other way; "
      .. "%d shared passages"):format(copy.jaccard, copy.contained * 100, copy.contains * 100,
      #copy.passages))
  end
  local copy = story.copies[1]
  for _, dropped in ipairs(copies) do
    if dropped.id == copy.id then
      heading(("What differs: [-%s-] {+%s+}"):format(short(story.id), short(copy.id)))
      io.write(report.diff(align.diff(story.text, dropped.record.text), story.text,
        dropped.record.text, { paint = paint }), "\n")
    end
  end
end

local function show_quotes(story)
  heading("Who said what in it")
  for _, quote in ipairs(story.quotes) do
    print(("  %s (%s): “%s”"):format(
      paint("bold", quote.speaker or "?"), quote.cue or "no verb", quote.text))
  end
end

os.execute("mkdir -p build/demo")
local command = ("pumice run news %s -o %s --dropped %s --rejects %s"):format(
  PAGES, STORIES, COPIES, REJECTS)
print(command)
if not os.execute("build/" .. command) then os.exit(1) end
local stories, copies = read_documents(STORIES), read_documents(COPIES)
local story = pick(stories)
show_cluster(story, copies)
show_quotes(story)
heading("Files")
print(("  %s  %d stories"):format(STORIES, #stories))
print(("  %s  %d pages that were copies, each with its evidence"):format(COPIES, #copies))
print(("  %s  what could not be processed"):format(REJECTS))
