"""Readers follow changes by e-mail: who asked, confirmed and stopped, and whose e-mail is due."""
