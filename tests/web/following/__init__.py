"""Tests of `kb/web/following`."""
