--- Every bundled recipe gives the same bytes for any number of workers, in any
--- locale, and cut off by kill -9 and resumed.
local core = require "pumice.core"
local json = require "pumice.json"
local program = require "program"
local pumice = require "pumice"
local recipes = require "pumice.recipes"

local JOBS = { 1, 2, 3, 8 }

--- Locales as a shell sets them. The second has a decimal comma, another order of
--- letters and other classes of characters; it is made here where the sources of
--- locales are.
local FOLDER = (os.getenv("BUILD") or "build") .. "/locales"
local LOCALES = { "LC_ALL=C", ("LOCPATH=$PWD/%s LC_ALL=de_DE.UTF-8"):format(FOLDER) }

local function make_locale()
  return os.execute(("[ -d %s/de_DE.UTF-8 ] || { mkdir -p %s && localedef -i de_DE -f UTF-8 "
    .. "%s/de_DE.UTF-8; } >/dev/null 2>&1"):format(FOLDER, FOLDER, FOLDER))
end

if not make_locale() then LOCALES[2] = "LC_ALL=C.UTF-8" end

--- The sample pages again and again, each time with other words in them, as
--- lines of several blocks; what reads no JSON lines is there once as texts.
local function write_inputs()
  local out <close> = pumice.write(program.folder .. "/pages.jsonl")
  for round = 1, 4 do
    local number = 0
    for doc in pumice.read "examples/data/news" do
      number = number + 1
      local count = 0
      local text = doc.text:gsub("%a+", function(word)
        count = count + 1
        if (count * 7 + round * 13 + number) % 41 == 0 then return word .. "ë" .. round end
      end)
      out:add { id = ("%d/%s"):format(round, doc.id), text = text, title = text:match "[^\n]*",
        url = ("https://%d.example/%d"):format(number % 5, number + round % 3),
        date = doc.date, outlet = doc.outlet }
    end
  end
  local question
  for doc in pumice.read "examples/data/news" do question = doc.text end
  program.write("tests.jsonl", json.encode { text = question:sub(-600) } .. "\n")
end

local OPTIONS = { decontaminate = "--tests @/tests.jsonl" }

local OUTPUTS = { "out.jsonl.zst", "dropped.csv.gz", "rejects.jsonl", "manifest.json" }

local function command(recipe, jobs, more)
  return (("$P run %s @/pages.jsonl examples/data/news -q -j %d -o @/out.jsonl.zst "
    .. "--dropped @/dropped.csv.gz --rejects @/rejects.jsonl --manifest @/manifest.json %s %s")
    :format(recipe, jobs, OPTIONS[recipe] or "", more or ""):gsub("@", program.folder))
end

--- The digests of the outputs, which are then removed.
local function digests()
  local sums = {}
  for i, name in ipairs(OUTPUTS) do
    sums[i] = core.sha256.hex(program.read(name) or "")
    os.remove(program.folder .. "/" .. name)
  end
  return table.concat(sums, " ")
end

--- Runs a recipe and kills it until it is done; returns how often it was resumed.
local function cut_off(recipe, jobs)
  local resumed, seconds = 0, 0.03
  for _ = 1, 60 do
    local resume = program.read(".out.jsonl.zst.run/.journal.part") and "--resume" or ""
    if resume ~= "" then resumed = resumed + 1 end
    local _, said, status = program.sh(("timeout --foreground -s KILL %g %s"):format(seconds,
      command(recipe, jobs, "--commit-every 0.01 " .. resume)))
    if not program.was_cut(status) then
      assert.equal(0, status, said)
      return resumed
    end
    seconds = seconds * 1.4
  end
  error "it was never done"
end

describe("the same bytes come out of", function()
  local resumed = 0
  setup(function()
    program.new_folder()
    write_inputs()
  end)
  teardown(program.remove_folder)

  for _, recipe in ipairs(recipes.names()) do
    it(recipe .. ", with any number of workers, in any locale, cut off and resumed", function()
      local first
      for _, locale in ipairs(LOCALES) do
        for _, jobs in ipairs(JOBS) do
          local _, said, status =
            program.sh(("export %s; %s"):format(locale, command(recipe, jobs)))
          assert.equal(0, status, said)
          local sums = digests()
          first = first or sums
          assert.equal(first, sums, ("%s -j %d"):format(locale, jobs))
        end
      end
      resumed = resumed + cut_off(recipe, 3)
      assert.equal(first, digests())
    end)
  end

  it("locales that are two", function()
    local points = {}
    for i, locale in ipairs(LOCALES) do
      points[i] = program.sh(("export %s; locale decimal_point"):format(locale))
    end
    if not make_locale() then return pending "there is no localedef, or nothing for it to read" end
    assert.same({ ".\n", ",\n" }, points)
  end)

  it("runs of which some were indeed resumed", function()
    assert.is_true(resumed >= 3, "resumed " .. resumed)
  end)
end)
