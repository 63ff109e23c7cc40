"""Notifications: what happened to the drafts of people with an account, and the emails that tell them."""
