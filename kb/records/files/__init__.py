"""Files of records on disk: their paths, atomic writes, and a cache of parsed records."""
