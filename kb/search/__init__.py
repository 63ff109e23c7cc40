"""Search: index documents go in, results with counts come out; what a page needs, and nothing of the engine below."""
