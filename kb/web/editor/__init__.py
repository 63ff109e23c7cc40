"""The web editor of records."""
