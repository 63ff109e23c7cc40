"""What happens to a record before it is published: the editing form, drafts, and the state of everything on the desk."""
