"""Adaptations: copies of a tool whose texts are changed for one country."""
