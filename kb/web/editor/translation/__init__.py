"""Translating in the editor, segment by segment."""
