--- Sentence ends in Arabic; see pumice.sentence_rules.en for what the fields mean.
---
--- That a colon ends one is how Pragmatic Segmenter has it: what somebody says
--- stands behind it.
local rules = {}

rules.titles = "د أ م ص.ب س.ت ج.ب ت.ب ا.د أ.د"
rules.counted = "ص ج ط ع كم كج كلم سم جم مم ت"
rules.others = "إلخ الخ ا.ش.ا ه هـ م ق.م"

rules.ends = ":"

return rules
