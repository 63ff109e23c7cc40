"""Documents: blocks as the common model of everything written to files, and one writer per format."""
