"""The index on disk: what goes in, how it is built and opened; the only door to Whoosh."""
