"""Web pages of workshops: shared code of the builder and the public pages."""
