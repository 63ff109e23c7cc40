"""Images and PDF files attached to records."""
