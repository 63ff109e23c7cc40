"""What waits for curators: records, drafts, and reviews that are due."""
