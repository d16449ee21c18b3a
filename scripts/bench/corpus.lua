--- The texts the benchmarks read, made once into build/bench from the
--- documentation in Debian's packages:
---
---   english()  55 MB of one text: the Linux kernel, Python, Perl, PostgreSQL,
---              LibreOffice, git; 1 % of the bytes are not ASCII
---   mixed()    55 MB in nine languages and seven scripts that change page by
---              page; 40 % of the bytes are not ASCII
---   jsonl()    the English text as JSON lines of 2 to 5 kB; short_jsonl() of
---              some 230 bytes; escaped_jsonl() is the mixed text as long ones,
---              with all that is not ASCII as \u
---   manual()   the manual of Perl, 8 MB
local debian = require "debian"
local files = require "files"
local json = require "pumice.json"
local text = require "pumice.text"

local M = {}

local FOLDER = "build/bench/"
local PODS = "/usr/share/perl/*/pod/*.pod"
local LANGUAGES = { "de", "el", "fr", "hi", "ja", "ko", "ru", "vi", "zh-cn" }

--- Bytes of text in a long and in a short line, and of all such short lines or
--- escaped ones.
local LONG, SHORT, PART = 3500, 130, 8 * 1000 * 1000

--- The bytes of a file of ours, made when it is not there.
local function made(name, make)
  local path = FOLDER .. name
  local bytes = files.read(path)
  if not bytes then
    os.execute("mkdir -p " .. FOLDER)
    bytes = make()
    local file <close> = assert(io.open(path, "wb"))
    assert(file:write(bytes))
  end
  return path, bytes
end

--- Returns the manual of Perl.
---@return string text  valid UTF-8
function M.manual()
  local pipe <close> = assert(io.popen("cat " .. PODS))
  local pods = text.repair(pipe:read("a"))
  assert(#pods > 1000000, "the manual of Perl is not there: scripts/install-deps bench")
  return pods
end

--- Returns a text in English.
---@return string path
---@return string text  valid UTF-8
function M.english()
  return made("english.txt", function()
    local all = { M.manual() }
    for _, of in ipairs {
      { "linux-doc-6.1", ".rst.txt", "/translations/" }, { "python3.11-doc", ".html" },
      { "postgresql-doc-15", ".html" }, { "libreoffice-help-en-us", ".html" },
      { "git-doc", ".txt" },
    } do
      local texts = debian.texts(table.unpack(of))
      table.move(texts, 1, #texts, #all + 1, all)
    end
    return table.concat(all, "\n\n")
  end)
end

--- Returns a text in many scripts: page for page of one book in nine languages.
---@return string path
---@return string text  valid UTF-8
function M.mixed()
  return made("mixed.txt", function()
    local books, all = {}, {}
    for i, language in ipairs(LANGUAGES) do
      books[i] = debian.texts("libreoffice-help-" .. language, ".html")
    end
    for page = 1, #books[1] do
      for _, book in ipairs(books) do all[#all + 1] = book[page] end
    end
    return table.concat(all, "\n\n")
  end)
end

--- Calls `measure(name, path, text, rows)` for the English and the mixed text;
--- returns the rows.
---@param measure fun(name: string, path: string, text: string, rows: table)
---@return table rows
function M.each_text(measure)
  local rows = {}
  for _, of in ipairs { { "English", M.english }, { "nine languages", M.mixed } } do
    local path, whole = of[2]()
    measure(of[1], path, whole, rows)
  end
  return rows
end

--- Cuts a text into documents of some 64 kB, at line ends.
---@param whole string
---@return string[]
function M.documents(whole)
  local all, at = {}, 1
  while at <= #whole do
    local stop = whole:find("\n", at + 64 * 1024, true) or #whole
    all[#all + 1] = whole:sub(at, stop)
    at = stop + 1
  end
  return all
end

--- Returns a text as JSON lines, cut at the first `border` behind each `size`
--- bytes.
local function as_lines(whole, size, border)
  local lines, at = {}, 1
  while at <= #whole do
    local _, stop = whole:find(border, at + size, true)
    stop = stop or #whole
    local doc = json.record {}
    doc.id, doc.url = #lines + 1, "https://example.org/docs/" .. #lines + 1
    doc.language, doc.text = "en", whole:sub(at, stop)
    lines[#lines + 1] = json.encode(doc)
    at = stop + 1
  end
  lines[#lines + 1] = ""
  return table.concat(lines, "\n")
end

--- Returns the English text as JSON lines {id, url, language, text}.
---@return string path
---@return integer bytes
function M.jsonl()
  local path, lines = made("english.jsonl", function()
    local _, english = M.english()
    return as_lines(english, LONG, "\n\n")
  end)
  return path, #lines
end

--- The same with short lines.
---@return string path
---@return integer bytes
function M.short_jsonl()
  local path, lines = made("short.jsonl", function()
    local _, english = M.english()
    return as_lines(english:sub(1, english:find("\n", PART, true)), SHORT, " ")
  end)
  return path, #lines
end

local function escape(character)
  local code = utf8.codepoint(character)
  if code < 0x10000 then return ("\\u%04x"):format(code) end
  code = code - 0x10000
  return ("\\u%04x\\u%04x"):format(0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF))
end

--- The mixed text in the same way, its characters beyond ASCII escaped.
---@return string path
---@return integer bytes
function M.escaped_jsonl()
  local path, lines = made("escaped.jsonl", function()
    local _, mixed = M.mixed()
    return (as_lines(mixed:sub(1, mixed:find("\n", PART, true)), LONG, "\n")
      :gsub("[\xC2-\xF4][\x80-\xBF]+", escape))
  end)
  return path, #lines
end

return M
