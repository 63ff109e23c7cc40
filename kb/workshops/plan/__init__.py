"""Planning of a workshop: slots, items, times, sharing, and permissions."""
