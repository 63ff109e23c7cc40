"""Suggestions of readers: submitting, answering, and converting to drafts."""
