"""Translating a record: its segments, comparison checks, and what is to be translated."""
