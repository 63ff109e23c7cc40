"""Comparison of practices, side by side."""
