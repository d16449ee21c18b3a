--- Sentence ends in Marathi; see pumice.sentence_rules.en for what the fields mean.
local rules = {}

rules.titles = "डॉ सौ प्रा कु पं कै स्व ह.भ.प रा.रा न्या ले उदा"
rules.counted = "क्र पृ नं रु कि.मी मी सें.मी"
rules.others = "इ.स इ.स.पू बी.ए एम.ए पीएच.डी"

return rules
