"""Reads the title from a record's text, for unpublished records that are not in a catalog."""

from __future__ import annotations

from kb.i18n import LANGUAGES
from kb.records.bundle import SOURCE
from kb.records.front_matter import facts_in, text_fact


def language_in(text: str) -> str:
    """Return the language that a source file declares; empty if none."""
    stated = text_fact(text, "language")
    return stated if stated in LANGUAGES else ""


def title_in(text: str, part: str) -> str:
    """Return the title in a source file or a translation, however unfinished; empty if there is none."""
    facts = facts_in(text)
    if part != SOURCE:
        words = facts.get("words")
        facts = words if isinstance(words, dict) else {}
    title = facts.get("title")
    return " ".join(title.split()) if isinstance(title, str) else ""
