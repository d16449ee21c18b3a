--- The texts the benchmarks read, made once into build/bench from Debian's
--- packages: the manual of Perl (perl-doc) as one English text, and cut into
--- JSON lines of 2 to 5 kB.
local json = require "pumice.json"
local text = require "pumice.text"

local M = {}

local FOLDER = "build/bench/"
local PODS = "/usr/share/perl/*/pod/*.pod"

--- The text is repeated until it is so long.
local BYTES = 24 * 1000 * 1000
local DOCUMENT = 3500

local function read(path)
  local file <close> = io.open(path, "rb")
  return file and file:read("a")
end

local function write(path, bytes)
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write(bytes))
end

--- Returns the manual of Perl, repaired to UTF-8.
function M.manual()
  local pipe <close> = assert(io.popen("cat " .. PODS))
  local pods = text.repair(pipe:read("a"))
  assert(#pods > 1000000, "the manual of Perl is not there: scripts/install-deps bench")
  return pods
end

--- Returns the path of the English text.
function M.english()
  local path = FOLDER .. "english.txt"
  if not read(path) then
    os.execute("mkdir -p " .. FOLDER)
    local pods = M.manual()
    write(path, pods:rep(BYTES // #pods + 1))
  end
  return path, read(path)
end

--- Returns the path of the JSON lines and their bytes.
function M.jsonl()
  local path = FOLDER .. "english.jsonl"
  if not read(path) then
    local _, english = M.english()
    local lines, at, number = {}, 1, 0
    while at <= #english do
      local stop = english:find("\n\n", at + DOCUMENT, true) or #english
      number = number + 1
      local doc = json.record {}
      doc.id, doc.url = number, "https://example.org/perl/" .. number
      doc.text = english:sub(at, stop)
      lines[number] = json.encode(doc)
      at = stop + 1
    end
    lines[number + 1] = ""
    write(path, table.concat(lines, "\n"))
  end
  return path, #read(path)
end

return M
