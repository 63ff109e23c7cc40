"""The desk of curators: drafts, reviews, upkeep, history, spreadsheets."""
