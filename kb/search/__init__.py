"""Full-text search: takes index documents, returns results with facet counts, and hides the engine from the pages."""
