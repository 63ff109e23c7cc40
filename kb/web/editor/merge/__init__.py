"""Merging two changes of one text in the editor."""
