local clean = require "pumice.clean"
local json = require "pumice.json"
local cpu_time = require "cpu_time"

--- Paragraphs joined by empty lines.
local function page(...) return table.concat({ ... }, "\n\n") end

local title = "Harbour reopens after nine weeks of repairs"
local story = page(
  "The harbour of Ostrand opened again on Monday after nine weeks in which no boat could"
    .. " leave it, the port authority said.",
  "A storm in January had broken the outer wall in two places. Divers found a third crack"
    .. " when they inspected the stones below the water line.",
  "\"We have lost the best part of the season,\" said Marit Holm, who runs two trawlers."
    .. " \"But the wall will stand for another century.\"",
  "The work cost four million crowns, a third of which was paid by the county. The council"
    .. " will vote on the rest in May.")

describe("clean.repair", function()
  it("reads what is left of references, unless told not to", function()
    local scraped = "caf\u{E9} &quot;Web 2.0&quot;"
    assert.equal('caf\u{E9} "Web 2.0"', clean.repair(scraped))
    assert.equal(scraped, clean.repair(scraped, { entities = true }))
    assert.equal('say "so"', clean.repair("say &quot;so&quot;", { entities = true }))
    assert.equal("&lt;", clean.repair("&lt;", { entities = false }))
    assert.equal("<b>&lt;</b>", clean.repair("<b>&lt;</b>"))
    assert.equal(scraped, clean.repair({ entities = true }).each({ text = scraped }).text)
  end)
end)

