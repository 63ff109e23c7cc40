"""Editing records before publication: the form, drafts, quality warnings, translations, and work in progress."""
