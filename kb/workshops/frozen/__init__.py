"""Records as they were when a workshop was given: frozen with it, so that it opens unchanged."""
