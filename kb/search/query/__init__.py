"""From what was typed to a query: parsing, interpretation, references to law, and spelling."""
