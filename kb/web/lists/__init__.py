"""Lists by link: practices that a reader collected, with notes."""
