"""Signing off machine-drafted records: the list of those that wait, and the page on which one is read."""
