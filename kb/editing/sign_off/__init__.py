"""Signing off a machine-drafted record: a person reads it against its sources, claim by claim, and answers for it."""
