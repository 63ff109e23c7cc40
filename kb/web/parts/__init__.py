"""Parts that several pages share: cards, passages, sources, maps, filters, files."""
