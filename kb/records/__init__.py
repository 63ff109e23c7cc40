"""Records as Markdown files with front matter, independent of any single kind of record."""
