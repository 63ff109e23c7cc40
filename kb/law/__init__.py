"""Instruments of law and their articles, as links to terms; summaries are our own words and no legal advice."""
