"""Generates slides of a workshop from its records."""
