"""Controlled terms in every language, and the other names that countries go by."""
