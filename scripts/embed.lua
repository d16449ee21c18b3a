--- Writes Lua files as one C table, so that the executable carries them.
---
---   lua5.4 scripts/embed.lua OUT.c FILE.lua...
---
--- `lua/pumice/token.lua` becomes the entry "pumice.token", `lua/pumice/init.lua`
--- "pumice", and `examples/recipes/news.lua` "recipe:news". argparse, the one
--- library in Lua that the command line stands on, is taken from Lua's path.
---
--- Each is there as source, which help and the recipes show, and compiled: to
--- read the source takes most of the time in which a process starts. Compiled
--- code is for the release of Lua that made it, so that is named, too.

local out_path = table.remove(arg, 1)
local files = arg
table.sort(files)

local function entry_name(path)
  local recipe = path:match("^examples/recipes/(.+)%.lua$")
  if recipe then return "recipe:" .. recipe end
  return (path:gsub("^lua/", ""):gsub("%.lua$", ""):gsub("/", "."):gsub("%.init$", ""))
end

local function read(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:read("a")
end

local function bytes(source)
  return (source:gsub(".", function(c) return c:byte() .. "," end))
end

--- "Lua 5.4.4", as the library says it too.
local function release()
  local pipe <close> = assert(io.popen(arg[-1] .. " -v 2>&1"))
  return assert(pipe:read("a"):match("^Lua %d+%.%d+%.%d+"))
end

local entries = {}
for _, path in ipairs(files) do
  entries[#entries + 1] = { name = entry_name(path), path = path, source = read(path) }
end
local argparse = assert(package.searchpath("argparse", package.path))
entries[#entries + 1] = { name = "argparse", path = "argparse.lua", source = read(argparse) }

local out <close> = assert(io.open(out_path, "wb"))
out:write('#include "app/embedded.h"\n\n')
for i, entry in ipairs(entries) do
  local code = string.dump(assert(load(entry.source, "@" .. entry.path, "t")))
  out:write(("static const unsigned char file%d[] = {%s};\n"):format(i, bytes(entry.source)))
  out:write(("static const unsigned char code%d[] = {%s};\n"):format(i, bytes(code)))
end
out:write(("\nconst char pm_embedded_release[] = %q;\n"):format(release() .. " "))
out:write("\nconst pm_embedded pm_embedded_files[] = {\n")
for i, entry in ipairs(entries) do
  out:write(("  {%q, %q, (const char *)file%d, sizeof file%d, (const char *)code%d, "
    .. "sizeof code%d},\n"):format(entry.name, entry.path, i, i, i, i))
end
out:write("  {0, 0, 0, 0, 0, 0},\n};\n")
