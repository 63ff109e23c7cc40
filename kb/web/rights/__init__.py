"""Rights of victims: instruments of law, article by article."""
