"""Workshops: what trainers plan with the records of the house, give, and open a year later as it was taught."""
