local extract = require "pumice.extract"
local cpu_time = require "cpu_time"

-- Returns "speaker: words" for each quotation, "?" for an unknown speaker.
local function said(text)
  local lines = {}
  for i, quote in ipairs(extract.quotes(text)) do
    lines[i] = (quote.speaker or "?") .. ": " .. quote.text
  end
  return lines
end

local function rows(cases)
  for _, case in ipairs(cases) do
    local text = case[1]
    it(("reads %q"):format(text:sub(1, 70)), function()
      assert.same({ table.unpack(case, 2) }, said(text))
    end)
  end
end

describe("extract.quotes finds marks", function()
  local marks = {
    { '"', '"' }, { "“", "”" }, { "„", "“" }, { "«", "»" }, { "« ", " »" }, { "»", "«" },
    { "‘", "’" }, { "'", "'" }, { "”", "”" },
  }
  for _, pair in ipairs(marks) do
    it(("%s and %s"):format(pair[1], pair[2]), function()
      local text = pair[1] .. "The dam will hold, don't worry," .. pair[2] .. " Mara Quist said."
      assert.same({ "Mara Quist: The dam will hold, don't worry," }, said(text))
    end)
  end

  rows {
    -- nested marks are words of the quotation
    { "“He told me ‘never again’ and left,” Mara Quist said.",
      "Mara Quist: He told me ‘never again’ and left," },
    { "‘She called it “a gift” twice,’ Mara Quist said.",
      "Mara Quist: She called it “a gift” twice," },
    { '"We asked: “Who pays?” Nobody knew," Mara Quist said.',
      "Mara Quist: We asked: “Who pays?” Nobody knew," },
    -- apostrophes end nothing
    { "‘The workers’ pay isn’t fair,’ said Mara Quist. ‘It’s low.’",
      "Mara Quist: The workers’ pay isn’t fair,", "Mara Quist: It’s low." },
    -- measures are no marks
    { 'The 6\'2" man was tall. "I am," Mara Quist said.', "Mara Quist: I am," },
    -- an unclosed mark ends with its paragraph
    { '"It is over, said nobody.\n\nThe rain went on.\n\n"Is it?" Mara Quist asked.',
      "?: It is over, said nobody.", "Mara Quist: Is it?" },
    -- markup and stray marks
    { '<a href="page" title="x">The " mark</a>' },
    { "" }, { '"' }, { '""' }, { '"""' }, { "“”" }, { '" "' },
  }

  it("takes '' for a mark only when asked", function()
    local text = "''The dam will hold,'' Mara Quist said."
    assert.same({}, extract.quotes(text))
    assert.equal("The dam will hold,", extract.quotes(text, { doubled = true })[1].text)
  end)

  it("gives places that hold the words", function()
    local text = "Café «Zoë» said “naïve plans – and ‘worse’ – will fail”, Mara Quist added."
    for _, quote in ipairs(extract.quotes(text)) do
      assert.equal(quote.text, text:sub(quote.first, quote.last))
    end
  end)
end)

