"""The index on disk: its documents, building and opening; the only package that uses Whoosh."""
