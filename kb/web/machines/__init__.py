"""What programs read: sitemap, short addresses, embedded cards, health."""
