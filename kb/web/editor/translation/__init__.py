"""Translation editor, segment by segment."""
