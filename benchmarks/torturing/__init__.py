"""The torture: workers that do everything that changes a record, at the same time, and are killed meanwhile."""
