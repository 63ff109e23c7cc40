"""Workshops as files: exported from one site and imported into another."""
