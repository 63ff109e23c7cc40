"""The torture test: workers that make all kinds of changes to records at the same time, and are killed meanwhile."""
