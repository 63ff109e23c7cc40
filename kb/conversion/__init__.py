"""Conversion: a tool with the answers of a country becomes a document, or an adaptation."""
