--- Sentence ends in Hindi and Nepali; see pumice.sentence_rules.en for
--- what the fields mean.
local rules = {}

rules.titles = "डॉ डा प्रो कु पं स्व मि रेव ले उदा"
rules.counted = "क्र सं पृ नं रु कि.मी मी सेमी"
rules.others = "ई ई.पू ई.स वि.सं बी.ए एम.ए पीएच.डी"

-- A vertical bar stands for the danda on many keyboards.
rules.ends = "|"

return rules
