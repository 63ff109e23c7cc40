"""Content store: hands readers one `Generation` of catalog and index at a time, and checks links between records."""
