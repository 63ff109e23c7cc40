"""Answers: what a role must do after a crime in a country, on one card."""
