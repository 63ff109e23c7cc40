"""Adaptations: a tool with the texts that one country changed."""
