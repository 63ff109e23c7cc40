"""What a person is told: what waits for her, when a digest says so, and what is new on her dashboard."""
