"""What happens to a record before it is published: the editing form, drafts, the state of all that is in work."""
