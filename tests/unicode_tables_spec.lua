local unicode_data = require "unicode_data"

local function read(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:read("a")
end

describe("scripts/unicode_tables.lua", function()
  it("writes the tables that are in src/text", function()
    local probe = unicode_data.open("auxiliary/WordBreakProperty.txt")
    if not probe then return end
    probe:close()
    local folder = os.tmpname()
    os.remove(folder)
    assert(os.execute(("mkdir %s && lua5.4 scripts/unicode_tables.lua %s"):format(folder, folder)))
    for _, name in ipairs { "word", "grapheme", "sentence", "script" } do
      local file = name .. "_table.h"
      assert.is_true(read(folder .. "/" .. file) == read("src/text/" .. file), file .. " differs")
    end
    os.execute("rm -r " .. folder)
  end)
end)
