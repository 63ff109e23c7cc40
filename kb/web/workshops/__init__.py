"""Workshops on the site: what builder and public pages share."""
