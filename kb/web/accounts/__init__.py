"""Sign-in, the user's own account, and user management."""
