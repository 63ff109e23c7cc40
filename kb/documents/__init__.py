"""Writers: blocks in, the bytes of a file out. They know no kind of record."""
