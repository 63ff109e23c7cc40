"""Tests of the translation editor."""
