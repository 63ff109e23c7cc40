"""Practices side by side."""
