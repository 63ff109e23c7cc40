"""The gap map: where practices are known, and where they are missing."""
