--- Sentence ends in Persian; see pumice.sentence_rules.en for what the fields mean.
---
--- That a colon ends one is how Pragmatic Segmenter has it: what somebody says
--- stands behind it.
local rules = {}

rules.titles = "ر.ک ن.ک د م ص.پ"
rules.counted = "ص ج ش صص"
rules.others = "ه.ش ه.ق ق.م پ.م م.ه"

rules.ends = ":"

return rules
