"""Export and import of workshops as files between sites."""
