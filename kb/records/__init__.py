"""Records as Markdown files with front matter; knows records in general and none in particular."""
