"""The search page, its facets, suggestions and feed."""
