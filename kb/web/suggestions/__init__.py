"""Forms by which readers suggest a correction or a practice."""
