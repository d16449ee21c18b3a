--- Extraction: what a text says, as lists with places.
---
--- Each function here is a stage and a function. Called with a string it returns
--- the list; called with options, or nothing, it gives the stage, which sets a
--- field of the document: `doc.quotes`, `doc.dates`, `doc.links`. Places are bytes,
--- 1-based and inclusive: `text:sub(item.first, item.last) == item.text`.
local stage = require "pumice.stage"
local dates = require "pumice.extract.dates"
local options = require "pumice.options"
local links = require "pumice.extract.links"
local quotes = require "pumice.extract.quotes"

local M = {}

---@class pumice.extract.Quote
---@field text string  the words between the marks, as written
---@field speaker? string  who says it, nil when the text does not tell
---@field cue? string  the verb that attributes it, in lower case ("said", "according
---  to"), ":" after a bare name, nil when the speaker was carried over
---@field first integer  first byte between the marks
---@field last integer  last byte between the marks

---@class pumice.extract.QuoteOptions
---@field doubled? boolean  also read '' and `` as double marks; they are italics in
---  a wiki and an empty string in code (default false)

--- Returns the quotations of a text with who says them; as a stage, sets
--- `doc.quotes`.
---
--- Marks may be straight, curly, low („ “), angle (« ») or single, the British
--- way. Each stretch between marks is an entry of its own: a quotation that `she
--- said` interrupts gives two, and so does one that runs over two paragraphs.
--- An unclosed mark reaches to the end of its paragraph and no farther.
---
--- A speaker is the fullest name the text gives ("Putin" becomes "Vladimir Putin",
--- titles are split off), the noun phrase of someone unnamed ("a spokeswoman for
--- the port"), or the one meant by "he" and "she". Titles of works, nicknames and
--- scare quotes are left out: of the fragments inside a sentence those are kept
--- that a cue verb attributes.
---
--- ```lua
--- local said = extract.quotes('Ada Lovelace spoke first. "It is ready," she said.')
--- said[1].text     --> "It is ready,"
--- said[1].speaker  --> "Ada Lovelace"
--- said[1].cue      --> "said"
--- ```
---
--- Source: after Muzny et al. 2017, "A two-stage sieve approach for quote
--- attribution"; rules and word lists are pumice's own, for English.
M.quotes = stage.define {
  name = "extract.quotes",
  defaults = { doubled = false },
  text = quotes.find,
  each = function(doc, opts)
    doc.quotes = quotes.find(stage.text_of(doc), opts)
    return doc
  end,
}

---@class pumice.extract.Date
---@field text string  as written
---@field value? string  what it means, see below; nil when nothing tells
---@field kind "date"|"daterange"|"time"|"timerange"|"datetime"|"datetimerange"
---@field first integer
---@field last integer

---@class pumice.extract.DateOptions
---@field date? string  the day of the page, ISO 8601; as a stage `doc.date` is taken
---  where this is not set

--- Returns the dates of a text with their values in ISO 8601; as a stage, sets
--- `doc.dates`.
---
--- Values: a day "2016-05-03", a month "2016-05", a year "2016", a week "2016-W18",
--- its weekend "2016-W18-WE", a season "2016-SU"; any other period "START/END",
--- where a period is known by its days END is the day after the last; open periods
--- "2016-05-03/.." (since) and "../2016-05-03" (until); a time "T14:30"; a moment
--- "2016-05-03T14:30". What nothing tells is X, as in TimeML: "XXXX-05-03",
--- "XXXX-WXX-5" for a Friday.
---
--- Relative dates need the day of the page: `opts.date`, else `doc.date`, else the
--- first full date in the first 600 bytes of the text. A weekday or a day without
--- its year is the nearest one not after that day, as in the news, and the next one
--- where the words before look ahead ("will meet on Friday", "next Friday").
--- "7/4/2016" is read month first, "4.7.2016" day first, whatever the language.
---
--- ```lua
--- local opts = { date = "2016-05-07" }
--- extract.dates("He spoke on Tuesday.", opts)[1].value        --> "2016-05-03"
--- extract.dates("They will vote on Tuesday.", opts)[1].value  --> "2016-05-10"
--- extract.dates("From 3 to 12 May 2015.")[1].value  --> "2015-05-03/2015-05-12"
--- ```
---
--- English whole; of German, French, Spanish, Italian, Portuguese and Dutch, days and
--- months with a year ("3 de mayo de 2016").
---
--- Source: the spans and values of Microsoft/Recognizers-Text's specifications,
--- for a closed grammar of pumice's own.
M.dates = stage.define {
  name = "extract.dates",
  defaults = { date = options.any },
  text = dates.find,
  each = function(doc, opts)
    doc.dates = dates.find(stage.text_of(doc), { date = opts.date or doc.date })
    return doc
  end,
}

---@class pumice.extract.Link
---@field text string  as written, without the punctuation of the sentence around it
---@field kind "url"|"email"|"mention"|"hashtag"|"cashtag"
---@field first integer
---@field last integer

--- Returns the links of a text: addresses of pages ("url", with a scheme or bare
--- when they end in a top-level domain), e-mail addresses, @handles, #tags and
--- $tickers; as a stage, sets `doc.links`.
---
--- Full stops, commas and brackets at the end belong to the sentence unless the
--- address opened the bracket itself. A tag needs a letter: "#1" is none.
---
--- ```lua
--- local found = extract.links("See (example.org/a_(b)), or ask ada@example.org.")
--- found[1].text  --> "example.org/a_(b)"
--- found[2].kind  --> "email"
--- ```
---
--- Source: the rules of twitter-text and linkify-it where they agree; where they do
--- not, what occurs in running text.
M.links = stage.define {
  name = "extract.links",
  text = links.find,
  each = function(doc)
    doc.links = links.find(stage.text_of(doc))
    return doc
  end,
}

return M
