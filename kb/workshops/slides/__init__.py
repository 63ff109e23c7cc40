"""Slides of a workshop, made from its records."""
