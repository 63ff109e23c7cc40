"""Translation of a record: its segments, comparison checks, and pending work."""
