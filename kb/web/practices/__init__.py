"""The pages of practices."""
