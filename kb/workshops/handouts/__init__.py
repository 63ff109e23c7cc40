"""The papers of a workshop: what is printed for a room, as documents of blocks; nothing here opens a database."""
