"""Programmes: templates of workshops with their slots."""
