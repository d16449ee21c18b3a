--- Sentence ends in Japanese; see pumice.sentence_rules.en for what the fields mean.
---
--- Sentences in quotes and parentheses belong to the one around them, which goes
--- on after them with a particle.
local rules = {}

rules.quoting = "と っ な の で を が は に も だ"

return rules
