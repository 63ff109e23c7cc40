"""From matches to results: scores, order, snippets, highlighting, suggestions, and similar records."""
