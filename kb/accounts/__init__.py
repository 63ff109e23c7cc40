"""Accounts: users, their permissions, and the audit of actions on accounts."""
