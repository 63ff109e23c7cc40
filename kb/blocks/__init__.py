"""The one intermediate form of everything that is written to a document: paper, word processor, browser, Markdown."""
