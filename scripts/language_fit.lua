--- Fits the confidence of src/text/language.c: how often the answer is right,
--- by what CLD2 says of it (logistic regression).
---
---   build/pumice scripts/language_fit.lua [FOLDER]
---
--- The texts are the translated messages of the programs that are installed
--- (FOLDER/LANGUAGE/LC_MESSAGES/*.mo, /usr/share/locale), alone and several in a
--- row; of each language the same number. Prints the weights in the order of
--- `features` in language.c and how well the fit holds on the texts left out.
local core = require "pumice.core".language
local text = require "pumice.text"

local folder = arg[1] or "/usr/share/locale"
local LANGUAGES = [[af ar az be bg bn bs ca cs cy da de el en_GB es et eu fa fi fr ga gl gu he hi hr
  hu hy id is it ja ka kk ko lt lv mk mr ms nb nl nn pa pl pt ro ru sk sl sq sr sv sw ta te th tl tr
  uk ur vi zh_CN]]
-- Lists of names of countries and languages, which are no sentences.
local NAMES = { iso_ = true, gtk2 = true, xkey = true }
local PER_LANGUAGE = 900

local seed = 1
local function random(n)
  seed = (seed * 6364136223846793005 + 1442695040888963407)
  return (seed >> 33) % n + 1
end

--- The messages of a catalogue without its marks for programs.
local function messages(path, list)
  local file <close> = assert(io.open(path, "rb"))
  local s = file:read "a"
  if #s < 28 or s:sub(1, 4) ~= "\xDE\x12\x04\x95" then return end
  local count, originals, translations = string.unpack("<I4I4I4", s, 9)
  for i = 0, count - 1 do
    local from_len, from = string.unpack("<I4I4", s, originals + 8 * i + 1)
    local len, at = string.unpack("<I4I4", s, translations + 8 * i + 1)
    local message = s:sub(at + 1, at + len):match "^[^\0]*"
    message = message:gsub("%%[%-%d%.%$#]*l*%a", " "):gsub("[_&](%a)", "%1"):gsub("%b<>", " ")
      :gsub("%-%-?[%w-=]+", " "):gsub("[%s\\]+", " ")
    if from_len > 0 and message ~= s:sub(from + 1, from + from_len) and #message >= 4
      and text.check(message) and not message:find "[{}$|@]" then
      list[#list + 1] = message
    end
  end
end

local function catalogues(language)
  local list = {}
  local pipe <close> = assert(io.popen(("ls %s/%s/LC_MESSAGES/*.mo 2>/dev/null")
    :format(folder, language)))
  for path in pipe:lines() do
    if not NAMES[path:match("([^/]+)$"):sub(1, 4)] then messages(path, list) end
  end
  return list
end

--- Whether the answer is right; dialects of one written language count as one.
local function same(found, language)
  found = found:match "^%a+"
  return found == language or found == "no" and (language == "nb" or language == "nn")
end

--- As in language.c: languages that are alone in their script, and those with
--- a near relative.
local ALONE, TWINS = {}, {}
for code in ("el he hy ka ja ko th ta te gu pa bn"):gmatch "%a+" do ALONE[code] = true end
for code in ("bs hr sr id ms no da nn"):gmatch "%a+" do TWINS[code] = true end

local function features(reliable, letters, code, share)
  return { 1, reliable and 1 or 0, math.log(letters + 1, 2), share, ALONE[code] and 1 or 0,
    TWINS[code] and 1 or 0 }
end

local rows, held = {}, {}
for name in LANGUAGES:gmatch "%S+" do
  local language = name:match "^%a+"
  local list = catalogues(name)
  for i = 1, #list > 300 and PER_LANGUAGE or 0 do
    local parts = {}
    for part = 1, random(2) == 1 and 1 or random(6) do parts[part] = list[random(#list)] end
    local _, reliable, letters, code, share = core.find(table.concat(parts, " "))
    if code and letters > 0 then
      local row = { x = features(reliable, letters, code, share),
        y = same(code, language) and 1 or 0 }
      table.insert(i % 3 == 0 and held or rows, row)
    end
  end
end

local weights = { 0, 0, 0, 0, 0, 0 }
local function predict(x)
  local sum = 0
  for i, w in ipairs(weights) do sum = sum + w * x[i] end
  return 1 / (1 + math.exp(-sum))
end

-- Newton's method: solves H d = g by elimination.
for _ = 1, 12 do
  local n = #weights
  local h = {}
  for i = 1, n do
    h[i] = {}
    for j = 1, n + 1 do h[i][j] = i == j and 1e-6 or 0 end
  end
  for _, row in ipairs(rows) do
    local p = predict(row.x)
    for i = 1, n do
      for j = 1, n do h[i][j] = h[i][j] + p * (1 - p) * row.x[i] * row.x[j] end
      h[i][n + 1] = h[i][n + 1] + (row.y - p) * row.x[i]
    end
  end
  for i = 1, n do
    for j = i + 1, n do
      local f = h[j][i] / h[i][i]
      for k = i, n + 1 do h[j][k] = h[j][k] - f * h[i][k] end
    end
  end
  for i = n, 1, -1 do
    for j = i + 1, n do h[i][n + 1] = h[i][n + 1] - h[i][j] * h[j][n + 1] end
    h[i][n + 1] = h[i][n + 1] / h[i][i]
  end
  for i = 1, n do weights[i] = weights[i] + h[i][n + 1] end
end

for i, w in ipairs(weights) do print(("weight %d  %.3f"):format(i, w)) end
local bins = {}
for _, row in ipairs(held) do
  local p = predict(row.x)
  local bin = math.min(9, p * 10 // 1)
  bins[bin] = bins[bin] or { 0, 0, 0 }
  local b = bins[bin]
  b[1], b[2], b[3] = b[1] + 1, b[2] + p, b[3] + row.y
end
for bin = 0, 9 do
  local b = bins[bin]
  if b then
    print(("said %.2f  right %.2f  of %d"):format(b[2] / b[1], b[3] / b[1], b[1]))
  end
end
