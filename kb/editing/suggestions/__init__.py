"""Suggestions of readers: submitted, answered, and taken into a draft."""
