"""Lists by link: practices that somebody collected, with notes."""
