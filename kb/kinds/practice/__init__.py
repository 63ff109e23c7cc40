"""Practices: the record that the knowledge base is made for, its rules, and how strong its evidence is."""
