"""Snapshots of records, frozen into a workshop so that it opens unchanged later."""
