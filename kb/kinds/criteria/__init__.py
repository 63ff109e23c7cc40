"""Criteria of good practice by theme: the questions of the self-check."""
