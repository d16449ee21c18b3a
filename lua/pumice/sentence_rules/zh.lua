--- Sentence ends in Chinese; see pumice.sentence_rules.en for what the fields mean.
--- Sentences in corner quotes and parentheses belong to the one around them.
return {}
