local options = require "pumice.options"

describe("options.read", function()
  it("fills in what is not given", function()
    assert.same({ n = 3, fold = true }, options.read({ n = 3 }, { n = 5, fold = true }))
    assert.same({ n = 5 }, options.read(nil, { n = 5 }))
  end)

  it("names the option it does not know, and the nearest one", function()
    assert.error_matches(function() options.read({ widht = 4 }, { width = 8 }) end,
      "unknown option 'widht', did you mean 'width'%?")
    assert.error_matches(function() options.read({ x = 4 }, { width = 8, depth = 1 }) end,
      "unknown option 'x'; known: depth, width")
  end)

  it("refuses a value of another type", function()
    assert.error_matches(function() options.read({ width = "4" }, { width = 8 }) end,
      "option 'width' is a number, not a string: 4")
  end)

  it("lets an option be left out", function()
    local defaults = { pattern = options.any }
    assert.is_nil(options.read({}, defaults).pattern)
    assert.equal("x", options.read({ pattern = "x" }, defaults).pattern)
  end)
end)

describe("options.share", function()
  it("takes numbers from 0 to 1", function()
    for _, value in ipairs { 0, 1, 0.5 } do assert.equal(value, options.share("x", value)) end
    for _, value in ipairs { -0.1, 1.1, 0 / 0 } do
      assert.error_matches(function() options.share("x", value) end, "'x' is a share, 0 to 1, not ")
    end
    assert.error_matches(function() options.share("x", "1") end, "'x' is a number, not a string")
  end)
end)

describe("options.count", function()
  it("gives a whole number back, and raises at anything else", function()
    assert.equal(3, options.count("x", 3.0, 1, 5))
    for _, value in ipairs { 0, 6, 1.5, 0 / 0, math.huge, "3", false } do
      assert.error_matches(function() options.count("x", value, 1, 5) end,
        "option 'x' is a whole number, 1 to 5, not ")
    end
    assert.error_matches(function() options.count("x", -1, 0) end, "at least 0, not %-1")
  end)
end)

describe("options.nearest", function()
  local cases = {
    { "shinlge", { "shingle", "sketch" }, "shingle" },
    { "lonegst", { "longest", "newest" }, "longest" },
    { "zzz", { "longest", "newest" }, nil },
    { "", { "longest" }, nil },
  }
  for _, case in ipairs(cases) do
    local name, names, expected = table.unpack(case, 1, 3)
    it(("finds %s for %q"):format(expected, name), function()
      assert.equal(expected, options.nearest(name, names))
    end)
  end
end)
