local files = require "files"
local unicode_data = require "unicode_data"

describe("scripts/unicode_tables.lua", function()
  it("writes the tables that are in src/text", function()
    local probe = unicode_data.open("auxiliary/WordBreakProperty.txt")
    if not probe then return end
    probe:close()
    local folder = files.new_folder()
    assert(os.execute("lua5.4 scripts/unicode_tables.lua " .. folder))
    for _, name in ipairs { "word", "grapheme", "sentence", "script" } do
      local file = name .. "_table.h"
      assert.is_true(files.read(folder .. "/" .. file) == files.read("src/text/" .. file),
        file .. " differs")
    end
    os.execute("rm -r " .. folder)
  end)
end)
