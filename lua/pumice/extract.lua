--- Extraction: what a text says, as lists with places.
---
--- Each function here is a stage and a function. Called with a string it returns
--- the list; called with options, or nothing, it gives the stage, which sets a
--- field of the document: `doc.quotes`, `doc.dates`, `doc.links`. Places are bytes,
--- 1-based and inclusive: `text:sub(item.first, item.last) == item.text`.
local stage = require "pumice.stage"
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
