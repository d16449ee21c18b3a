--- Sentence ends in Amharic; see pumice.sentence_rules.en for what the fields mean.
local rules = {}

rules.titles = "ዶ"
rules.others = "ዓ.ም እ.ኤ.አ ዓ.ዓ ወ.ዘ.ተ"

return rules
