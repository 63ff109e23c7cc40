"""Common tools with places to fill and choices to make, and what becomes of them in a country."""
