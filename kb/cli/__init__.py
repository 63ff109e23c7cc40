"""The front door for the command line; `kb/__main__.py` puts the groups together."""
