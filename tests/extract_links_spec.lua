local extract = require "pumice.extract"
local cpu_time = require "cpu_time"

local function kinds(text)
  local found = {}
  for i, link in ipairs(extract.links(text)) do
    assert.equal(link.text, text:sub(link.first, link.last))
    found[i] = link.kind .. " " .. link.text
  end
  return found
end

describe("extract.links", function()
  local cases = {
    -- with a scheme
    { "see http://example.org/a?b=c#d now", "url http://example.org/a?b=c#d" },
    { "HTTPS://EXAMPLE.ORG", "url HTTPS://EXAMPLE.ORG" },
    { "ftp://files.example.org/x", "url ftp://files.example.org/x" },
    { "http://localhost:8080/x", "url http://localhost:8080/x" },
    { "http://10.0.0.1:80/x", "url http://10.0.0.1:80/x" },
    { "http://ada:secret@example.org/", "url http://ada:secret@example.org/" },
    { "javascript://example" }, { "http://" }, { "http://-a.example.org" },
    -- bare
    { "www.example.org", "url www.example.org" },
    { "at example.org, and example.co.uk/x.", "url example.org", "url example.co.uk/x" },
    { "пример.рф", "url пример.рф" }, { "bücher.example.de", "url bücher.example.de" },
    { "readme.txt and node.js" }, { "3.14 or 7.am" }, { "an end.Then more" },
    { "$example.com #example.com", "hashtag #example" },
    -- the sentence around it
    { "(http://example.org/a_(b)).", "url http://example.org/a_(b)" },
    { "[http://example.org/a], \"http://example.org/b\"!", "url http://example.org/a",
      "url http://example.org/b" },
    { "<http://example.org/a>", "url http://example.org/a" },
    { "http://example.org/a...b", "url http://example.org/a...b" },
    { "“http://example.org/a”", "url http://example.org/a" },
    { "例はexample.comです", "url example.com" },
    -- e-mail
    { "ada.l+x@mail.example.org.", "email ada.l+x@mail.example.org" },
    { "mailto:ada@example.org?", "email mailto:ada@example.org" },
    { ".ada..l@example.org" },
    { "<ada@example.org>", "email ada@example.org" },
    -- handles and tags
    { "@ada and RT @bo: (@cy)", "mention @ada", "mention @bo", "mention @cy" },
    { "@ada/friends", "mention @ada/friends" }, { "a@b @a@b.c @" },
    { "#dam #Dämme2 #1 a#b &#39; #", "hashtag #dam", "hashtag #Dämme2" },
    { "#日本語。", "hashtag #日本語" },
    { "$DAM and $DAM.B, not $5 or $damming", "cashtag $DAM", "cashtag $DAM.B" },
    { "" }, { "@" }, { "://" }, { "." },
  }
  for _, case in ipairs(cases) do
    it(("reads %q"):format(case[1]), function()
      assert.same({ table.unpack(case, 2) }, kinds(case[1]))
    end)
  end

  it("sets doc.links as a stage", function()
    local doc = extract.links().each { text = "see example.org" }
    assert.equal("example.org", doc.links[1].text)
  end)
end)

describe("extract.links on hostile input", function()
  local units = { "@", "a@", "#", "$", ".", "a.", "://", "http://", "http://a.co/(", "www.",
    "a.com", "a.com中", "あ", "x@a.", "(", "\xE2", "\xEF\xBC" }
  for _, unit in ipairs(units) do
    it(("takes time in step with its length: %q"):format(unit), function()
      assert(cpu_time.linear(function(bytes)
        extract.links(unit:rep(bytes // #unit))
      end, 25000, 100000))
    end)
  end
end)
