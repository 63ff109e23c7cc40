"""Files of records on disk: where they lie, how they are written whole, and a cache of what was parsed."""
