"""Themes: introductions to the practice areas, with the models to choose from."""
