"""The log: every change with its complete new texts, and the unpublished drafts."""
