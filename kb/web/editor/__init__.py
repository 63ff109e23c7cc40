"""The editor of records."""
