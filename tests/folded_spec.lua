local folded = require "pumice.dedup.folded"

describe("what is compared where case and white space make no difference", function()
  local cases = {
    -- text, form
    { "The  LAMP\nis lit.", "the lamp is lit." },
    { "  The lamp\n\n", "the lamp" },
    { "\u{A0}Caf\u{E9}\t", "cafe" },
    { "a", "a" },
    { " ", "" },
    { "\n\n \n", "" },
    { "", "" },
    { " a b\xFF ", " a b\xFF " }, -- no UTF-8: as it is
  }
  for _, case in ipairs(cases) do
    it(("of %q is %q"):format(case[1], case[2]), function()
      assert.equal(case[2], folded(case[1]))
    end)
  end
end)
