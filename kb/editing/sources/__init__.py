"""Sources of a record: read from a pasted reference, looked up, and taken over from other records."""
