"""Tests of `kb/following`."""
