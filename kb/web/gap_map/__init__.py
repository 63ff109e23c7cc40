"""The gap map: where practices are known, and where none is."""
