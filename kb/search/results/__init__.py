"""Search results: scores, order, snippets, highlighting, suggestions, and similar records."""
