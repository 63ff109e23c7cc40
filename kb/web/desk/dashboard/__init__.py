"""The front page of the desk: tiles, the search over records and drafts, and what is shown in folds."""
