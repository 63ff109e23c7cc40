"""Documents: blocks, the one form of everything that is written to a file, and a writer for each format."""
