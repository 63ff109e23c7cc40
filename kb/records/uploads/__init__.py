"""Uploaded images and PDF files: checked, and written anew without hidden data."""
