"""The log: every change with its whole new texts, and the drafts that are not in it yet."""
