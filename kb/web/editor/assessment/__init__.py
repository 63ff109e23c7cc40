"""Dialogue with the questions about evidence."""
