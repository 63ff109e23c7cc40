"""Query analysis: parsing, interpretation, references to law, and spelling correction."""
