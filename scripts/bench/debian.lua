--- The documents in packages of Debian, as plain text: what the texts of the
--- benchmarks are made of. Packages are unpacked under build/bench/packages and
--- not installed: libreoffice-help-de would bring an office along.
local files = require "files"
local text = require "pumice.text"

local M = {}

local FOLDER = "build/bench/packages"

local FETCH = [[
set -e
mkdir -p FOLDER && cd FOLDER
[ -d PACKAGE ] && exit
mkdir -p PACKAGE.part
as_root=
[ "$(id -u)" -eq 0 ] || as_root=sudo
echo "Fetching PACKAGE" >&2
apt-get download -qq PACKAGE 2>/dev/null ||
  { $as_root apt-get update -qq && apt-get download -qq PACKAGE; }
dpkg-deb --fsys-tarfile PACKAGE_*.deb |
  tar -x -C PACKAGE.part --wildcards '*ENDING'
rm PACKAGE_*.deb
mv PACKAGE.part PACKAGE
]]

local function fetch(package, ending)
  local script = FETCH:gsub("%u%u%u+", { FOLDER = FOLDER, PACKAGE = package, ENDING = ending })
  assert(os.execute(script), "cannot fetch Debian's package " .. package)
  return FOLDER .. "/" .. package
end

local BREAKS = {
  p = "\n\n", h1 = "\n\n", h2 = "\n\n", h3 = "\n\n", h4 = "\n\n", pre = "\n\n",
  br = "\n", div = "\n", dt = "\n", dd = "\n", li = "\n", tr = "\n",
}

--- The text of a page, near enough for measuring: its markup goes.
local function plain(html)
  html = html:gsub("<head.-</head>", ""):gsub("<script.-</script>", "")
    :gsub("<style.-</style>", "")
    :gsub("</?(%w*)[^>]*>", function(tag) return BREAKS[tag] or "" end)
    :gsub("\n[ \t]+", "\n"):gsub("\n\n\n+", "\n\n")
  return (text.repair(html, { entities = "every" }))
end

--- Returns the texts of the files of `package` whose path ends in `ending`, in
--- the order of their paths; those that contain `without` are left out.
---@param package string
---@param ending string  ".html" for pages, else plain text
---@param without? string
---@return string[] texts  valid UTF-8
function M.texts(package, ending, without)
  local list <close> = assert(io.popen(("find %s -type f -name '*%s' | LC_ALL=C sort")
    :format(fetch(package, ending), ending)))
  local texts = {}
  for path in list:lines() do
    if not (without and path:find(without, 1, true)) then
      local bytes = files.read(path)
      texts[#texts + 1] = ending == ".html" and plain(bytes) or (text.repair(bytes))
    end
  end
  return texts
end

return M
