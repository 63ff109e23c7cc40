"""Readers follow a search, a country or a record, by feed or by e-mail."""
