--- Writes src/text/entities_table.h from the list of named character
--- references of the HTML standard (html.spec.whatwg.org/entities.json).
---
---   build/pumice scripts/entities_table.lua entities.json > src/text/entities_table.h
local json = require "pumice.json"

local file <close> = assert(io.open(arg[1] or "entities.json"))
local list = {}
for name, entry in pairs(json.decode(file:read "a")) do
  name = name:match "^&(%w+);$"
  if name and #entry.codepoints == 1 then
    assert(#name < 32)
    list[#list + 1] = { name = name, c = entry.codepoints[1] }
  end
end
table.sort(list, function(a, b) return a.name < b.name end)

print [[
/* The named character references of HTML 5 that stand for one character, by
 * name. Made by scripts/entities_table.lua from the standard's entities.json.
 */
/* clang-format off */
static const entity entities[] = {]]
local line = ""
for _, entity in ipairs(list) do
  local item = ('{"%s", 0x%X},'):format(entity.name, entity.c)
  if #line + #item + 1 > 78 then
    print(line)
    line = item
  else
    line = line == "" and item or line .. " " .. item
  end
end
print(line)
print "};"
