"""Answering the questions about evidence."""
