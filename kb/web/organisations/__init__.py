"""The directory of support services: the finder, an area, one service, and its files."""
