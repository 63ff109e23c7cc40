"""Merging of two changes of one text in the editor."""
