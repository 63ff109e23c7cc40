"""Search in public workshops."""
