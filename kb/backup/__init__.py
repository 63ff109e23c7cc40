"""Backups: all data that cannot be rebuilt, in one file, and a verified restore."""
