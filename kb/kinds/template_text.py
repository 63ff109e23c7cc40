"""Parts of source file templates that several kinds share."""

from __future__ import annotations

HEAD = """\
---
id: {id}
language: {language}
title:
# Two or three sentences, at most 350 characters: what it is for, who fills it in or reads it, and when.
summary:
"""
SOURCES = """\
# - {{id: s1, title: "…", address: "https://…", publisher: "…", year: 2024, language: {language}, kind: report,
#    accessed: 2026-11-25}}
# kind: law, official, evaluation, scientific, report, organisation or press. The text points here with [^s1].
sources: []
"""
END = """\
# draft, published or retired
status: draft
licence: CC-BY-4.0
---
"""


def fill_template(record_id: str, language: str, *parts: str) -> str:
    """Join the parts and fill in the id and the language of a new record."""
    return "".join(parts).format(id=record_id, language=language)
