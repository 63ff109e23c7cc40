"""Backups: everything that cannot be made again, in one file, and the way back that proves itself."""
