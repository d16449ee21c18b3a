--- Sentence ends in Urdu; see pumice.sentence_rules.en for what the fields mean.
local rules = {}

rules.titles = "ج م"
rules.counted = "ص ج ش نمبر"
rules.others = "ق.م ب.م"

return rules
