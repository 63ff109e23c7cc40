"""Compares the parts of an adaptation with those of its tool."""
