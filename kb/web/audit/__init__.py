"""The audit log of accounts."""
