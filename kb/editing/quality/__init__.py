"""Warnings for authors: links, personal data, unsourced figures, completeness."""
