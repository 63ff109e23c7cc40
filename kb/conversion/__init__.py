"""Conversion: turns a tool and the answers for a country into a document or an adaptation."""
