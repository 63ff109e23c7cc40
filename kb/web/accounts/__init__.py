"""Signing in, the own account, and managing people."""
