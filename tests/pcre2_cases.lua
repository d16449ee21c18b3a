--- PCRE2's own test cases: fetched from Debian's source package of the version
--- that is installed, and read.
--- Source: pcre2test(1) for the format.
local M = {}

-- In the mirror that apt is set up for; whatever goes wrong, nothing is left behind.
local FETCH = [[
set -e
[ -d FOLDER ] && exit
rm -rf FOLDER.part && mkdir -p FOLDER.part
trap 'rm -rf FOLDER.part' EXIT
for mirror in $(apt-cache policy libpcre2-8-0 | awk '$2 ~ /:\/\// { print $2 }' | sort -u); do
  timeout 10 /usr/lib/apt/apt-helper -qq -o Acquire::Retries=0 download-file \
    "$mirror/pool/main/p/pcre2/pcre2_VERSION.orig.tar.gz" FOLDER.part/source && break
done
tar -xzf FOLDER.part/source -C FOLDER.part --strip-components=2 --wildcards '*/testdata/test*put[1245]'
rm FOLDER.part/source
mv FOLDER.part FOLDER
]]

--- Returns the folder of the test files, or nil where they cannot be had.
---@return string? folder
function M.folder()
  local config <close> = assert(io.popen("pcre2-config --version 2>/dev/null"))
  local version = config:read("l")
  if not version or not version:find("^[%d.]+$") then return nil end
  local folder = "build/pcre2-" .. version
  local script = FETCH:gsub("%u%u%u%u%u+", { FOLDER = folder, VERSION = version })
  local file <close> = assert(io.popen("timeout 20 sh 2>/dev/null", "w"))
  file:write(script)
  return file:close() and folder or nil
end

local LETTERS = {
  B = "bincode", I = "info", g = "global", i = "caseless", m = "multiline",
  n = "no_auto_capture", s = "dotall", x = "extended",
}

--- Reads "i,newline=lf,-mark" on top of `defaults`, by full names.
local function read_modifiers(list, defaults)
  local set = {}
  for name, value in pairs(defaults) do set[name] = value end
  for item in list:gmatch("[^,]+") do
    local minus, name, value = item:match("^%s*(%-?)([%w_]+)=?(.-)%s*$")
    if not name then
      if item:find("%S") then set["what is no modifier"] = true end
    elseif name:find("^[BIgimnsx]+$") then
      for letter in name:gmatch(".") do set[LETTERS[letter]] = true end
      if name:find("x.*x") then set.extended_more = true end
    else
      set[name] = minus == "" and (value ~= "" and value or true) or nil
    end
  end
  return set
end

--- Splits at the first `find` that no backslash comes before.
local function split(text, find, from)
  local at = from
  while at <= #text do
    if text:sub(at, at + #find - 1) == find then
      return text:sub(from, at - 1), text:sub(at + #find)
    end
    at = at + (text:sub(at, at) == "\\" and 2 or 1)
  end
end

local CONTROLS = {
  a = "\a", b = "\b", e = "\27", f = "\f", n = "\n", r = "\r", t = "\t", v = "\v",
}

--- The bytes of a subject line, or nil if it has an escape that is unknown.
---@param line string
---@param utf boolean  a character is UTF-8, and not a byte
---@return string? bytes
function M.unescape(line, utf)
  local known = true
  local function char(digits, base)
    local code = tonumber(digits, base)
    if utf then return utf8.char(code) end
    known = known and code < 256
    return string.char(code & 0xFF)
  end
  local text = line:gsub("%f[\\]\\%[(.-)%]{(%d+)}", string.rep)
    :gsub("\\(.?)([^\\]*)", function(letter, rest)
      local digits, behind = rest:match("^{(%x+)}(.*)$")
      if digits and letter == "x" then return char(digits, 16) .. behind end
      if digits and letter == "o" then return char(digits, 8) .. behind end
      if letter == "x" then
        digits, behind = rest:match("^(%x?%x?)(.*)$")
        return string.char(tonumber("0" .. digits, 16)) .. behind
      end
      digits, behind = (letter .. rest):match("^([0-7][0-7]?[0-7]?)(.*)$")
      if digits then
        local code = tonumber(digits, 8)
        return (code < 256 and string.char(code) or char(digits, 8)) .. behind
      end
      known = known and (CONTROLS[letter] or not letter:find("%w"))
      return (CONTROLS[letter] or letter) .. rest
    end)
  return known and text or nil
end

--- The reverse: as pcre2test prints valid UTF-8.
---@param text string
---@param utf boolean
---@return string line
function M.escape(text, utf)
  local shape = utf and "\\x{%02x}" or "\\x%02x"
  return (text:gsub("[%c\128-\255][\128-\191]*", function(char)
    if #char == 1 or utf then return shape:format(utf8.codepoint(char, 1, 1, true)) end
  end))
end

local function read_lines(path)
  local list = {}
  for line in io.lines(path) do list[#list + 1] = line end
  return list
end

---@class pcre2.Subject
---@field line string  with its escapes
---@field modifiers table<string, string|true>
---@field printed string[]  what pcre2test says to it

---@class pcre2.Test
---@field number integer  line in the input
---@field pattern string
---@field modifiers table<string, string|true>
---@field printed string[]
---@field subjects pcre2.Subject[]

--- Yields the tests of one file. The output repeats each line of the input;
--- what stands between is what was printed.
---@param folder string
---@param number integer  of testinput
---@return fun(): pcre2.Test?
function M.tests(folder, number)
  local input = read_lines(("%s/testinput%d"):format(folder, number))
  local output = read_lines(("%s/testoutput%d"):format(folder, number))
  local at, out = 0, 0
  local pattern_defaults, subject_defaults = {}, {}

  local function next_line()
    at, out = at + 1, out + 1
    assert(output[out] == input[at], "the output is out of step")
    return input[at]
  end

  local function printed()
    local list = {}
    while out < #output and output[out + 1] ~= input[at + 1] do
      out = out + 1
      list[#list + 1] = output[out]
    end
    return list
  end

  local function read_subjects(test)
    while (input[at + 1] or ""):find("%S") do
      local line = next_line():match("^%s*(.-)%s*$")
      local text, modifiers = split(line, "\\=", 1)
      if not (text == "" and modifiers:find("^%s")) then
        test.subjects[#test.subjects + 1] = {
          line = text or line, modifiers = read_modifiers(modifiers or "", subject_defaults),
          printed = printed(),
        }
      end
    end
  end

  local function read_test(line)
    local test = { number = at, subjects = {} }
    local delimiter = line:sub(1, 1)
    local list
    repeat
      test.pattern, list = split(line, delimiter, 2)
      if not test.pattern then line = line .. "\n" .. next_line() end
    until test.pattern
    if list:sub(1, 1) == "\\" then test.pattern, list = test.pattern .. "\\", list:sub(2) end
    test.modifiers = read_modifiers(list, pattern_defaults)
    test.printed = printed()
    read_subjects(test)
    return test
  end

  return function()
    while at < #input do
      local line = next_line()
      local what, list = line:match("^#(%l+)%s*(.*)$")
      if what == "pattern" then
        pattern_defaults = read_modifiers(list, pattern_defaults)
      elseif what == "subject" then
        subject_defaults = read_modifiers(list, subject_defaults)
      elseif line:find("^%s*[^%s#]") then
        return read_test(line)
      end
      printed()
    end
  end
end

return M
