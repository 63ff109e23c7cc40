"""The kinds of record: one folder each, and the registry that lists them."""
