"""Search, tested on real indexes in temporary folders; also with Whoosh 2.7.4 (`requirements-whoosh2.in`)."""
