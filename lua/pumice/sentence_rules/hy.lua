--- Sentence ends in Armenian; see pumice.sentence_rules.en for what the fields mean.
---
--- The full stop is U+0589, typed as a colon more often than not; the dot is a
--- lesser stop within sentences, and the marks of questions and exclamations
--- stand inside words.
local rules = {}

rules.ends = ":"
rules.inner = "."

rules.faces = ":) :-) :( :-( ;) ;-) :D :-D"

return rules
