"""Praxis: a searchable, multilingual knowledge base of European practices in victims' support."""

__version__ = "0.1.0"
