"""Benchmark scripts, and the torture test of the log."""
