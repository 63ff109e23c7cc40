"""What several pages show: cards, passages, sources, maps, filters, files."""
