"""From text to words: the tokenizer, word forms, spelling variants, and terms of the vocabularies in a text."""
