"""The pages of countries, and where to find help now."""
