"""Beginning a record."""
