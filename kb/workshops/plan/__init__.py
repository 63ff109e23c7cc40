"""Planning a workshop: slots, items, times, sharing, and who may change it."""
