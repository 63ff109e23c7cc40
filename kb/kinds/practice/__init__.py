"""Practices, the main kind of record: data model, validation, and evidence ratings."""
