"""What facts, fields, facets, roles and kinds are called on pages."""
