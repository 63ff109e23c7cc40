"""Where trainers put a workshop together."""
