"""Controlled terms in every language, and alternative names of countries."""
