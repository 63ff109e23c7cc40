"""Feedback of participants."""
