"""Programmes: templates for workshops with their slots."""
