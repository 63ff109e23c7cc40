"""Endpoints for programs: sitemap, short addresses, embedded cards, health."""
