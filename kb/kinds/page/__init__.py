"""Pages: what the site says of itself, such as about, method, accessibility and privacy."""
