"""The writer of OpenDocument texts."""
