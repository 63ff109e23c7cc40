"""The work queue of curators: records, drafts, and reviews that are due."""
