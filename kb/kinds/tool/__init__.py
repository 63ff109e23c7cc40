"""Common tools: documents with blanks to fill and choices to make, which countries adapt."""
