"""Creation of new records."""
