"""Web layer (Flask): HTML pages, one small blueprint per feature."""
