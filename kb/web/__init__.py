"""The front door for people: HTML pages, one small blueprint per feature."""