describe("clean.boilerplate on one page", function()
  it("leaves a story as it is", function()
    local left, cuts = clean.boilerplate(page(title, story))
    assert.equal(page(title, story), left)
    assert.same({}, cuts)
  end)

  local after = {
    -- what, blocks behind the story
    { "a newsletter box", page("Sign up for our weekly newsletter", "Get the best of our"
      .. " reporting delivered to your inbox every Friday.\nSubscribers agree to the terms of"
      .. " use and the privacy policy", "Your email", "Subscribe") },
    { "a donation appeal with its buttons", page("Dear readers,", "We need your help. Our"
      .. " reporters have worked without pay since March because our advertisers have left us.",
      "Your support keeps us independent. If you can, please donate, even a small amount.",
      "Thank you for reading us.", "Once\nMonthly\nAnnual\nContinue\nPayment methods"
      .. "\nRemind me later") },
    { "a cookie notice", "We use cookies to remember you and to measure our traffic. By"
      .. " continuing you agree to our privacy policy.\n\nAccept all" },
    { "share buttons", "Share on Facebook\nTweet\nWhatsApp\nEmail this" },
    { "a comment form", page("Leave a comment", "Your email address will not be published."
      .. " Required fields are marked.", "Post comment") },
    { "a copyright line", "© 2021 Ostrand Tidings. All rights reserved." },
    { "links to other pages", "Related: Fishing quota cut by a tenth\nRead more: The wall that"
      .. " Napoleon built" },
    { "a note on the author", "Kari Berg is a reporter and covers the coast. She can be reached"
      .. " at kari@ostrand.example." },
    { "a German newsletter box", page("Jetzt unseren Newsletter abonnieren",
      "Ihre E-Mail", "Datenschutzerklärung") },
    { "a French appeal", page("Chers lecteurs,", "Votre soutien nous permet de rester"
      .. " indépendants. Faites un don, nous avons besoin de vous.", "Mensuel\nAnnuel") },
    { "a Spanish one", page("Suscríbete a nuestro boletín", "Correo electrónico",
      "Política de privacidad") },
  }
  for _, case in ipairs(after) do
    local what, blocks = table.unpack(case)
    it("cuts " .. what .. " behind a story", function()
      assert.equal(page(title, story), (clean.boilerplate(page(title, story, blocks))))
    end)
  end

  local first, rest = story:match("^(.-\n\n.-)\n\n(.*)$")
  local inside = {
    { "READ MORE", "READ MORE" },
    { "a teaser and its headline", "READ MORE\nFive walls that did not hold" },
    { "an advertisement mark", "Advertisement" },
    { "a caption printed twice", "The outer wall of Ostrand.  Photo: Ane Lie/Fjordpress\n"
      .. "The outer wall of Ostrand. Photo: Ane Lie/Fjordpress" },
    { "a caption with its credit in brackets", "Divers at the wall (Photo by Ane Lie)" },
    { "a call to subscribe", "Subscribe to our newsletter" },
  }
  for _, case in ipairs(inside) do
    local what, block = table.unpack(case)
    it("cuts " .. what .. " inside a story", function()
      assert.equal(page(title, story),
        (clean.boilerplate(page(title, first, block, rest))))
    end)
  end

  it("cuts a slogan and a menu over the title", function()
    assert.equal(page(title, story), (clean.boilerplate(
      page("Support the Ostrand Tidings!", "Home | News | Sport | Opinion | Contact",
        title, story))))
  end)

  local news = {
    "The newsletter, which had 40,000 subscribers, was sold on Tuesday for three million.",
    "The charity said that donations had fallen by a fifth since the spring.",
    "A court ruled that the shop had set cookies before visitors could refuse them.",
    "\"Please donate what you can, and subscribe to our newsletter,\" she told the crowd.",
    "The minister asked voters to follow him on Twitter and to share his speech.",
    "He said that readers had sent in more than 300 comments on the plan within a day.",
  }
  for _, sentence in ipairs(news) do
    it("keeps the news that " .. sentence:sub(1, 40), function()
      local whole = page(title, first, sentence, rest)
      assert.equal(whole, (clean.boilerplate(whole)))
    end)
  end

  it("says what went, where and why", function()
    local whole = page(story, "Home | News | Sport | Contact")
    local _, cuts = clean.boilerplate(whole)
    assert.equal(1, #cuts)
    assert.same({ first = #story + 3, last = #whole, reason = "navigation",
      text = "Home | News | Sport | Contact" }, cuts[1])
  end)

  it("makes an empty text of a page of nothing else", function()
    local left, cuts = clean.boilerplate(
      "Sign up for our newsletter\nYour email\nSubscribe\nPrivacy policy")
    assert.equal("", left)
    assert.equal(4, #cuts)
  end)

  it("gives back an empty text and blanks as they are", function()
    for _, text in ipairs { "", "\n", " \n\t\n" } do
      assert.equal(text, (clean.boilerplate(text)))
    end
  end)

  it("joins lines that were wrapped before it judges", function()
    local wrapped = "The harbour opened again on Monday after nine weeks in which no boat could\n"
      .. "leave it, the port authority said, and the first trawlers went out to sign up\n"
      .. "for our newsletter was what the harbour master called the strangest banner he\n"
      .. "had ever seen on a boat, a joke of the crew at the cost of the local paper and\n"
      .. "its editor, who had asked them for help in the campaign for the new sea wall.\n"
    assert.equal(wrapped, (clean.boilerplate(wrapped)))
  end)

  it("takes hostile input in linear time", function()
    for _, unit in ipairs { "word\n", "a ", "[1]: x\n", "read more\n", "\r", "you donate\n",
      "\n", "x", "\u{2019}", "Photo: A ", "(" } do
      assert(cpu_time.linear(function(n) clean.boilerplate(unit:rep(n)) end, 10000, 80000))
    end
  end)
end)

describe("clean.boilerplate as a stage", function()
  it("changes the text, and leaves the list of cuts when asked", function()
    local stage = clean.boilerplate { per = false, annotate = true }
    local doc = stage.each { text = page(story, "Share on Facebook") }
    assert.equal(story, doc.text)
    assert.equal("share buttons", doc.cut[1].reason)
    assert.is_nil(clean.boilerplate { per = false }.each({ text = story }).cut)
  end)

  it("names options it does not know", function()
    assert.error_matches(function() clean.boilerplate { pre = false } end,
      "unknown option 'pre', did you mean 'per'?")
    assert.error_matches(function() clean.boilerplate { per = "page" } end,
      "option 'per' is \"outlet\" or false, not page")
  end)

  it("rejects a document without text", function()
    local ok, failure = pcall(clean.boilerplate({ per = false }).each, {})
    assert.is_false(ok)
    assert.equal("no-text", failure.code)
    for json_text, said in pairs { ["12"] = "a number", null = "null", ["[]"] = "an array" } do
      local doc = json.record(('{"text":%s}'):format(json_text))
      local _, refused = pcall(clean.boilerplate({ per = false }).each, doc)
      assert.equal(("field 'text' is %s, not a string"):format(said), refused.reason)
    end
  end)
end)

--- Runs a fold over documents dealt out to `parts` states.
local function run(docs, parts, settings)
  local fold = clean.boilerplate(settings or { per = "outlet" })
  local states = {}
  for p = 1, parts do states[p] = fold.start() end
  for i, doc in ipairs(docs) do fold.add(states[(i - 1) * parts // #docs + 1], doc) end
  local state = states[1]
  for p = 2, parts do state = fold.merge(state, states[p]) end
  local result = fold.finish(state)
  local out = {}
  for i, doc in ipairs(docs) do
    out[i] = fold.each({ id = doc.id, outlet = doc.outlet, text = doc.text }, result)
  end
  return out
end

--- Eight different stories of one outlet with the same odd lines around them.
local stories = {
  { "The bridge of Ostrand will close next year, the mayor said on Monday evening.",
    "It was built from granite by soldiers and has carried lorries since the war." },
  { "Nurses in Vikby walked out for a second day over pay and night shifts.",
    "Talks broke down at noon and no date was named for another meeting." },
  { "A grey seal swam forty miles up the river and slept on a jetty.",
    "Vets want to leave it alone, as it feeds well and shows no wounds." },
  { "Solvang won the cup with a goal in extra time from their youngest player.",
    "Hammerdal hit the post twice and had a penalty saved before half-time." },
  { "Two men were jailed for stealing copper wire along the northern railway.",
    "Trains stood still for nine hours and repairs cost more than the metal." },
  { "The price of potatoes has doubled since spring because fields lay under water.",
    "Farmers expect a better harvest only when the dykes are raised again." },
  { "An opera about a lighthouse keeper opens in Tarnes with a choir of dockers.",
    "Its composer wrote the music in a caravan over seven winters." },
  { "Scientists counted more wolves in the valley than in any year on record.",
    "Sheep owners were paid for losses, though many complain of slow officials." },
}

local function outlet()
  local docs = {}
  for i, sentences in ipairs(stories) do
    local body = page(table.unpack(sentences))
    docs[i] = {
      id = "p" .. i, outlet = "tidings",
      body = body,
      text = page("The Tidings, owned by " .. 900 + i .. " fishermen since the great flood",
        body, "The editors of this newspaper eat herring on Thursdays and think well of it,"
          .. " as " .. 20 + i .. " generations did before them."),
    }
  end
  return docs
end

describe("clean.boilerplate as a fold", function()
  it("cuts what repeats in an outlet, numbers aside, and keeps the rest", function()
    local docs = outlet()
    for i, doc in ipairs(run(docs, 1)) do assert.equal(docs[i].body, doc.text) end
  end)

  it("gives the same for any parts of the corpus", function()
    local docs = outlet()
    local whole = run(docs, 1)
    for parts = 2, 8 do assert.same(whole, run(docs, parts)) end
  end)

  it("learns nothing from too few pages", function()
    local docs = table.move(outlet(), 1, 4, 1, {})
    for i, doc in ipairs(run(docs, 1)) do assert.equal(docs[i].text, doc.text) end
  end)

  it("learns each outlet apart", function()
    local docs = outlet()
    for i = 1, 4 do docs[i].outlet = "post" end
    for i, doc in ipairs(run(docs, 1)) do assert.equal(docs[i].text, doc.text) end
  end)

  it("takes a story told again and again for a copy", function()
    local docs = outlet()
    for i = 9, 16 do
      docs[i] = { id = "c" .. i, outlet = "tidings", body = story, text = story }
    end
    for i, doc in ipairs(run(docs, 2)) do assert.equal(docs[i].body, doc.text) end
    local copies = {}
    for i = 1, 9 do
      copies[i] = { id = "c" .. i, outlet = "x", text = page(story, "Page " .. i) }
    end
    for i, doc in ipairs(run(copies, 2)) do assert.matches("another century", doc.text, i) end
  end)

  it("keeps a sentence of the story that is quoted twice", function()
    local docs = outlet()
    local quoted = "The flood of 1953 drowned eleven people on this coast and is not forgotten."
    for _, i in ipairs { 2, 6 } do
      docs[i].body = page(docs[i].body, quoted)
      docs[i].text = docs[i].text:gsub("\n\nThe editors", function() return "\n\n" .. quoted
        .. "\n\nThe editors" end)
    end
    for i, doc in ipairs(run(docs, 1)) do assert.equal(docs[i].body, doc.text) end
  end)

  it("says in how many stories a block was seen", function()
    local doc = run(outlet(), 1, { annotate = true })[1]
    assert.equal("repeats in 8 of 8 stories of the outlet", doc.cut[1].reason)
  end)

  it("remembers a bounded number of pages", function()
    local repeats = require "pumice.clean.repeats"
    local pages = {}
    for i = 1, 1000 do
      pages = repeats.join(pages, { { key = i * 7919 % 1009, blocks = {}, story = {} } })
    end
    assert.equal(400, #pages)
    assert.equal(1, pages[1].key)
  end)
end)