describe("extract.quotes names the speaker", function()
  rows {
    { '"It holds," said Mara Quist.', "Mara Quist: It holds," },
    { 'Mara Quist said: "It holds."', "Mara Quist: It holds." },
    { 'Mara Quist: "It holds."', "Mara Quist: It holds." },
    { 'Mara Quist told reporters that it "holds well enough".', "Mara Quist: holds well enough" },
    { '"It holds," Mara Quist, the mayor of Elden, said on Friday.', "Mara Quist: It holds," },
    { '"It holds," said Mara Quist, who built it.', "Mara Quist: It holds," },
    { '"It holds," Sen. Mara Quist (D-Mo.) said.', "Mara Quist: It holds," },
    { 'According to Mara Quist, the dam "holds well".', "Mara Quist: holds well" },
    { 'The dam "holds well", according to Mara Quist.', "Mara Quist: holds well" },
    { 'The "leaking" dam would fail, Mara Quist said.', "Mara Quist: leaking" },
    { '"It holds," the ministry’s lawyer, Mara Quist, said.', "Mara Quist: It holds," },
    { '"It holds." — Mara Quist', "Mara Quist: It holds." },
    { '"It holds," a spokeswoman for the port said.', "a spokeswoman for the port: It holds," },
    { '"It holds," a spokesman for Acme in Elden said.', "a spokesman for Acme: It holds," },
    { '"It holds," said officials.', "officials: It holds," },
    { 'A spokesman for the port said "it holds".', "a spokesman for the port: it holds" },
    { "President Mara Quist said \"it holds\".", "Mara Quist: it holds" },
    { 'Mara Quist was described by Joan Abt as "a fool".', "Joan Abt: a fool" },
  }

  rows {
    -- surnames and titles lead to the fullest name
    { 'A porter at the dam heard a crack. "I ran," he said.', "a porter at the dam: I ran," },
    { 'The mayor, Mara Quist, rose. "It holds," Ms Quist said.', "Mara Quist: It holds," },
    { 'Vigo Lund met Mara Quist. "It holds," Lund said.', "Vigo Lund: It holds," },
    -- pronouns lead to whom they stand for
    { 'Mara Quist met Vigo Lund. "It holds," she said. "It must," Mr Lund said.',
      "Mara Quist: It holds,", "Vigo Lund: It must," },
    { 'Mr Lund, a farmer, looked up. He said it was "too late".', "Lund: too late" },
    -- what goes on keeps its speaker
    { '"It holds," said Mara Quist, "for a year." She left.\n\nRain fell.',
      "Mara Quist: It holds,", "Mara Quist: for a year." },
    { '"It holds," said Mara Quist. "For a year."',
      "Mara Quist: It holds,", "Mara Quist: For a year." },
    { '"It holds," said Mara Quist.\n\n"We are sure that it does. Nobody needs to leave."',
      "Mara Quist: It holds,", "Mara Quist: We are sure that it does. Nobody needs to leave." },
    { '“It holds.\n\n“It always did,” said Mara Quist.',
      "Mara Quist: It holds.", "Mara Quist: It always did," },
    { 'The dam is old, Mara Quist says.\n\n“It holds.\n\nREAD MORE\n\n“It always did.”',
      "Mara Quist: It holds.", "Mara Quist: It always did." },
    { 'Mara Quist continued:\n\n"It holds well."', "Mara Quist: It holds well." },
    -- a participle has the subject of its sentence
    { 'Mara Quist attacked the firm, saying it wanted "not partners, but servants".',
      "Mara Quist: not partners, but servants" },
    { 'Calling the plan "madness", Mara Quist left the hall.', "Mara Quist: madness" },
    { 'Mara Quist is describing as "mad" a plan for the dam.', "Mara Quist: mad" },
    { 'They laughed at Mara Quist\'s claim that there are "thousands of leaks" in it.',
      "Mara Quist: thousands of leaks" },
    { 'Police say they have "enough men" for the night.', "Police: enough men" },
    { 'Mara Quist smiled and called the dam "a marvel".', "Mara Quist: a marvel" },
    -- transcripts
    { 'Mara Quist spoke.\n\n"QUIST: It holds, I say."', "Mara Quist: QUIST: It holds, I say." },
  }

  it("names the cue", function()
    assert.equal("according to", extract.quotes('It "holds well", according to Mara Quist.')[1].cue)
    assert.equal("told", extract.quotes('"It holds," Mara Quist told us.')[1].cue)
    assert.is_nil(extract.quotes('"A," said Mara Quist. "It really does hold."')[2].cue)
  end)
end)

describe("extract.quotes leaves out", function()
  rows {
    { 'The film "The Long Dam" opens today.' },            -- a title
    { 'Robert "Bobby" Quist opened the dam.' },            -- a nickname
    { 'A "quiet" street ran past the dam.' },              -- a scare quote
    { '"The dam will hold for years," said Mara Quist.\n\nRain.\n\n"The dam will hold for years."',
      "Mara Quist: The dam will hold for years," },        -- a pull quote
  }
end)

describe("extract.quotes as a stage", function()
  it("sets doc.quotes and keeps the document", function()
    local doc = { text = '"It holds," said Mara Quist.' }
    assert.equal(doc, extract.quotes().each(doc))
    assert.equal("Mara Quist", doc.quotes[1].speaker)
    assert.equal("extract.quotes", extract.quotes().name)
  end)

  it("names the option it does not know", function()
    assert.error_matches(function() extract.quotes("text", { double = true }) end,
      "unknown option 'double', did you mean 'doubled'?")
  end)
end)

describe("extract.quotes on hostile input", function()
  local units = { '"', '" ', '"a" ', '"a ', "“", "”", "‘", "'a' ", "said ", "said \"a\" ", "A, ",
    "(", "Mr. ", "he said ", "\n\"", "\xE2", "\xE2\x80", "“a said B, ", "and A " }
  for _, unit in ipairs(units) do
    it(("takes time in step with its length: %q"):format(unit), function()
      assert(cpu_time.linear(function(bytes)
        extract.quotes(unit:rep(bytes // #unit))
      end, 12000, 48000))
    end)
  end
end)
