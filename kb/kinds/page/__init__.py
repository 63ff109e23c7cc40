"""Pages about the site itself, such as about, method, accessibility and privacy."""
