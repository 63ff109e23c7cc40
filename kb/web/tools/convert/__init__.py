"""Pages that convert a tool for a country and offer it for download."""
