"""Workshops: trainers plan them with records of this site, give them, and reopen them later exactly as taught."""
