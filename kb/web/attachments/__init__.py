"""Images and PDF files beside records."""
