"""Rights of people with an account: export of their data, and deletion of the account."""
