--- Sentence ends in Burmese; see pumice.sentence_rules.en for what the fields mean.
---
--- The little section (U+104A) is a comma; the sentence-final genitive (U+104F)
--- stands where a sentence ends in formal writing.
local rules = {}

rules.inner = "\u{104A}"
rules.ends = "\u{104F}"

return rules
