"""Exchange: exports records as tables, and imports edited tables with a preview of each change."""
