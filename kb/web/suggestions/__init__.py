"""Forms for readers to suggest a correction or a practice."""
