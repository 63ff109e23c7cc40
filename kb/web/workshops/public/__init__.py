"""What participants and readers see of a workshop."""
