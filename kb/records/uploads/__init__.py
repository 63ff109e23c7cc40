"""Validates uploaded images and PDF files, and rewrites them without hidden data."""
