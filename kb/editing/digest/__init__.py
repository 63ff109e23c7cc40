"""Daily digest: what waits for a person, and when she is told."""
