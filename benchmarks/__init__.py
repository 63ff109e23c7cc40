"""Scripts that measure, and the torture of the log."""
