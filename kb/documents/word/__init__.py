"""The writer of Word files."""
