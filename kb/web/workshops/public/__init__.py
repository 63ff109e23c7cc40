"""Workshop pages for participants and readers."""
