"""What changed: the latest changes of the published records, by country, role and article of law."""
