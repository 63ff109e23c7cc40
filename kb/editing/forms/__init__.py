"""Forms made from the schema of a record, and what was posted turned into its text."""
