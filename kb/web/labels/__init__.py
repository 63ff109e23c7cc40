"""Labels for facts, fields, facets, roles and kinds on pages."""
