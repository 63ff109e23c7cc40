"""Text analysis: tokenizer, word forms, spelling variants, and matching of vocabulary terms in a text."""
